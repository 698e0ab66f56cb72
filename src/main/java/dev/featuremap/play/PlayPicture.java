package dev.featuremap.play;

/**
 * A picture with its answer.
 *
 * @param name where it is from
 * @param label its class or value
 * @param levels 0..255, {@code [channels, height, width]}
 */
@SuppressWarnings("ArrayRecordComponent")
public record PlayPicture(String name, String label, byte[] levels) {}
