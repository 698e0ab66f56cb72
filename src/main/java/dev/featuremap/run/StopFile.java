package dev.featuremap.run;

import dev.featuremap.AtomicFiles;
import dev.featuremap.RegularFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The file {@code stop} in a folder at work: whoever leaves it there, in any process, asks that the work end with everything saved.
 *
 * @param folder of a run, a comparison or a search
 */
public record StopFile(Path folder) {
    private static final String NAME = "stop";

    private Path file() {
        return folder.resolve(NAME);
    }

    /** Asks the process that is at work there; it looks once a second, or before it begins the next run. */
    public void ask() {
        DirectoryLock.write(file(), "");
    }

    /** Whether somebody has asked. */
    public boolean isThere() {
        BasicFileAttributes there = RegularFiles.attributes(file());
        return there != null && there.isRegularFile(); // A comparison's member may have this name.
    }

    /** Takes it away. */
    void remove() {
        try {
            if (isThere()) {
                DirectoryLock.check(file());
                RegularFiles.delete(file());
            }
        } catch (IOException e) {
            throw AtomicFiles.unwritable(file(), e);
        }
    }
}
