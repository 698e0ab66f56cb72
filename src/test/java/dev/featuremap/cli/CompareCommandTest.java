package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class CompareCommandTest {
    private static final String[] SMALL = {
        "data.trainExamples=100", "data.testExamples=50", "training.epochs=1", "comparison.losses=[mse, mae]"
    };

    @TempDir
    Path folder;

    @Test
    void givesTheComparisonAsJsonAndGoesOnWhereItStopped() throws IOException {
        Run first = compare("--json", "comparison.seeds=2");
        JsonNode json = new ObjectMapper().readTree(first.out());
        assertThat(first.exitCode()).isZero();
        assertThat(first.err().lines()).hasSize(4).allMatch(line -> line.matches("\\[\\d/4] (mse|mae) seed-\\d: .*"));
        assertThat(json.get("members").get(0).get("runs")).hasSize(2);
        assertThat(json.get("members")
                        .get(1)
                        .get("summary")
                        .get("accuracy")
                        .get("n")
                        .asInt())
                .isEqualTo(2);
        assertThat(json.get("differences").get(0).get("against").asText()).isEqualTo("mse");

        Run again = compare("--json", "comparison.seeds=2");
        assertThat(again.out()).isEqualTo(first.out());
        assertThat(again.err()).isEqualTo("4 of 4 runs were made before" + System.lineSeparator());
    }

    @Test
    void printsATableAndASentence() {
        Run run = compare("--quiet", "comparison.seeds=1");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("member  runs              accuracy (%)")
                .contains("against mse, run by run of the same seed")
                .contains("%nNothing can be concluded.%n".formatted())
                .contains("With 1 seed, by accuracy on the test data: nothing can be concluded")
                .containsPattern("mae − mse is [+−]\\d+.\\d\\d points on these test examples \\(McNemar's p = [01]")
                .contains("comparison directory: " + folder.resolve("c"));

        Run shown = Run.of("runs", "show", folder.resolve("c").toString());
        assertThat(shown.exitCode()).as(shown.err()).isZero();
        assertThat(shown.out()).containsPattern("kind +comparison").containsPattern("runs +2 done");
        assertThat(run.out()).startsWith(shown.out().substring(shown.out().indexOf("%nxo-losses, ".formatted())));
    }

    @Test
    void refusesFewerThanOneAtATime() {
        Run run = compare("--parallel", "0");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("error: --parallel is 0");
        assertThat(Files.exists(folder.resolve("c"))).isFalse();
    }

    private Run compare(String... options) {
        String[] command = new String[4 + SMALL.length + options.length];
        System.arraycopy(
                new String[] {
                    "compare",
                    "conf/compare/xo-losses.yaml",
                    "--run-dir",
                    folder.resolve("c").toString()
                },
                0,
                command,
                0,
                4);
        System.arraycopy(SMALL, 0, command, 4, SMALL.length);
        System.arraycopy(options, 0, command, 4 + SMALL.length, options.length);
        return Run.of(command);
    }
}
