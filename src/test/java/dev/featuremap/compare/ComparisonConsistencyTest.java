package dev.featuremap.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.featuremap.Failure;
import dev.featuremap.run.ComparisonDirectory;
import dev.featuremap.run.ComparisonResult;
import dev.featuremap.run.ComparisonResult.Verdict;
import dev.featuremap.run.OwnedDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonConsistencyTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path folder;

    private ComparisonDirectory directory;
    private ComparisonResult written;

    @BeforeEach
    void compare() throws IOException {
        compare("c", "comparison.seeds=5", "comparison.equivalence=0.5");
    }

    private void compare(String name, String... overrides) throws IOException {
        ComparisonPlan plan = Plans.of(folder, overrides);
        try (OwnedDirectory owned = plan.open(folder.resolve(name))) {
            directory = new ComparisonDirectory(owned.path());
            FakeRuns runs = new FakeRuns(run -> (FakeRuns.name(run).startsWith("mse") ? 0.9 : 0.8)
                    + 0.001 * run.experiment().seed() * run.experiment().seed());
            written = new ComparisonRun(plan, directory, runs, 1, new ComparisonWatcher() {}).run();
        }
    }

    @Test
    void tellsWhatWasWritten() {
        assertThat(ComparisonConsistency.require(directory)).isEqualTo(written);
    }

    /** Of equal differences no look decides, so all five seeds are run. */
    @Test
    void tellsWhatWasWrittenInRoundsOfFolds() throws IOException {
        compare("rounds", "comparison.seeds=2", "comparison.seedsAtMost=5", "comparison.folds=2");

        assertThat(written.members().get(0).runs()).hasSize(5 * 2);
        assertThat(ComparisonConsistency.require(directory)).isEqualTo(written);
    }

    @Test
    void goesByItsOwnQuestionWhereThePlanIsGone() throws IOException {
        Files.delete(folder.resolve("c/comparison.yaml"));

        assertThat(ComparisonConsistency.require(directory)).isEqualTo(written);
    }

    @Test
    void holdsAGridsLevelsAndInteractions() throws IOException {
        compare("grid", "comparison.losses=[]", "comparison.grid={loss: [mse, mae], training.batchSize: [5, 10]}");
        assertThat(ComparisonConsistency.require(directory)).isEqualTo(written);

        Path file = folder.resolve("grid/comparison.json");
        String before = Files.readString(file);
        set(file, "/interactions/0", "mean", "0.25");
        assertRefused("interactions[0] \"mean\" : 0.2500000");
        Files.writeString(file, before);
        set(file, "/members/0/levels", "loss", "\"mae\"");
        assertRefused("levels {loss=mae, training.batchSize=5} against {loss=mse, training.batchSize=5}");
    }

    /** What a run says of itself counts, as long as it does not contradict itself. */
    @Test
    void refusesWhatARunTellsOtherwise() throws IOException {
        Path result = folder.resolve("c/mae/seed-2/result.json");
        Path experiment = folder.resolve("c/mae/seed-2/experiment.yaml");
        String before = Files.readString(result);

        set(result, "", "name", "\"other\"");
        assertRefused("result.json and experiment.yaml contradict each other: name other against small-mae");
        Files.writeString(result, before);
        set(result, "/test", "accuracy", "0.5");
        assertRefused("mae/seed-2/result.json contradict each other: scores");
        Files.writeString(result, before);
        ObjectNode diverged = (ObjectNode) MAPPER.readTree(before);
        diverged.put("status", "diverged").remove(List.of("test", "parameters_sha256"));
        Files.writeString(result, diverged.toPrettyString());
        assertRefused("mae/seed-2/result.json contradict each other: status DONE against DIVERGED");
        Files.writeString(result, before);
        set(result, "", "seed", "9");
        Files.writeString(experiment, Files.readString(experiment).replace("seed: 2", "seed: 9"));
        assertRefused("mae/seed-2/result.json contradict each other: seed 2 against 9");
    }

    @Test
    void refusesFewerRunsOrDifferencesThanThereWere() throws IOException {
        String before = Files.readString(file());
        ObjectNode json = (ObjectNode) MAPPER.readTree(before);
        ((ArrayNode) json.get("differences")).remove(2);
        Files.writeString(file(), json.toPrettyString());
        assertRefused("number of differences 2 against 3");

        json = (ObjectNode) MAPPER.readTree(before);
        ((ArrayNode) json.at("/members/0/runs")).remove(4);
        Files.writeString(file(), json.toPrettyString());
        assertRefused("seeds [1, 2, 3, 4] against [1, 2, 3, 4, 5]");
    }

    @Test
    void tellsOfAnEarlierVersionsFileWhatItsRunsShowByTodaysFigures() throws IOException {
        ObjectNode json = (ObjectNode) MAPPER.readTree(file().toFile());
        json.remove(List.of("question", "interactions", "verdict"));
        for (JsonNode difference : json.get("differences")) {
            ((ObjectNode) difference).remove(List.of("n", "p", "p_sign_flip", "p_adjusted", "p_equality", "verdict"));
        }
        ((ObjectNode) json.at("/members/0/summary/accuracy")).putNull("ci95");
        Files.writeString(file(), json.toPrettyString());

        assertThat(ComparisonConsistency.require(directory)).isEqualTo(written);

        Files.delete(folder.resolve("c/comparison.yaml"));
        ComparisonResult withoutPlan = ComparisonConsistency.require(directory);
        assertThat(withoutPlan.question().metric()).isEqualTo("accuracy");
        assertThat(withoutPlan.question().looks()).containsExactly(5);
        assertThat(withoutPlan.differences().get(0).verdict()).isEqualTo(Verdict.OPEN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                 | name       | \"large\" | name large against small",
                "/members/1         | name       | \"mea\"  | members [mse, mea] against [mse, mae]",
                "/members/1         | overrides  | [\"loss=l1\"] | overrides [loss=l1] against [loss=mae]",
                "/members/1         | levels     | {\"loss\": \"mae\"} | levels",
                "/differences/2     | n          | null   | differences[2]",
                "/question          | metric     | \"mse\"  | question",
                "/question          | looks      | [4]    | question",
                "/members/0/runs/4  | seed       | 6      | seeds",
                "/members/0/runs/4  | fold       | 1      | fold",
                "/members/1/summary/accuracy | mean | 0.7  | members[1]",
                "/differences/0     | verdict    | \"worse\" | differences[0]",
                "/differences/0     | p_adjusted | 0.5    | differences[0]",
            })
    void refusesAFigureThatDoesNotFollow(String place, String key, String value, String named) throws IOException {
        set(file(), place, key, value);

        assertRefused(named);
    }

    private static void set(Path file, String place, String key, String value) throws IOException {
        ObjectNode json = (ObjectNode) MAPPER.readTree(file.toFile());
        ((ObjectNode) json.at(place)).set(key, MAPPER.readTree(value));
        Files.writeString(file, json.toPrettyString());
    }

    private void assertRefused(String named) {
        assertThatThrownBy(() -> ComparisonConsistency.require(directory))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.MODEL))
                .hasMessageContaining(" contradict each other: ")
                .hasMessageContaining(named);
    }

    private Path file() {
        return folder.resolve("c/comparison.json");
    }
}
