package dev.featuremap.run;

import dev.featuremap.experiment.Split;

/**
 * How well a network does at an epoch's end.
 *
 * @param train on the first of the training examples
 * @param split what is watched beside them: validation, or where nothing is held out test
 * @param watched on that split
 */
public record EpochScores(Scores train, Split split, Scores watched) {}
