package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class TuneCommandTest {
    private static final String[] SMALL = {
        "data.trainExamples=200", "data.testExamples=50", "training.epochs=2", "tune.candidates=5"
    };

    @TempDir
    Path folder;

    @Test
    void trainingTheBestGivesTheReportedScoreExactly() throws IOException {
        Run tuned = tune("--json", "--quiet");
        JsonNode json = json(tuned);
        assertThat(tuned.exitCode()).isZero();
        assertThat(tuned.err()).isEmpty();
        assertThat(json.get("candidates")).hasSize(5);

        Run trained = Run.of(
                "train",
                json.get("best_file").asText(),
                "--run-dir",
                folder.resolve("again").toString(),
                "--json",
                "--quiet");

        assertThat(json(trained).get("test")).isEqualTo(json.get("best").get("test"));
        assertThat(json.get("best").get("test").get("examples").asInt()).isEqualTo(50);
        assertThat(json.get("best").get("validation").get("examples").asInt()).isBetween(25, 55);
    }

    @Test
    void noCandidatesFileSaysAnythingOfTheTestData() throws IOException {
        assertThat(tune("--quiet", "--parallel", "2").exitCode()).isZero();

        for (int i = 0; i < 5; i++) {
            Path candidate = folder.resolve("t/candidates/00" + i);
            assertThat(candidate.resolve("metrics.csv"))
                    .content()
                    .contains(",validation,")
                    .doesNotContain(",test,");
            assertThat(candidate.resolve("result.json"))
                    .content()
                    .contains("\"validation\"")
                    .doesNotContain("\"test\"");
            int validation = new ObjectMapper()
                    .readTree(candidate.resolve("result.json").toFile())
                    .get("validation")
                    .get("examples")
                    .asInt();
            assertThat(candidate.resolve("predictions.csv")).content().hasLineCount(1 + validation);
        }
    }

    @Test
    void goesOnWhereItStopped() throws IOException {
        Run first = tune("--json", "tune.candidates=3");
        assertThat(first.err().lines()).hasSize(4).first().asString().matches("\\[1/3] candidate 0: .* best so far");

        Run more = tune("--json", "tune.candidates=4");

        assertThat(more.err().lines()).first().isEqualTo("3 candidates were tried before");
        assertThat(json(more).get("candidates").get(2))
                .isEqualTo(json(first).get("candidates").get(2));
        assertThat(json(more).get("candidates")).hasSize(4);
    }

    @Test
    void stopsCandidatesBehindTheMedian() throws IOException {
        JsonNode json = json(tune("--json", "tune.earlyStopping=median", "tune.candidates=12", "training.epochs=6"));

        long abandoned = Stream.iterate(0, i -> i + 1)
                .limit(12)
                .filter(i ->
                        json.get("candidates").get(i).get("status").asText().equals("abandoned"))
                .peek(i -> assertThat(
                                json.get("candidates").get(i).get("epochs").asInt())
                        .isLessThan(6))
                .peek(i -> assertThat(json.get("best").get("index").asInt()).isNotEqualTo(i))
                .count();
        assertThat(abandoned).isBetween(1L, 6L);
    }

    @Test
    void printsATableOfTheBest() {
        Run run = tune("--quiet");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("xo-small: 5 candidates (random), the best by loss on validation data")
                .containsPattern("candidate +loss +.*batchSize +learningRate")
                .contains("trained on all training data: accuracy ")
                .contains("its experiment: " + folder.resolve("t/best.yaml"))
                .contains("search directory: " + folder.resolve("t"));

        Run shown = Run.of("runs", "show", folder.resolve("t").toString());
        assertThat(shown.exitCode()).as(shown.err()).isZero();
        assertThat(shown.out()).containsPattern("kind +search").containsPattern("runs +6 done");
        assertThat(run.out()).startsWith(shown.out().substring(shown.out().indexOf("%nxo-small: ".formatted())));
    }

    @Test
    void refusesABadSpaceBeforeAnythingIsMade() {
        Run run = tune("training.updater.learningRate={log: [1, 0.1]}");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .startsWith(
                        "error: command line: experiment.training.updater.learningRate.log: found [1, 0.1]; allowed:"
                                + " two numbers above 0, the lower first");
        assertThat(Files.exists(folder.resolve("t"))).isFalse();
    }

    private Run tune(String... options) {
        return Run.of(Stream.of(
                        Stream.of(
                                "tune",
                                "conf/tune/xo-small.yaml",
                                "--run-dir",
                                folder.resolve("t").toString()),
                        Stream.of(SMALL),
                        Stream.of(options))
                .flatMap(arguments -> arguments)
                .toArray(String[]::new));
    }

    private static JsonNode json(Run run) throws IOException {
        return new ObjectMapper().readTree(run.out());
    }
}
