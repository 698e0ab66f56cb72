package dev.featuremap.backend;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * ND4J's natives as a distribution holds them, a {@code .tar.zst}: little more than half as large as in their jar. The launcher has
 * those that suit the processor unpacked into the user's cache, once.
 */
public final class PackedNatives {
    /** What to do where a file of the distribution is missing or is not what it was. */
    public static final String DAMAGED = "this distribution is damaged: unpack it again";

    private PackedNatives() {}

    /** Whether the program runs from a distribution, whose launcher gives it the natives unpacked. */
    public static boolean areUsed() {
        return Boolean.getBoolean("org.bytedeco.javacpp.pathsFirst");
    }

    /**
     * Unpacks, or only reads: where that works, the archive is whole and it was the folder that failed.
     *
     * @param args the archive, and the folder for its files, which come without the folders they had; none to only read
     * @throws IOException when the one cannot be read or the other cannot be written
     */
    public static void main(String[] args) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(Path.of(args[0])), 1 << 16);
                TarArchiveInputStream in = new TarArchiveInputStream(new ZstdInputStream(file))) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.isFile() && args.length > 1) {
                    Files.copy(
                            in,
                            Path.of(args[1]).resolve(Path.of(entry.getName()).getFileName()));
                }
            }
        }
    }
}
