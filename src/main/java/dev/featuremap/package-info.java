/**
 * featuremap: DataVec record readers load pictures into a Deeplearning4j network, described by one file.
 *
 * <p>The way of the data: conf file → {@code experiment.Experiment} → {@code data} (record readers, iterators) →
 * {@code network} (MultiLayerNetwork) → {@code train.Trainer} → {@code run.RunDirectory}. This package itself holds
 * only what every room needs: {@link dev.featuremap.Failure}, the one way to say that it cannot go on, and
 * {@link dev.featuremap.AtomicFiles}, the one way final files are written.
 */
package dev.featuremap;
