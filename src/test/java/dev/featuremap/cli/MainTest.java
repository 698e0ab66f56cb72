package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.featuremap.experiment.ExperimentFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @ParameterizedTest
    @CsvSource({
        "play nowhere, --out, ''",
        "play nowhere, --out, .",
        "export nowhere, --onnx, ''",
        "export nowhere, --onnx, .",
        "report one other, --out, .",
        "report one other, --out, /dev/null",
        "data show xo, --png, .",
        "data show xo, --png, /dev/null",
        "lecture pooling, --html, .",
        "lecture pooling, --html, /dev/null"
    })
    void whatACommandWritesGoesIntoAFile(String command, String option, String out) {
        Run run = Run.of(Stream.concat(Stream.of(command.split(" ")), Stream.of(option, out))
                .toArray(String[]::new));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("neither a file nor a place for one", "remedy: name a file to write");
    }

    @Test
    void aSavedNetworkGoesIntoAFile() {
        Run run = Run.of("network", "save", "nowhere.yaml", "/dev/null");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("FILE: '/dev/null' is neither a file nor a place for one");
    }

    @Test
    void aNetworkIsSavedWithValuesInPlaceOfItsFiles(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("network.json");
        Run run = Run.of("network", "save", ExperimentArguments.DEFAULT, file.toString(), "network.layers.0.filters=5");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(new ObjectMapper()
                        .readTree(file.toFile())
                        .at("/confs/0/layer/nout")
                        .asInt())
                .isEqualTo(5);
        assertThat(Run.of("network", "save", ExperimentArguments.DEFAULT, file.toString(), "network.layers.0.filter=5")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void noCommandWritesOverARunsOwnFile(@TempDir Path run) throws IOException {
        Files.writeString(run.resolve("experiment.yaml"), "name: a");
        Path model = Files.writeString(run.resolve("model.zip"), "trained");
        Run refused = Run.of("export", run.toString(), "--onnx", model.toString());
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("is one of a run's own files");
        assertThat(model).hasContent("trained");
    }

    @Test
    void withoutACommandShowsTheCommands() {
        Run run = Run.of();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("train", "evaluate", "predict", "data", "network", "config", "report", "bench", "Exit codes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train",
                "evaluate",
                "predict",
                "compare",
                "data",
                "network",
                "config",
                "report",
                "bench",
                "lecture",
                "explain"
            })
    void everyCommandHasHelp(String command) {
        Run run = Run.of(command, "--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("Usage: featuremap " + command);
        assertThat(run.err()).isEmpty();
    }

    @Test
    void noHelpWarnsOfItself() {
        PrintStream before = System.err;
        ByteArrayOutputStream warnings = new ByteArrayOutputStream();
        System.setErr(new PrintStream(warnings, true, StandardCharsets.UTF_8));
        try {
            List<String> seen = new ArrayList<>();
            askForHelp(List.of(), seen);
            assertThat(seen).contains("runs list", "data show", "config keys", "train");
        } finally {
            System.setErr(before);
        }
        assertThat(warnings.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    /** Of a command, and of those that its help lists. */
    private static void askForHelp(List<String> command, List<String> seen) {
        Run run = Run.of(Stream.concat(command.stream(), Stream.of("--help")).toArray(String[]::new));
        assertThat(run.exitCode()).as(String.join(" ", command)).isZero();
        assertThat(run.err()).isEmpty();
        seen.add(String.join(" ", command));
        run.out()
                .lines()
                .dropWhile(line -> !line.startsWith("Commands:"))
                .filter(line -> line.matches("  [a-z].*"))
                .map(line -> line.strip().split(" ", 2)[0])
                .filter(name -> !name.equals("help"))
                .forEach(name -> askForHelp(
                        Stream.concat(command.stream(), Stream.of(name)).toList(), seen));
    }

    @Test
    void tellsItsVersions() {
        Run run = Run.of("--version");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .matches("featuremap \\d+\\.\\d+\\.\\d+\\S* \\((commit [0-9a-f]{10}( changed)?, )?"
                        + "Deeplearning4j 1\\.0\\.0-M2\\.1, Java \\d+\\S*, natives \\S+\\)\\R");
    }

    @ParameterizedTest
    @CsvSource({"completion, 'bash, zsh, fish'", "config keys, 'experiment, compare, tune'"})
    void wordsToChooseFromAreToldAsTheyAreTyped(String command, String words) {
        Run run = Run.of((command + " x").split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("expected one of " + words + " but was 'x'");
    }

    @Test
    void refusesAnUnknownCommandInTwoLines() {
        Run run = Run.of("tarin");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).hasSize(2);
        assertThat(run.err()).startsWith("error: ").contains("tarin", "did you mean train?", "remedy: ");
    }

    @Test
    void namesWhatACommandOfSeveralCanDo() {
        Run run = Run.of("data");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo(String.format("error: featuremap data needs one of: cache, fetch, list, show%n"
                        + "remedy: see featuremap data --help%n"));
    }

    @Test
    void tellsAFailureAsJsonOnStandardOutputAlone() throws Exception {
        Run run = Run.of("train", "no/such/file.yaml", "--json");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEmpty();
        JsonNode error = new ObjectMapper().readTree(run.out()).get("error");
        assertThat(error.get("code").asInt()).isEqualTo(2);
        assertThat(error.get("cause").asText()).contains("no/such/file.yaml");
        assertThat(error.get("remedy").asText()).isNotEmpty();
    }

    @Test
    void showsAnExperimentWithItsOverridesInPlace() {
        Run run = Run.of("config", "show", "conf/experiment/mnist-lenet.yaml", "training.epochs=7", "loss=mae");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("epochs: 7", "loss: mae", "name: mnist-lenet");
    }

    @Test
    void showsAnExperimentAsJsonWithTheSameKeysAndValues() {
        String[] shown = {"config", "show", "conf/experiment/mnist-lenet.yaml", "training.epochs=7"};
        String yaml = Run.of(shown).out();
        Run run = Run.of(Stream.concat(Stream.of(shown), Stream.of("--json")).toArray(String[]::new));
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("{").contains("\"epochs\" : 7");
        // JSON is YAML, and so an experiment file.
        assertThat(ExperimentFile.parse(run.out(), "json", List.of()))
                .isEqualTo(ExperimentFile.parse(yaml, "yaml", List.of()));
    }

    @Test
    void aMisspeltOverrideNamesTheNearestKey() {
        Run run = Run.of("config", "show", "conf/experiment/mnist-lenet.yaml", "training.epoch=7");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("training.epoch", "did you mean epochs?");
    }

    @Test
    void aFileBelowAFolderWithAnEqualsSignIsAFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("lr=0.1,bs=8").resolve("a=b.yaml");
        Files.createDirectories(file.getParent());
        Files.copy(Path.of("conf/experiment/xo-cnn.yaml"), file);
        for (Path named : List.of(file, Path.of("").toAbsolutePath().relativize(file))) {
            Run run = Run.of("config", "show", named.toString(), "name=x");
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).startsWith("name: x\n");
        }
        assertThat(Run.of("config", "show", folder + "/lr=0.2/none.yaml").err())
                .contains("lr=0.2/none.yaml: no such file");
    }
}
