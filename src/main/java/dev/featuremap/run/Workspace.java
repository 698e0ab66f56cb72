package dev.featuremap.run;

import dev.featuremap.UserPath;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Where the project's folders are.
 *
 * @param home the project's folder, the one that holds {@code conf}
 */
public record Workspace(Path home) {
    /** That of the project's folder, {@link UserPath#project()}. */
    public static Workspace current() {
        return new Workspace(UserPath.project());
    }

    /** A moment in UTC, as the names of runs and reports begin with it. */
    public static String timestamp(Instant moment) {
        return DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(moment);
    }

    /** Downloads, one sub-folder per data set. */
    public Path data() {
        return home.resolve("data");
    }

    /** The four files of MNIST, when they are there. */
    public Path mnist() {
        return data().resolve("mnist");
    }

    /** Run directories. */
    public Path runs() {
        return home.resolve("runs");
    }
}
