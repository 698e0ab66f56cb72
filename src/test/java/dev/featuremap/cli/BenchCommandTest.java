package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

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
    void saysWhyAnEngineIsLeftOut() throws Exception {
        JsonNode result = bench("loss=kld");
        assertThat(result.get("rows").findValuesAsText("engine")).containsExactly("nd4j");
        assertThat(result.get("without_one_dnn").asText()).containsIgnoringCase("kld");
    }

    @Test
    void refusesNoTurnsAndNoTime() {
        assertThat(Run.of("bench", "--rounds=0").err()).contains("--rounds is 0", "at least 1");
        assertThat(Run.of("bench", "--seconds=0").err()).contains("--seconds is 0", "more than 0");
    }

    private static JsonNode bench(String override) throws Exception {
        Run run = Run.of(
                "bench", "--json", "--rounds=2", "--seconds=0.01", "data.size=9", "data.trainExamples=200", override);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }
}
