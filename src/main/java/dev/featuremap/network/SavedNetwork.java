package dev.featuremap.network;

import dev.featuremap.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;

/** A network in a file: DL4J's own MultiLayerConfiguration as JSON. */
public final class SavedNetwork {
    private SavedNetwork() {}

    /** Reads a saved network. */
    public static MultiLayerConfiguration read(Path file) {
        try {
            return MultiLayerConfiguration.fromJson(Files.readString(file));
        } catch (IOException e) {
            throw new Failure(Failure.Kind.MODEL, file + ": cannot be read", "Check the path.", e);
        }
    }

    public static void write(MultiLayerConfiguration network, Path file) {
        try {
            Files.writeString(file, network.toJson() + "\n");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
