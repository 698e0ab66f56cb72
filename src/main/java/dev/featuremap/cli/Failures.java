package dev.featuremap.cli;

import dev.featuremap.Failure;
import dev.featuremap.backend.Memory;
import dev.featuremap.backend.PackedNatives;
import dev.featuremap.backend.UnloadedNatives;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Turns whatever was thrown into a failure the user can act on. */
final class Failures {
    private Failures() {}

    static Failure of(Throwable thrown) {
        List<Throwable> causes = causes(thrown);
        boolean exhausted = causes.stream().anyMatch(OutOfMemoryError.class::isInstance);
        for (Throwable cause : causes) {
            // Whatever a library, or we, took it for: where memory ran out, that is the cause.
            if (cause instanceof Failure failure && (!exhausted || failure.kind() == Failure.Kind.ENVIRONMENT)) {
                return failure;
            }
            if (cause instanceof OutOfMemoryError error) {
                return Memory.exhausted(error);
            }
            if (!exhausted && UnloadedNatives.areMeantBy(cause)) {
                return UnloadedNatives.failure(thrown);
            }
            if (cause instanceof NoClassDefFoundError && PackedNatives.areUsed()) {
                return Failure.environment("no class " + line(cause), PackedNatives.DAMAGED, thrown);
            }
            if (cause instanceof InternalError && line(cause).contains("unsafe memory access")) {
                // Java tells of it at some later place than the one that read.
                return new Failure(
                        Failure.Kind.DATA,
                        "a data file was cut, or could no longer be read, while it was used",
                        "leave the files as they are while they are used, bring them back whole, and start again",
                        thrown);
            }
            if (cause instanceof IOException && !exhausted) {
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

    private static List<Throwable> causes(Throwable thrown) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = thrown; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    private static String line(Throwable thrown) {
        return String.valueOf(thrown.getMessage()).lines().findFirst().orElse("no message");
    }
}
