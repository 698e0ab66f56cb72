package dev.featuremap.cli;

import dev.featuremap.Failure;
import java.io.IOException;

/** Turns whatever was thrown into a failure the user can act on. */
final class Failures {
    private Failures() {}

    static Failure of(Throwable thrown) {
        // First of all, as whoever met it may have taken it for a fault of what was being read.
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return outOfMemory(cause);
            }
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Failure failure) {
                return failure;
            }
            if (cause instanceof IOException) {
                return Failure.environment(
                        cause.getClass().getSimpleName().replaceAll("([a-z])([A-Z])", "$1 $2") + ": " + line(cause),
                        "check the disk's space and the folder's permissions; --debug shows where",
                        thrown);
            }
        }
        return Failure.environment(
                "unexpected " + thrown.getClass().getSimpleName() + ": " + line(thrown),
                "this is a fault of featuremap: please report it with the output of the same command with --debug",
                thrown);
    }

    /** JavaCPP reports a native memory limit with the same error class as the JVM its heap. */
    private static Failure outOfMemory(Throwable error) {
        long heap = Runtime.getRuntime().maxMemory() >> 20;
        String nativeLimit = System.getProperty("org.bytedeco.javacpp.maxbytes", "the heap's");
        return Failure.environment(
                "out of memory (" + line(error) + "); limits: heap " + heap + " MiB, native " + nativeLimit,
                "use a smaller training.batchSize, or raise FEATUREMAP_HEAP or FEATUREMAP_NATIVE_MEMORY",
                error);
    }

    private static String line(Throwable thrown) {
        return String.valueOf(thrown.getMessage()).lines().findFirst().orElse("no message");
    }
}
