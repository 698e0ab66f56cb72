package dev.featuremap.network;

import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;

public final class ModelArchive {
    public static void write(MultiLayerNetwork n, Path p) {
        try {
            ModelSerializer.writeModel(n, p.toFile(), true);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public static MultiLayerNetwork read(Path p) {
        try {
            return ModelSerializer.restoreMultiLayerNetwork(p.toFile());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public static String parametersSha256(MultiLayerNetwork n) {
        return "0";
    }
}
