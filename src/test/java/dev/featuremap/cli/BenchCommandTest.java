package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
    @Test
    void timesBothEngines() throws Exception {
        JsonNode result = bench("loss=mcxent");
        assertThat(result.get("rows").findValuesAsText("engine")).containsExactly("nd4j", "onednn");
        for (JsonNode row : result.get("rows")) {
            double median = row.get("examples_per_second").asDouble();
            assertThat(median).isPositive();
            assertThat(median)
                    .isBetween(row.get("least").asDouble(), row.get("most").asDouble());
        }
        assertThat(result.get("rows").get(0).get("to_nd4j").asDouble()).isEqualTo(1);
    }

    @Test
    void saysWhyAnEngineIsLeftOut(@TempDir Path folder) throws Exception {
        Path network = folder.resolve("undivided.json");
        assertThat(Run.of("network", "save", "conf/experiment/xo-cnn.yaml", network.toString())
                        .exitCode())
                .isZero();
        Files.writeString(network, Files.readString(network).replace("\"miniBatch\" : true", "\"miniBatch\" : false"));
        JsonNode result = bench("network={saved: " + network + "}");
        assertThat(result.get("rows").findValuesAsText("engine")).containsExactly("nd4j");
        assertThat(result.get("without_one_dnn").asText()).contains("gradients that are not divided by the batch");
    }

    @Test
    void refusesNoTurnsAndNoTime() {
        assertThat(Run.of("bench", "--rounds=0").err()).contains("--rounds is 0", "at least 1");
        assertThat(Run.of("bench", "--seconds=0").err()).contains("--seconds is 0", "more than 0");
    }

    private static JsonNode bench(String override) throws Exception {
        Run run = Run.of("bench", "--json", "--rounds=2", "--seconds=0.01", "data.trainExamples=200", override);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }
}
