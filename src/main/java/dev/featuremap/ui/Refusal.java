package dev.featuremap.ui;

import dev.featuremap.Failure;

/** Why a request is not carried out, with HTTP's status. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final Failure failure;

    private Refusal(int status, Failure failure) {
        super(failure.getMessage(), failure);
        this.status = status;
        this.failure = failure;
    }

    Refusal(int status, String cause, String remedy) {
        this(status, Failure.usage(cause, remedy));
    }

    /** Whatever was thrown, as its asker is told it. */
    static Refusal of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal refusal) {
                return refusal;
            }
            if (cause instanceof Failure failure) {
                return new Refusal(status(failure.kind()), failure);
            }
            if (cause instanceof OutOfMemoryError) {
                return new Refusal(
                        503,
                        Failure.environment("memory ran out", "ask for less at once, or raise FEATUREMAP_HEAP", cause));
            }
        }
        return new Refusal(
                500,
                Failure.environment(
                        "unexpected " + thrown.getClass().getSimpleName(),
                        "this is a fault of featuremap: please report it with what was asked for",
                        thrown));
    }

    private static int status(Failure.Kind kind) {
        return switch (kind) {
            case USAGE -> 400;
            case DATA -> 422;
            case MODEL -> 409;
            case ENVIRONMENT, DIVERGED, INTERRUPTED, TERMINATED -> 503;
        };
    }

    int status() {
        return status;
    }

    Failure failure() {
        return failure;
    }
}
