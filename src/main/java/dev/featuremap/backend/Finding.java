package dev.featuremap.backend;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * What one check of {@link Doctor} came to.
 *
 * @param check what was looked at, in a word or two
 * @param found in one line
 * @param remedy in one line; null when all is well
 */
@JsonInclude(Include.NON_NULL)
public record Finding(String check, Verdict verdict, String found, String remedy) {
    /** How bad it is. */
    public enum Verdict {
        /** As it should be. */
        OK,
        /** It works, but slower or with less than it could. */
        NOTE,
        /** Something will fail. */
        BAD;

        /** {@code ok}, {@code note} or {@code bad}. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Finding {
        if ((verdict == Verdict.OK) != (remedy == null)) {
            throw new IllegalArgumentException("a remedy is for what is not ok, and for all of that: " + found);
        }
    }

    public static Finding ok(String check, String found) {
        return new Finding(check, Verdict.OK, found, null);
    }

    public static Finding note(String check, String found, String remedy) {
        return new Finding(check, Verdict.NOTE, found, remedy);
    }

    public static Finding bad(String check, String found, String remedy) {
        return new Finding(check, Verdict.BAD, found, remedy);
    }
}
