package dev.featuremap.bench;

/**
 * One value that a contestant reached in one round.
 *
 * @param name what was measured, such as {@code train lenet 64}
 */
record Measurement(int round, String contestant, String name, double value) {}
