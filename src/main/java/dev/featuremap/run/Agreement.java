package dev.featuremap.run;

import dev.featuremap.Failure;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Holds what files in one folder tell of the same thing against each other. What a file does not tell is null, and agrees with
 * anything.
 */
public record Agreement(Path folder) {
    private static final int LONGEST = 100;

    /**
     * Takes what two files say as it is.
     *
     * @throws Failure (model) naming both and what each says, when that is not the same
     */
    public void same(String what, String file, Object told, String other, Object toldThere) {
        if (told != null && toldThere != null && !Objects.equals(told, toldThere)) {
            throw contradiction(what, file, told, other, toldThere);
        }
    }

    /** As {@link #same}, of numbers that were rounded on their way into a file. */
    public void near(String what, String file, double told, String other, double toldThere, double rounding) {
        if (!(Math.abs(told - toldThere) <= rounding)) {
            throw contradiction(what, file, told, other, toldThere);
        }
    }

    /** As {@link #same}, of what must be so where both files are right. */
    public void holds(boolean holds, String what, String file, Object told, String other, Object toldThere) {
        if (!holds) {
            throw contradiction(what, file, told, other, toldThere);
        }
    }

    private Failure contradiction(String what, String file, Object told, String other, Object toldThere) {
        return Failure.model(
                folder + ": " + file + " and " + other + " contradict each other: " + what + " " + shown(told)
                        + " against " + shown(toldThere),
                "take the files of one and the same run, as it left them");
    }

    private static String shown(Object told) {
        String text = String.valueOf(told);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
