package dev.featuremap.network;

import java.nio.file.*;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;

public final class SavedNetwork {
    public static void write(MultiLayerConfiguration c, Path p) {
        try {
            Files.writeString(p, c.toJson());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
