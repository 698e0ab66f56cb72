/**
 * Networks: from an experiment to DL4J's {@code MultiLayerConfiguration} ({@link dev.featuremap.network.NetworkBuilder}),
 * its shapes before anything is trained ({@link dev.featuremap.network.ShapeTable}), and the only doors for files that
 * hold networks: {@link dev.featuremap.network.SavedNetwork} for DL4J's JSON and
 * {@link dev.featuremap.network.ModelArchive} for its model zips.
 *
 * <p>DL4J's builders appear in this package alone.
 */
package dev.featuremap.network;
