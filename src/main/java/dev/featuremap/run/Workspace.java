package dev.featuremap.run;

import dev.featuremap.UserPath;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where runs and data are.
 *
 * @param home the folder that holds theirs
 */
public record Workspace(Path home) {
    /** The system property that names the folder; the launcher sets it. */
    public static final String HOME = "featuremap.workspace";

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final int TIMESTAMP_LENGTH = 15;

    /** The one that the launcher names, else the project's folder, {@link UserPath#project()}. */
    public static Workspace current() {
        String named = System.getProperty(HOME);
        return new Workspace(named == null ? UserPath.project() : Path.of(named).toAbsolutePath());
    }

    /** The folder whose commit a run tells: the project's as the launcher says, else this workspace's. */
    public Path sources() {
        return System.getProperty(UserPath.PROJECT) == null ? home : UserPath.project();
    }

    /** A moment in UTC, as the names of runs and reports begin with it. */
    public static String timestamp(Instant moment) {
        return TIMESTAMP.format(moment);
    }

    /** The moment that a run's or a report's name begins with; empty where it begins with none. */
    public static Optional<Instant> moment(String name) {
        if (name.length() < TIMESTAMP_LENGTH || !Character.isDigit(name.charAt(0))) {
            return Optional.empty();
        }
        try {
            return Optional.of(TIMESTAMP.parse(name.substring(0, TIMESTAMP_LENGTH), Instant::from));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
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
