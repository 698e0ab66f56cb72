package dev.featuremap.run;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the project's folders are.
 *
 * @param home the project's folder, the one that holds {@code conf}
 */
public record Workspace(Path home) {
    /** The system property that names {@link #home()}; the launcher sets it. */
    public static final String HOME = "featuremap.home";

    /** The project's folder: as the launcher says, else the working directory (an IDE's project folder). */
    public static Workspace current() {
        return new Workspace(Path.of(System.getProperty(HOME, "")).toAbsolutePath());
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

    /** A file as the user named it: from the working directory or, where there is none, from the project's folder. */
    public Path find(String name) {
        Path named = Path.of(name);
        return named.isAbsolute() || Files.exists(named) ? named : existing(home.resolve(name), named);
    }

    private static Path existing(Path inHome, Path named) {
        return Files.exists(inHome) ? inHome : named;
    }
}
