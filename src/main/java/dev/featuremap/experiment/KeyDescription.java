package dev.featuremap.experiment;

/**
 * One key of a file, in words, for documentation.
 *
 * @param path the key path, such as {@code network.layers[].filters}
 * @param when with which choice the key is there, such as {@code type: convolution}; empty: wherever its parent is
 * @param type the kind of value, such as {@code a whole number} or the words to choose from
 * @param required whether a file must have the key (where {@code when} holds)
 * @param byDefault the default as it would stand in the file; {@code $size} means the value of {@code size}; empty:
 *     none
 * @param range the allowed numbers in interval notation; empty: all
 * @param meaning what it means, with units, in one sentence
 */
public record KeyDescription(
        String path, String when, String type, boolean required, String byDefault, String range, String meaning) {
    /** The same key where it is there with these choices. */
    KeyDescription when(String choices) {
        return new KeyDescription(path, choices, type, required, byDefault, range, meaning);
    }
}
