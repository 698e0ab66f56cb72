package dev.featuremap.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Examples of MNIST from the first on, in the files' order.
 *
 * @param pixels {@code [n, 784]}, 0..1
 * @param labels {@code [n]}, 0..9
 */
public record Mnist(float[] pixels, int[] labels) {
    public static final int PIXELS = 28 * 28;
    public static final int CLASSES = 10;

    /** Reads the first {@code limit} training examples, or all. */
    public static Mnist train(Path folder, int limit) {
        return read(folder.resolve("train-images-idx3-ubyte"), folder.resolve("train-labels-idx1-ubyte"), limit);
    }

    /** Reads the test set. */
    public static Mnist test(Path folder) {
        return read(folder.resolve("t10k-images-idx3-ubyte"), folder.resolve("t10k-labels-idx1-ubyte"), 10_000);
    }

    private static Mnist read(Path images, Path labels, int limit) {
        try {
            byte[] imageBytes = Files.readAllBytes(images);
            byte[] labelBytes = Files.readAllBytes(labels);
            int count = Math.min(limit, labelBytes.length - 8);
            float[] pixels = new float[count * PIXELS];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (imageBytes[16 + i] & 255) / 255f;
            }
            int[] digits = new int[count];
            for (int i = 0; i < count; i++) {
                digits[i] = labelBytes[8 + i];
            }
            return new Mnist(pixels, digits);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + images + " and " + labels, e);
        }
    }

    public int size() {
        return labels.length;
    }

    /** Pixels {@code [count, 784]} of examples from {@code first} on. */
    public float[] pixels(int first, int count) {
        return Arrays.copyOfRange(pixels, first * PIXELS, (first + count) * PIXELS);
    }

    /** Labels as a network wants them: one-hot {@code [count, 10]}, or values {@code [count, 1]}. */
    public float[] targets(Network network, int first, int count) {
        float[] targets = new float[count * (network.classifies() ? CLASSES : 1)];
        for (int i = 0; i < count; i++) {
            if (network.classifies()) {
                targets[i * CLASSES + labels[first + i]] = 1;
            } else {
                targets[i] = labels[first + i];
            }
        }
        return targets;
    }
}
