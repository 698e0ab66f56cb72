package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.featuremap.experiment.ExperimentKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigKeysTest {
    private static final Path PAGE = Path.of("docs", "experiment-file.md");

    @Test
    void thePageInDocsIsTheOneTheProgramPrints() throws IOException {
        Run run = Run.of("config", "keys", "--markdown");
        assertThat(run.exitCode()).isZero();
        assertThat(Files.readString(PAGE).replace("\r\n", "\n"))
                .as("%s is out of date; write it anew with: ./featuremap config keys --markdown > %s", PAGE, PAGE)
                .isEqualTo(run.out());
    }

    @Test
    void thePageHasARowForEveryKeyAndNoCellTooMany() {
        List<String> rows = Run.of("config", "keys", "--markdown")
                .out()
                .lines()
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(rows).hasSameSizeAs(ExperimentKeys.all());
        // A section whose keys are always there has no column that says where.
        assertThat(rows).allMatch(row -> row.matches("\\| `\\w+` \\|( [^|]*\\|){4,5}"));
    }

    @Test
    void aKeyIsListedWithTypeRangeDefaultChoiceAndMeaning() {
        assertThat(Run.of("config", "keys").out())
                .contains(
                        "  batchSize            a whole number in [1, 1000000]; default 64\n",
                        "\n                       examples per step",
                        "a whole number or [height, width]; default as size; where type: subsampling\n",
                        "text; required; with saved\n");
    }

    @Test
    void asJsonEveryKeyIsAnObject() throws IOException {
        Run run = Run.of("config", "keys", "--json");
        JsonNode keys = new ObjectMapper().readTree(run.out()).get("keys");
        assertThat(keys).hasSameSizeAs(ExperimentKeys.all());
        assertThat(keys.get(0).get("path").asText()).isEqualTo("name");
        assertThat(keys.get(0).get("required").asBoolean()).isTrue();
        assertThat(keys.get(0).fieldNames())
                .toIterable()
                .containsExactly("path", "when", "type", "required", "by_default", "range", "meaning");
    }
}
