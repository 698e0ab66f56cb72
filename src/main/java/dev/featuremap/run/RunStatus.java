package dev.featuremap.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a run ended, or why it has not. */
public enum RunStatus {
    /** All its epochs are trained. */
    DONE,
    /** {@code training.earlyStopping} ended it. */
    STOPPED_EARLY,
    /** {@code training.abandon} ended it. */
    ABANDONED,
    /** It came to a loss that is no number. */
    DIVERGED,
    /** It ended in an error, and has no {@code result.json}. */
    FAILED,
    /** A process is training it; {@code result.json} never says so. */
    GOING_ON,
    /** It was stopped before its end; {@code result.json} never says so. */
    NOT_FINISHED;

    /** Of a run without a result, by whether a process owns its directory. */
    public static RunStatus withoutResult(boolean owned) {
        return owned ? GOING_ON : NOT_FINISHED;
    }

    /** As files and people call it, such as {@code stopped early}. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
