/**
 * Examples in: DataVec record readers for IDX files, drawn letters and folders of pictures, and {@link
 * dev.featuremap.data.Datasets}, which opens what an experiment's {@code data} names as a training and a test set.
 *
 * <p>Every reader hands out pictures as {@code [n, channels, height, width]} floats and labels as {@code [n, 1]}, a
 * batch at a time, so that DL4J's {@code RecordReaderDataSetIterator} takes its fast path. What is read from disk or
 * network is checked before it is believed: sizes before anything is allocated, labels before the first batch,
 * downloads by SHA-256.
 */
package dev.featuremap.data;
