package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.page.Screen;
import dev.featuremap.run.RunTags;
import dev.featuremap.workspace.Entry;
import dev.featuremap.workspace.Entry.Kind;
import dev.featuremap.workspace.Entry.Outcome;
import dev.featuremap.workspace.Entry.State;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunsTableTest {
    private static final List<Entry> ONE = List.of(new Entry(
            "a",
            Path.of("a"),
            Kind.RUN,
            Instant.EPOCH,
            new State("done", null),
            new Outcome(1, 1.0, "onednn", Map.of("loss", 0.5)),
            RunTags.NONE,
            Map.of("loss", "mse", "training.epochs", "3")));

    @Test
    void namesAFewOfTheColumnsWithoutRoom() {
        List<String> keys =
                IntStream.range(0, 60).mapToObj(i -> "training.key" + i).toList();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        Terminal terminal =
                new Terminal(out, new PrintStream(err, true, StandardCharsets.UTF_8), false, Screen.of("", false));

        RunsTable.of(ONE, keys, Instant.EPOCH).print(terminal);

        String told = err.toString(StandardCharsets.UTF_8).strip();
        assertThat(told).matches("not shown for want of room: (\\w+, ){7}\\w+ and \\d\\d more \\(--csv\\)");
    }

    @Test
    void tellsASettingFromAScore() {
        RunsTable table = RunsTable.of(ONE, List.of("loss", "training.epochs"), Instant.EPOCH);

        assertThat(table.markdown())
                .startsWith(
                        "| name | age | status | seed | epochs | loss | time | engine | loss (setting) | training.epochs |");
        assertThat(table.rows().get(0))
                .contains("loss", "loss (setting)", "training.epochs")
                .doesNotHaveDuplicates();
    }
}
