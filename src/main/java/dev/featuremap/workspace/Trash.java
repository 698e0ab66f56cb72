package dev.featuremap.workspace;

import dev.featuremap.AtomicFiles;
import dev.featuremap.Failure;
import dev.featuremap.RegularFiles;
import dev.featuremap.run.DirectoryLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The folder {@code .trash} in a folder of runs: what was removed is there under its name until it is emptied.
 *
 * @param runs the folder of runs
 */
public record Trash(Path runs) {
    /** The folder's name. */
    public static final String NAME = ".trash";

    private Path folder() {
        return runs.resolve(NAME);
    }

    /** The folders that were removed, by name. */
    public List<Path> content() {
        try {
            return RegularFiles.folders(folder());
        } catch (IOException e) {
            throw AtomicFiles.unwritable(folder(), e);
        }
    }

    /**
     * Makes sure that a folder can be moved there, as things stand.
     *
     * @throws Failure (usage) when it is none of the folder of runs, (environment) when a process is at work in it
     */
    public void requireRemovable(Path removed) {
        requireInRuns(removed);
        DirectoryLock.of(removed).close();
    }

    private void requireInRuns(Path removed) {
        Path at = removed.toAbsolutePath().normalize();
        if (!runs.toAbsolutePath().normalize().equals(at.getParent()) || !RegularFiles.isFolder(removed)) {
            throw Failure.usage(
                    removed + " is not a folder right in " + runs,
                    "name a run, a comparison or a search in it as a whole, or another folder of runs with --runs");
        }
    }

    /**
     * Moves a folder there.
     *
     * @return where it is now: under its name, with {@code -2}, {@code -3} … where that is taken
     * @throws Failure (usage) when it is none of the folder of runs, (environment) when a process is at work in it, or it cannot be moved
     */
    public Path remove(Path removed) {
        requireInRuns(removed);
        try {
            RegularFiles.makeFolder(folder());
            String name = removed.toAbsolutePath().normalize().getFileName().toString();
            Path place = folder().resolve(name);
            for (int attempt = 2; RegularFiles.exists(place); attempt++) {
                place = folder().resolve(name + "-" + attempt);
            }
            // Held while it is moved, so that nobody begins to work in it.
            try (DirectoryLock held = DirectoryLock.of(removed)) {
                Files.move(removed, place, StandardCopyOption.ATOMIC_MOVE);
            }
            return place;
        } catch (IOException e) {
            throw AtomicFiles.unwritable(folder(), e);
        }
    }

    /**
     * Makes sure that a removed folder can be moved back.
     *
     * @throws Failure (usage) when it is not there, or its name is taken
     */
    public void requireRestorable(String name) {
        List<String> names =
                content().stream().map(path -> path.getFileName().toString()).toList();
        if (!names.contains(name)) {
            throw Failure.usage(
                    name + " is not in " + folder(),
                    names.isEmpty() ? "nothing is there" : "name one of " + String.join(", ", names));
        }
        Path place = runs.resolve(name);
        if (RegularFiles.exists(place)) {
            throw Failure.usage(place + " is there already", "remove or rename that one first");
        }
    }

    /**
     * Moves a removed folder back.
     *
     * @return where it is now
     * @throws Failure (usage) when it is not there, or its name is taken
     */
    public Path restore(String name) {
        requireRestorable(name);
        Path place = runs.resolve(name);
        try {
            Files.move(folder().resolve(name), place, StandardCopyOption.ATOMIC_MOVE);
            return place;
        } catch (IOException e) {
            throw AtomicFiles.unwritable(place, e);
        }
    }

    /** Deletes what is there, for good. */
    public void empty() {
        try {
            if (RegularFiles.isFolder(folder())) {
                RegularFiles.delete(folder());
            }
        } catch (IOException e) {
            throw AtomicFiles.unwritable(folder(), e);
        }
    }
}
