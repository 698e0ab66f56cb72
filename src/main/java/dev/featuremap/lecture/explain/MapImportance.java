package dev.featuremap.lecture.explain;

/**
 * How much one feature map matters to an answer. Source: Zeiler and Fergus 2014, of maps in the picture's place.
 *
 * @param layer index of the layer that gives it
 * @param map from 0
 * @param fall by how much the answer's score, against the mean of the others', falls when the map is 0
 * @param says the output that is the largest without it
 */
public record MapImportance(int layer, int map, double fall, int says) {}
