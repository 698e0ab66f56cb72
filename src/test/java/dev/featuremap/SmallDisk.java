package dev.featuremap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A disk of 1 MiB that can really be full: a tmpfs, which takes Linux and root to mount; elsewhere the test is skipped.
 *
 * @param path where it is mounted
 */
public record SmallDisk(Path path) implements AutoCloseable {
    private static final int PAGE = 4096;

    /** Mounts one on a new folder of that name. */
    public static SmallDisk mount(Path path) throws Exception {
        Files.createDirectory(path);
        assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
        assumeThat(exitCode("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", path.toString()))
                .as("exit code of mounting a tmpfs")
                .isZero();
        return new SmallDisk(path);
    }

    /** Fills it but for so many pages, with a file to delete when there is to be room again. */
    public Path leave(int pages) throws IOException {
        Path filler = path.resolve("filler");
        long bytes = Files.getFileStore(path).getUsableSpace() - (long) pages * PAGE;
        try (OutputStream out = Files.newOutputStream(filler)) {
            out.write(new byte[Math.toIntExact(Math.max(0, bytes))]);
        }
        return filler;
    }

    @Override
    public void close() throws Exception {
        assertThat(exitCode("umount", path.toString())).isZero();
    }

    private static int exitCode(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
