package dev.featuremap.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.featuremap.Failure;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.run.OwnedDirectory;
import dev.featuremap.run.RunStatus;
import dev.featuremap.run.TuningDirectory;
import dev.featuremap.run.TuningResult.Candidate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A search of fourteen candidates, the first of which failed and the second diverged; then one of its files tells something else. */
class TuningConsistencyTest {
    private static final int CANDIDATES = 14;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static TuningDirectory directory;
    private static String sound;

    @BeforeAll
    static void search() throws IOException {
        FakeCandidates runs = new FakeCandidates(TuningConsistencyTest::accuracy);
        Tuning tuning = Tunings.in(folder, "tune.candidates=" + CANDIDATES);
        try (OwnedDirectory owned = tuning.open(folder.resolve("t"))) {
            directory = new TuningDirectory(owned.path());
            new TuningRun(tuning, directory, runs, runs, TuningWatcher.NONE).run(evaluation -> {
                for (int i = 0; i < CANDIDATES; i++) {
                    evaluation.evaluate(i, new double[] {2 + i % 3, 1, 0.25, 1, i % 2, 1, 0.0002 + 0.0003 * i});
                }
            });
        }
        sound = Files.readString(file("tuning.json"));
    }

    private static double accuracy(Experiment experiment) {
        double reached = FakeCandidates.byLearningRate(experiment);
        return reached < 0.38 ? -1 : reached < 0.45 ? Double.NaN : reached;
    }

    @BeforeEach
    void asItWas() throws IOException {
        Files.writeString(file("tuning.json"), sound);
    }

    @Test
    void believesWhatASearchLeft() {
        TuningConsistency.require(directory);

        List<Candidate> candidates = directory.result().candidates();
        assertThat(candidates.subList(0, 3))
                .extracting(Candidate::status)
                .containsExactly(RunStatus.FAILED, RunStatus.DIVERGED, RunStatus.DONE);
        assertThat(directory.result().importance()).hasSize(7);
    }

    @Test
    void believesAResultBesideWhichNothingElseIsLeft() throws IOException {
        Path alone = Files.createDirectory(folder.resolve("alone"));
        Files.copy(file("tuning.json"), alone.resolve("tuning.json"));

        TuningConsistency.require(new TuningDirectory(alone));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/name | \"other\" | tuning.yaml | name other against small",
                "/generator | \"grid\" | tuning.yaml | generator grid against random",
                "/seed | 4 | tuning.yaml | seed 4 against 3",
                "/metric | \"mse\" | tuning.yaml | metric mse against accuracy",
                "/higher_is_better | false | tuning.yaml | higher_is_better false against true",
                "/validation_share | 0.3 | tuning.yaml | validation_share 0.3 against 0.2",
                "/spaces/0/high | 5 | tuning.yaml | spaces [Space[key=network.layers[0].filters, kind=whole, low=2.0, high=5.0",
                "/ended | \"minutes\" | tuning.yaml | the end minutes after 14",
                "/ended | \"boredom\" | tuning.yaml | the end boredom after 14",
                "/candidates/13/index | 12 | tuning.json | the place of a candidate 12 against 13",
                "/candidates/4/score | 0.5 | candidates/004/result.json | the score of candidate 4 0.5 against 0.539",
                "/candidates/4/score | null | candidates/004/result.json | the score of candidate 4 null against 0.539",
                "/candidates/1/score | 0.5 | candidates/001/result.json | the score of candidate 1 0.5 against null",
                "/candidates/4/status | \"failed\" | candidates/004/result.json | the status of candidate 4",
                "/candidates/1/status | \"failed\" | candidates/001/result.json | the status of candidate 1",
                "/candidates/4/epochs | 1 | candidates/004/result.json | epochs of candidate 4 1 against 2",
                "/candidates/4/start | \"2026-11-24T10:00:01Z\" | candidates/004/result.json | start of candidate 4",
                "/candidates/4/seconds | 1.25 | candidates/004/result.json | seconds of candidate 4 1.25 against 1.5",
                "/best/index | 12 | tuning.json | the best 12 against 13",
                "/best/parameters/loss | \"mse\" | tuning.json | values of the best",
                "/importance/0/share | 0.125 | tuning.json | importance [network.layers[0].filters 0.1250000",
                "/best/validation/loss | 0.5 | its run | validation scores of the best",
                "/best/test/loss | 0.5 | its run | test scores of the best",
            })
    void refusesAResultThatTellsSomethingElse(String pointer, String value, String other, String difference)
            throws IOException {
        JsonNode root = JSON.readTree(sound);
        set(root, pointer, JSON.readTree(value));
        Files.writeString(file("tuning.json"), root.toPrettyString());

        assertThat(refused()).contains("tuning.json and " + other + " contradict each other: " + difference);
    }

    @Test
    void refusesAnEndThatThePlanDoesNotHave() throws IOException {
        JsonNode root = JSON.readTree(sound);
        ((ArrayNode) root.at("/candidates")).remove(0);
        Files.writeString(file("tuning.json"), root.toPrettyString());

        assertThat(refused()).contains("the end candidates after 13 against Optional[14]");
    }

    @Test
    void refusesABestWhereNoCandidateHasAScore() throws IOException {
        JsonNode root = JSON.readTree(sound);
        ((ObjectNode) root).putArray("candidates");
        Path alone = Files.createDirectory(folder.resolve("none"));
        Files.writeString(alone.resolve("tuning.json"), root.toPrettyString());

        assertThat(refused(new TuningDirectory(alone))).contains("the best 13 against no candidate with a score");
    }

    @ParameterizedTest
    @CsvSource({"candidates/004", "best-013"})
    void refusesARunThatContradictsItself(String run) throws IOException {
        Path result = file(run).resolve("result.json");
        String before = Files.readString(result);
        Files.writeString(result, before.replace("\"seed\" : 42", "\"seed\" : 43"));

        assertThat(refused()).contains("result.json and experiment.yaml contradict each other: seed 43 against 42");
        Files.writeString(result, before);
    }

    private static void set(JsonNode root, String pointer, JsonNode value) {
        int last = pointer.lastIndexOf('/');
        ObjectNode parent = (ObjectNode) root.at(pointer.substring(0, last));
        assertThat(parent.has(pointer.substring(last + 1)) || value.isNumber())
                .as(pointer)
                .isTrue();
        parent.set(pointer.substring(last + 1), value);
    }

    private static String refused() {
        return refused(directory);
    }

    private static String refused(TuningDirectory refused) {
        Failure failure = catchThrowableOfType(Failure.class, () -> TuningConsistency.require(refused));
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).isEqualTo(Failure.Kind.MODEL);
        return failure.getMessage();
    }

    private static Path file(String name) {
        return directory.path().resolve(name);
    }
}
