package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.page.Screen;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WorkspaceDataTest {
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(told, true, StandardCharsets.UTF_8);
    private long now;
    private final WorkspaceData progress =
            new WorkspaceData(new Terminal(err, err, false, Screen.of("", false)), () -> now);

    @Test
    void tellsNothingOfWhatIsDoneAtOnce() {
        for (int done = 0; done <= 100; done++) {
            progress.advanced("decoding 100 pictures", done, 100);
        }
        assertThat(told.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void tellsTenthsOfEachWorkThatTakesItsTime() {
        for (String work : new String[] {"unpacking a.gz", "unpacking b.gz"}) {
            for (int done = 0; done <= 100; done += 25) {
                progress.advanced(work, done, 100);
                now += 300_000_000;
            }
        }
        assertThat(told.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "unpacking a.gz", " 50 %", " 70 %", "100 %", "unpacking b.gz", " 50 %", " 70 %", "100 %");
    }
}
