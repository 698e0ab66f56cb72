package dev.featuremap.backend;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What this project gives to the native libraries and JVMs of all its processes, as the two files in {@code conf} say. */
public final class NativeSettings {
    /** {@code conf/native.env}: variables of the environment, each with the value it has where the user sets none. */
    public static final Map<String, String> ENVIRONMENT = environment();

    /** {@code conf/jvm.options}: options of the JVM. */
    public static final List<String> JVM_OPTIONS = lines("/dev/featuremap/jvm.options");

    private NativeSettings() {}

    private static Map<String, String> environment() {
        Map<String, String> all = new LinkedHashMap<>();
        for (String line : lines("/dev/featuremap/native.env")) {
            String[] parts = line.split("=", 2);
            all.put(parts[0], parts[1]);
        }
        return Map.copyOf(all);
    }

    private static List<String> lines(String resource) {
        try (InputStream file = NativeSettings.class.getResourceAsStream(resource)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
