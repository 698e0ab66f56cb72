package dev.featuremap.cli;

import java.io.ObjectInputFilter;
import java.util.Arrays;

/**
 * Java's deserialisation, which runs code of the objects it reads: nothing but Spark needs it, whose tasks are such objects, so
 * that no class may be read without {@code --spark}, whichever library tries.
 */
final class DeserializationFilter {
    private DeserializationFilter() {}

    /** For the whole JVM; a filter that was given to it ({@code -Djdk.serialFilter}) stays. */
    static void forbid(String[] args) {
        boolean spark = Arrays.stream(args).anyMatch(arg -> arg.equals("--spark") || arg.startsWith("--spark="));
        if (!System.getProperty("jdk.serialFilter", "").isEmpty()) {
            return; // as the launcher gives it: asking Java for it would set Java's own logging up
        }
        if (!spark && ObjectInputFilter.Config.getSerialFilter() == null) {
            ObjectInputFilter.Config.setSerialFilter(ObjectInputFilter.Config.createFilter("!*"));
        }
    }
}
