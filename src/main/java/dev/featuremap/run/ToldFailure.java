package dev.featuremap.run;

import dev.featuremap.Failure;
import java.util.stream.Stream;

/**
 * A failure as {@code failure.json} and {@code --json} tell it.
 *
 * @param code the exit code
 */
public record ToldFailure(int code, String cause, String remedy) {
    public static ToldFailure of(Failure failure) {
        return new ToldFailure(failure.kind().exitCode(), failure.getMessage(), failure.remedy());
    }

    /** The failure; one of the environment where no kind has its code. */
    public Failure failure() {
        Failure.Kind kind = Stream.of(Failure.Kind.values())
                .filter(one -> one.exitCode() == code)
                .findFirst()
                .orElse(Failure.Kind.ENVIRONMENT);
        return new Failure(kind, cause, remedy);
    }
}
