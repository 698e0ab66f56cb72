/**
 * What to run: an {@link dev.featuremap.experiment.Experiment} and its parts as checked records, and
 * {@link dev.featuremap.experiment.ExperimentFile}, which reads, overrides, validates and prints them.
 *
 * <p>Every record component that is a key of the file carries {@link dev.featuremap.experiment.Key}: its meaning,
 * default and range stand there once, for the reader, the constructor and the documentation.
 */
package dev.featuremap.experiment;
