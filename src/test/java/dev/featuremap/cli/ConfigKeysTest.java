package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.experiment.KeyDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConfigKeysTest {
    @ParameterizedTest
    @CsvSource({"experiment, experiment-file.md", "compare, comparison-file.md", "tune, tuning-file.md"})
    void thePageInDocsIsTheOneTheProgramPrints(String kind, String page) throws IOException {
        Run run = Run.of("config", "keys", kind, "--markdown");
        assertThat(run.exitCode()).isZero();
        assertThat(Files.readString(Path.of("docs", page)).replace("\r\n", "\n"))
                .as("write it anew with: ./featuremap config keys %s --markdown > docs/%s", kind, page)
                .isEqualTo(run.out());
    }

    @ParameterizedTest
    @EnumSource(FileKind.class)
    void thePageHasARowForEveryKeyAndNoCellTooMany(FileKind kind) {
        List<String> rows = Run.of("config", "keys", kind.name(), "--markdown")
                .out()
                .lines()
                .filter(line -> line.matches("\\| `\\w+` \\|.*"))
                .toList();
        assertThat(rows).hasSameSizeAs(kind.keys());
        // A section whose keys are always there has no column that says where.
        assertThat(rows).allMatch(row -> row.matches("\\| `\\w+` \\|( [^|]*\\|){4,5}"));
    }

    @ParameterizedTest
    @CsvSource({"COMPARE, conf/compare", "TUNE, conf/tune"})
    void everyKeyOfAShippedFileIsListed(FileKind kind, Path folder) throws IOException {
        List<String> listed = kind.keys().stream().map(KeyDescription::path).toList();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                List<String> keys = Files.readAllLines(file).stream()
                        .filter(line -> line.matches("\\w+:.*"))
                        .map(line -> line.substring(0, line.indexOf(':')))
                        .toList();
                assertThat(keys).isNotEmpty().isSubsetOf(listed);
            }
        }
    }

    @Test
    void anUnknownKindOfFileIsRefused() {
        Run run = Run.of("config", "keys", "losses");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("losses", "experiment", "compare", "tune");
    }

    @Test
    void aKeyIsListedWithTypeRangeDefaultChoiceAndMeaning() {
        assertThat(Run.of("config", "keys").out())
                .contains(
                        "  batchSize            a whole number in [1, 1000000]; default 64\n",
                        "\n                       examples per step",
                        "a whole number or [height, width]; default as size; where type: subsampling\n",
                        "a path; required; with saved\n");
    }

    @Test
    void asJsonEveryKeyIsAnObject() throws IOException {
        Run run = Run.of("config", "keys", "--json");
        JsonNode keys = new ObjectMapper().readTree(run.out()).get("keys");
        assertThat(keys).hasSameSizeAs(ExperimentFile.keys());
        assertThat(keys.get(0).get("path").asText()).isEqualTo("name");
        assertThat(keys.get(0).get("required").asBoolean()).isTrue();
        assertThat(keys.get(0).fieldNames())
                .toIterable()
                .containsExactly("path", "when", "type", "required", "by_default", "range", "meaning");
    }
}
