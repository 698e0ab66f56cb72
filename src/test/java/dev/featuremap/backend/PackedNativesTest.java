package dev.featuremap.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedNativesTest {
    @TempDir
    Path folder;

    @Test
    void unpacksTheFilesWithoutTheirFolders() throws Exception {
        Path unpacked = Files.createDirectory(folder.resolve("unpacked"));

        PackedNatives.main(new String[] {packed().toString(), unpacked.toString()});

        assertThat(unpacked.resolve("liba.so")).hasContent("a");
        assertThat(unpacked.resolve("libb.so")).hasContent("b");
        assertThat(unpacked.toFile().list()).hasSize(2);
    }

    @Test
    void refusesAnArchiveThatIsCut() throws Exception {
        Path archive = packed();
        byte[] whole = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> PackedNatives.main(new String[] {archive.toString(), folder.toString()}))
                .isInstanceOfAny(IOException.class, RuntimeException.class);
        assertThatThrownBy(() -> PackedNatives.main(new String[] {archive.toString()}))
                .as("only read")
                .isInstanceOfAny(IOException.class, RuntimeException.class);
    }

    @Test
    void readsAWholeArchiveWithoutUnpacking() throws Exception {
        Path archive = packed();

        PackedNatives.main(new String[] {archive.toString()});

        assertThat(folder.toFile().list()).containsExactly(archive.getFileName().toString());
    }

    private Path packed() throws IOException {
        Path archive = folder.resolve("natives.tar.zst");
        try (TarArchiveOutputStream out =
                new TarArchiveOutputStream(new ZstdOutputStream(Files.newOutputStream(archive)))) {
            out.putArchiveEntry(new TarArchiveEntry("org/"));
            out.closeArchiveEntry();
            for (String name : new String[] {"a", "b"}) {
                TarArchiveEntry entry = new TarArchiveEntry("org/nd4j/lib" + name + ".so");
                entry.setSize(1);
                out.putArchiveEntry(entry);
                out.write(name.getBytes(StandardCharsets.UTF_8));
                out.closeArchiveEntry();
            }
        }
        return archive;
    }
}
