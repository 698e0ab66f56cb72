package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTest {
    @TempDir
    Path folder;

    @Test
    void quotesOnlyWhatNeedsIt() throws IOException {
        assertThat(written(List.of(
                        new String[] {"epoch", "name"},
                        new String[] {"1", "a,b"},
                        new String[] {"", "say \"X\""},
                        new String[] {"数据", "two\nlines"})))
                .isEqualTo("epoch,name\n1,\"a,b\"\n,\"say \"\"X\"\"\"\n数据,\"two\nlines\"\n");
    }

    @Test
    void readsWhatItWrites() throws IOException {
        List<String[]> rows = List.of(
                new String[] {"a", "b"}, new String[] {" x ", "y,\"z\""}, new String[] {"", "\n"}, new String[] {
                    "中", "-1"
                });

        assertThat(Csv.read(file(written(rows)))).usingRecursiveComparison().isEqualTo(rows);
    }

    @Test
    void leavesTheStreamOpenForWhatFollows() throws IOException {
        boolean[] closed = new boolean[1];
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed[0] = true;
            }
        };

        Csv.write(out, List.<String[]>of(new String[] {"a"}));

        assertThat(closed[0]).isFalse();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a\n");
    }

    @Test
    void refusesWhatIsNotCsv() throws IOException {
        Path latin = Files.write(folder.resolve("latin.csv"), new byte[] {'a', ',', (byte) 0xe9, '\n'});

        assertThatThrownBy(() -> Csv.read(latin))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.MODEL))
                .hasMessage(latin + " cannot be read: it is not UTF-8");
        assertThatThrownBy(() -> Csv.read(file("a,\"b")))
                .isInstanceOf(Failure.class)
                .hasMessage(
                        folder.resolve("rows.csv") + " cannot be read: it is not CSV, or has a value that is too long");
    }

    @Test
    void refusesAFileThatIsTooLargeBeforeReadingIt() throws IOException {
        Path large = file("a\n");
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength(Csv.MOST_BYTES + 1L);
        }

        assertThatThrownBy(() -> Csv.read(large))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.MODEL))
                .hasMessageContaining("256 MiB");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("rows.csv"), text);
    }

    private static String written(List<String[]> rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Csv.write(out, rows);
        return out.toString(StandardCharsets.UTF_8);
    }
}
