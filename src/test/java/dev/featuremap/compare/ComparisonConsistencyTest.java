package dev.featuremap.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
    @TempDir
    Path folder;

    private ComparisonDirectory directory;
    private ComparisonResult written;

    @BeforeEach
    void compare() throws IOException {
        ComparisonPlan plan = Plans.of(folder, "comparison.seeds=5", "comparison.equivalence=0.5");
        try (OwnedDirectory owned = plan.open(folder.resolve("c"))) {
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

    @Test
    void tellsOfAnEarlierVersionsFileWhatItsRunsShowByTodaysFigures() throws IOException {
        ObjectNode json = (ObjectNode) new ObjectMapper().readTree(file().toFile());
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
                "/question          | metric     | \"mse\"  | question",
                "/question          | looks      | [4]    | question",
                "/members/0/runs/4  | seed       | 6      | seeds",
                "/members/0/runs/4  | fold       | 1      | fold",
                "/members/1/summary/accuracy | mean | 0.7  | members[1]",
                "/differences/0     | verdict    | \"worse\" | differences[0]",
                "/differences/0     | p_adjusted | 0.5    | differences[0]",
            })
    void refusesAFigureThatDoesNotFollow(String place, String key, String value, String named) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode json = (ObjectNode) mapper.readTree(file().toFile());
        ((ObjectNode) json.at(place)).set(key, mapper.readTree(value));
        Files.writeString(file(), json.toPrettyString());

        assertThatThrownBy(() -> ComparisonConsistency.require(directory))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.MODEL))
                .hasMessageContaining("comparison.json")
                .hasMessageContaining(named);
    }

    private Path file() {
        return folder.resolve("c/comparison.json");
    }
}
