package dev.featuremap.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The experiment of the design, as text. */
final class SampleFiles {
    private SampleFiles() {}

    static String lenet() {
        try (InputStream in = SampleFiles.class.getResourceAsStream("mnist-lenet.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
