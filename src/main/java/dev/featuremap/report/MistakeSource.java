package dev.featuremap.report;

import dev.featuremap.experiment.Split;
import dev.featuremap.run.Mistakes.Mistake;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Whose picture was wrong, and how to look into it.
 *
 * @param name what the picture is called within its data; null where the run does not tell
 * @param link to its file; null where it has none of its own
 * @param command explains the answer, written for a shell
 */
record MistakeSource(String name, String link, String command) {
    static MistakeSource of(Mistake mistake, Path run, Split split) {
        String example = run.toAbsolutePath().normalize() + "#" + mistake.index();
        boolean ownFile = mistake.picture() != null && mistake.picture().contains("/");
        return new MistakeSource(
                ownFile ? mistake.picture() : lastName(mistake.place()),
                ownFile ? link(mistake.place()) : null,
                "./featuremap explain " + quoted(example) + (split == Split.TEST ? "" : " --split " + split.word()));
    }

    private static String lastName(String place) {
        return place == null ? null : place.substring(Math.max(place.lastIndexOf('/'), place.lastIndexOf('\\')) + 1);
    }

    private static String link(String place) {
        try {
            return place == null
                    ? null
                    : Path.of(place).toAbsolutePath().normalize().toUri().toString();
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static String quoted(String argument) {
        return argument.matches("[A-Za-z0-9/][A-Za-z0-9/._#:-]*")
                ? argument
                : "'" + argument.replace("'", "'\\''") + "'";
    }
}
