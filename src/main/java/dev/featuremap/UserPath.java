package dev.featuremap;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A path as a user writes it, in a file or as an argument. One rule for all: {@code ~/} at its start is the home folder; a relative
 * path counts from the folder the command is started in or, where there is nothing of that name, from the project's folder.
 */
public final class UserPath {
    /** The system property that names the project's folder, the one that holds {@code conf}; the launcher sets it. */
    public static final String PROJECT = "featuremap.home";

    /** What to do where there is nothing of that name. */
    public static final String REMEDY =
            "check the path; a relative one counts from where the command is started, or else from the project's folder";

    private UserPath() {}

    /** The project's folder, absolute: as the launcher says, else the working directory (an IDE's project folder). */
    public static Path project() {
        return Path.of(System.getProperty(PROJECT, "")).toAbsolutePath();
    }

    /**
     * A path with the home folder in the place of its {@code ~}; relative where it was.
     *
     * @throws InvalidPathException when this machine has no such paths
     */
    public static Path of(String written) {
        boolean home = written.equals("~") || written.startsWith("~/");
        return home ? Path.of(System.getProperty("user.home") + written.substring(1)) : Path.of(written);
    }

    /**
     * Where the file is that is meant, as short as it was written where that leads to it.
     *
     * @throws InvalidPathException as {@link #of}
     */
    public static Path find(String written) {
        Path named = of(written);
        if (named.isAbsolute() || Files.exists(named)) {
            return named;
        }
        Path inProject = project().resolve(named);
        return Files.exists(inProject) ? inProject : named;
    }

    /**
     * The same path from whatever folder it is read.
     *
     * @throws InvalidPathException as {@link #of}
     */
    public static String absolute(String written) {
        Path path = find(written).toAbsolutePath();
        // Out of a linked folder, .. leads elsewhere than its name says.
        boolean isPlain = !path.toString().contains("..");
        return (isPlain ? path.normalize() : path).toString();
    }
}
