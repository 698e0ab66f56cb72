package dev.featuremap.run;

import dev.featuremap.UserPath;
import java.nio.file.Path;

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
