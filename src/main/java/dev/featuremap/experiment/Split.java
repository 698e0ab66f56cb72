package dev.featuremap.experiment;

import java.util.Locale;

/** A part of the data, by what it is for. */
public enum Split {
    /** What the network is trained on. */
    TRAIN,
    /** Training data held out from training, by which everything is chosen: the best epoch, the end, a learning rate. */
    VALIDATION,
    /** What nothing is chosen by. */
    TEST;

    /** The split of that word, or an {@link IllegalArgumentException}. */
    public static Split of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** As files and people call it: {@code train}, {@code validation} or {@code test}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return word();
    }
}
