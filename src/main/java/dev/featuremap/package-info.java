/**
 * featuremap: DataVec record readers load pictures into a Deeplearning4j network, described by one file.
 *
 * <p>The way of the data: conf file → {@code experiment.Experiment} → {@code data} (record readers, iterators) →
 * {@code network} (MultiLayerNetwork) → {@code train.Trainer} → {@code run.RunDirectory}. This package itself holds
 * only {@link dev.featuremap.Failure}, the one way every room says that it cannot go on.
 */
package dev.featuremap;
