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
        try {
            var d = java.security.MessageDigest.getInstance("SHA-256");
            var b = java.nio.ByteBuffer.allocate((int) n.params().length() * 4).order(java.nio.ByteOrder.LITTLE_ENDIAN);
            for (float f : n.params().toFloatVector()) {
                b.putFloat(f);
            }
            return java.util.HexFormat.of().formatHex(d.digest(b.array()));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
