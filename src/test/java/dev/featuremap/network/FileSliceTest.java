package dev.featuremap.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSliceTest {
    @TempDir
    Path folder;

    @Test
    void givesItsBytesOneByOneOrTogetherAndNoMore() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[] {9, 0, -1, 7, 8, 9});
        try (FileChannel channel = FileChannel.open(file)) {
            FileSlice slice = new FileSlice(channel, 1, 5);
            assertThat(slice.read()).isEqualTo(0);
            assertThat(slice.read()).isEqualTo(255);
            assertThat(slice.read(new byte[3], 1, 0)).isEqualTo(0);
            byte[] rest = new byte[4];
            assertThat(slice.read(rest, 1, 3)).isEqualTo(2);
            assertThat(rest).containsExactly(0, 7, 8, 0);
            assertThat(slice.read()).isEqualTo(-1);
            assertThat(slice.read(rest, 0, 4)).isEqualTo(-1);
            assertThat(new FileSlice(channel, 4, 10).readAllBytes()).containsExactly(8, 9);
        }
    }
}
