package dev.featuremap.backend;

import dev.featuremap.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that the program writes into, looked at for space and permission; it need not be there yet. */
public final class Folder {
    private static final long MIB = 1 << 20;
    private static final long LITTLE = 1024 * MIB;
    private static final long TOO_LITTLE = 100 * MIB;

    private Folder() {}

    /**
     * Whether files can be written, tried with an empty one, and for how much there is room.
     *
     * @param check what the finding is called
     */
    public static Finding look(String check, Path folder) {
        Path there = existing(folder);
        try {
            Files.delete(Files.createTempFile(there, ".doctor", null));
            return space(check, folder, Files.getFileStore(there).getUsableSpace());
        } catch (IOException e) {
            return Finding.bad(
                    check,
                    "cannot write into " + there + ": " + AtomicFiles.reason(e),
                    "mend the permissions of " + there + ", or make room on its disk");
        }
    }

    static Finding space(String check, Path folder, long free) {
        String found = folder + ": writable, " + free / MIB + " MiB free";
        if (free < TOO_LITTLE) {
            return Finding.bad(check, found, "make room: a run with its checkpoints, or MNIST, wants some 100 MiB");
        }
        return free < LITTLE
                ? Finding.note(check, found, "make room soon: many runs and their checkpoints want gigabytes")
                : Finding.ok(check, found);
    }

    private static Path existing(Path folder) {
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return there;
    }
}
