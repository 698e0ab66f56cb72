package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.featuremap.run.DirectoryLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What there is of a run, a comparison or a search that has not ended is shown, and said to be partial. */
@Tag("slow")
class PartialRunTest {
    private static final String[] SMALL = {
        "data.size=9", "data.trainExamples=200", "data.testExamples=50", "training.epochs=2"
    };

    @TempDir
    Path folder;

    private Path run;

    @BeforeEach
    void train() {
        run = folder.resolve("run");
        succeed("train", "--run-dir", run.toString());
    }

    @Test
    void aStoppedRunIsReportedAsFarAsItWent() throws IOException {
        unfinish(run);
        Run reported = Run.of("report", run.toString());
        assertThat(reported.exitCode()).as(reported.err()).isZero();
        assertThat(reported.out()).contains("report.html  (partial: it was stopped before its end)");
        assertThat(run.resolve("report.html"))
                .content()
                .contains("Partial: it was stopped before its end. So far 2 epochs")
                .contains("All 4 rows of metrics.csv")
                .contains("id=\"network\"")
                .doesNotContain("id=\"confusion\"");
    }

    @Test
    void evaluateScoresTheNewestCheckpointAndSaysSo() throws IOException {
        JsonNode ended = new ObjectMapper().readTree(run.resolve("result.json").toFile());
        unfinish(run);
        Run evaluated = Run.of("evaluate", run.toString());
        assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
        assertThat(evaluated.out())
                .startsWith("partial: it was stopped before its end; this is its checkpoint of step ")
                .contains("in epoch 2 of 2");
        JsonNode json = new ObjectMapper()
                .readTree(Run.of("evaluate", run.toString(), "--json").out());
        assertThat(json.get("partial").get("step").asLong())
                .isEqualTo(ended.get("steps").asLong());
        assertThat(json.get("loss")).isEqualTo(ended.get("test").get("loss"));
    }

    @Test
    void exportTakesTheNewestCheckpointAndSaysSo() throws IOException {
        unfinish(run);
        String model = folder.resolve("model.onnx").toString();
        Run exported = Run.of("export", run.toString(), "--onnx", model);
        assertThat(exported.exitCode()).as(exported.err()).isZero();
        assertThat(exported.out())
                .startsWith("partial: it was stopped before its end; this is its checkpoint of step ");
        JsonNode json = new ObjectMapper()
                .readTree(Run.of("export", run.toString(), "--onnx", model, "--json")
                        .out());
        assertThat(json.get("partial").get("epoch").asInt()).isEqualTo(2);
        assertThat(Files.readString(Path.of(model), StandardCharsets.ISO_8859_1))
                .contains("checkpoint_step");
    }

    @Test
    void aRunThatIsGoingOnIsLeftAsItIs() throws IOException {
        unfinish(run);
        Map<String, String> before = contents(run);
        String pid = Long.toString(ProcessHandle.current().pid());
        try (DirectoryLock training = DirectoryLock.of(run)) {
            assertThat(Run.of("report", run.toString()).out())
                    .contains("(partial: process " + pid + " is training it)");
            assertThat(Run.of("evaluate", run.toString()).out())
                    .startsWith("partial: process " + pid + " is training it; ");
        }
        assertThat(contents(run)).isEqualTo(before);
    }

    @Test
    void evaluateOfARunWithoutACheckpointSaysThatThereIsNoModelYet() throws IOException {
        unfinish(run);
        Files.move(run.resolve("checkpoints"), folder.resolve("away"));
        Run evaluated = Run.of("evaluate", run.toString());
        assertThat(evaluated.exitCode()).isEqualTo(2);
        assertThat(evaluated.err()).contains("holds no model yet", "train --resume " + run);
    }

    @Test
    void severalRunsSideBySideSkipAndNameThoseThatHaveNotEnded() throws IOException {
        Path stopped = folder.resolve("stopped");
        succeed("train", "--run-dir", stopped.toString());
        unfinish(stopped);
        Path page = folder.resolve("both.html");
        Run reported = Run.of("report", run.toString(), stopped.toString(), "--out", page.toString());
        assertThat(reported.exitCode()).as(reported.err()).isZero();
        assertThat(reported.err()).contains("skipped: " + stopped + ": it was stopped before its end");
        assertThat(page).content().contains("1 run side by side");
        Run none = Run.of("report", stopped.toString(), stopped.toString());
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("none of these runs has ended");
    }

    @Test
    void anUnfinishedComparisonAndSearchShowTheirRunsSoFar() throws IOException {
        Path comparison = folder.resolve("comparison");
        succeed("compare", "conf/compare/xo-losses.yaml", "comparison.seeds=1", "--run-dir", comparison.toString());
        Files.delete(comparison.resolve("comparison.json"));
        Path member;
        try (Stream<Path> members = Files.list(comparison)) {
            member = members.filter(path -> Files.isDirectory(path.resolve("seed-1")))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
        unfinish(member.resolve("seed-1"));
        Run reported = Run.of("report", comparison.toString());
        assertThat(reported.exitCode()).as(reported.err()).isZero();
        assertThat(reported.out()).contains("(partial: the comparison is not finished)");
        assertThat(comparison.resolve("report.html"))
                .content()
                .contains("Partial: the comparison is not finished.")
                .contains(member.getFileName() + "/seed-1")
                .contains("not finished</div>");
        Run evaluated = Run.of("evaluate", comparison.toString());
        assertThat(evaluated.exitCode()).isEqualTo(2);
        assertThat(evaluated.err()).contains("name one of the runs in it, such as " + comparison);

        Path search = folder.resolve("search");
        succeed("tune", "conf/tune/xo-small.yaml", "tune.candidates=2", "--run-dir", search.toString());
        Files.delete(search.resolve("tuning.json"));
        try (DirectoryLock going = DirectoryLock.of(search)) {
            assertThat(Run.of("report", search.toString()).out())
                    .contains("(partial: the search is going on in process ");
        }
        assertThat(search.resolve("report.html")).content().contains("candidates/001");
    }

    private static void succeed(String... command) {
        Run made = Run.of(
                Stream.concat(Arrays.stream(command), Arrays.stream(SMALL)).toArray(String[]::new));
        assertThat(made.exitCode()).as(made.err()).isZero();
    }

    /** Leaves of a run what one has that was stopped right after its last checkpoint. */
    private static void unfinish(Path run) throws IOException {
        for (String name : new String[] {
            "result.json", "model.zip", "predictions.csv", "mistakes.json", "provenance.json", "report.html"
        }) {
            Files.delete(run.resolve(name));
        }
    }

    private static Map<String, String> contents(Path run) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(run.relativize(file).toString(), Arrays.toString(Files.readAllBytes(file)));
            }
        }
        contents.keySet().removeAll(List.of("report.html", ".lock"));
        return contents;
    }
}
