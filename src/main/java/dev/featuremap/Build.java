package dev.featuremap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/** What the build wrote about itself: versions and, in a distribution, the commit. */
public final class Build {
    private static final Properties WRITTEN = read();

    private Build() {}

    /** This project's version, such as {@code 0.1.0}. */
    public static String version() {
        return WRITTEN.getProperty("version");
    }

    /** Deeplearning4j's. */
    public static String dl4j() {
        return WRITTEN.getProperty("dl4j");
    }

    /** The commit a distribution was built from; empty in a checkout, which git tells about. */
    public static Optional<String> commit() {
        return Optional.of(WRITTEN.getProperty("commit")).filter(text -> !text.isEmpty());
    }

    /** Whether a distribution was built with changes since its {@link #commit}. */
    public static boolean dirty() {
        return Boolean.parseBoolean(WRITTEN.getProperty("dirty"));
    }

    private static Properties read() {
        Properties properties = new Properties();
        try (InputStream in = Build.class.getResourceAsStream("/featuremap.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
