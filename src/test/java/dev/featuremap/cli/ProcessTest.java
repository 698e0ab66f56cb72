package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.featuremap.Stress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds from one process to the next. */
@Tag("fault")
class ProcessTest {
    private static final String[] SMALL = {"training.epochs=2", "data.trainExamples=200", "data.testExamples=60"};

    @TempDir
    static Path folder;

    private static Path plain;
    private static JsonNode plainResult;

    @BeforeAll
    static void train() throws Exception {
        plain = folder.resolve("plain");
        plainResult = train(plain, List.of());
    }

    @Test
    void theSameConfigurationGivesTheSameParametersInAnotherProcess() throws Exception {
        int processes = Stress.count("stress.processes", 1);
        for (int i = 0; i < processes; i++) {
            String parameters = train(folder.resolve("again-" + i), List.of())
                    .get("parameters_sha256")
                    .asText();
            assertThat(parameters)
                    .matches("[0-9a-f]{64}")
                    .isEqualTo(plainResult.get("parameters_sha256").asText());
        }
        Stress.tell(4, "other processes that came to the same parameters", processes + " of " + processes);
    }

    @ParameterizedTest
    @CsvSource({"tr, TR", "de, DE"})
    void theUsersLocaleChangesNoByte(String language, String country) throws Exception {
        Path local = folder.resolve("ein Lauf 中文 " + language);
        train(local, List.of("-Duser.language=" + language, "-Duser.country=" + country));
        assertThat(local.resolve("experiment.yaml")).hasSameBinaryContentAs(plain.resolve("experiment.yaml"));
        assertThat(local.resolve("network.json")).hasSameBinaryContentAs(plain.resolve("network.json"));
        assertThat(withoutTimes(local)).isEqualTo(withoutTimes(plain));
    }

    @Test
    void aFailureExitsWithItsCodeAndTwoLines() throws Exception {
        Child child = Child.of(List.of(), "train", "training.batchSiz=1");
        assertThat(child.exitCode()).isEqualTo(2);
        assertThat(child.out()).isEmpty();
        assertThat(child.err().lines()).hasSize(2);
        assertThat(child.err()).contains("training.batchSiz", "did you mean batchSize?");
    }

    @Test
    void cudaThatIsNotThereIsAnErrorAndNothingIsTrained() throws Exception {
        Path run = folder.resolve("cuda");
        Child child = Child.of(List.of("-Dfeaturemap.backend=cuda"), "train", "--run-dir", run.toString());
        assertThat(child.exitCode()).isEqualTo(5);
        assertThat(child.err()).startsWith("error: backend cuda was asked for, but ND4J runs on CPU\nremedy: ");
        assertThat(run).doesNotExist();
    }

    private static List<String> withoutTimes(Path run) throws IOException {
        return Files.readAllLines(run.resolve("metrics.csv")).stream()
                .map(row -> row.replaceAll(",[^,]*,[^,]*$", ""))
                .toList();
    }

    private static JsonNode train(Path run, List<String> jvmOptions) throws Exception {
        List<String> args = new java.util.ArrayList<>(List.of("train", "--json", "--run-dir", run.toString()));
        args.addAll(List.of(SMALL));
        Child child = Child.of(jvmOptions, args.toArray(String[]::new));
        assertThat(child.exitCode()).as(child.err()).isZero();
        return new ObjectMapper().readTree(child.out());
    }
}
