package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Experiment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunHistoryTest {
    private static final Map<String, String> HASHES = Map.of("a.gz", "ab".repeat(32));

    @Test
    void growsByEachTimeARunIsGoneOnWith() {
        RunHistory begun = RunHistory.begin("name: x\n", new TreeMap<>(HASHES), "nd4j", 2);
        RunHistory resumed = begun.resumed("name: y\n", "onednn", 4, 7).resumed("name: z\n", "onednn", 1, 7);

        assertThat(Instant.parse(begun.start())).isBeforeOrEqualTo(Instant.now());
        assertThat(begun.resumedAtSteps()).isEmpty();
        assertThat(resumed)
                .isEqualTo(new RunHistory(
                        "name: z\n",
                        begun.dataSha256(),
                        "onednn",
                        1,
                        RunHistory.HELD_OUT_BY,
                        begun.start(),
                        List.of(7L, 7L)));
    }

    @Test
    void refusesWhatNoRunCanHaveBeenThrough() {
        String start = "2026-11-24T10:00:00Z";
        assertThatThrownBy(() -> history(Map.of("a.gz", "abc"), "nd4j", start))
                .hasMessage("what stands for a.gz is no SHA-256");
        assertThatThrownBy(() -> history(HASHES, "nd4j", "yesterday"))
                .hasMessage("a time is not one as 2026-01-31T23:59:59Z");
        assertThatThrownBy(() -> history(HASHES, "steam", start)).hasMessage("no engine is called steam");
        assertThatThrownBy(() -> history(HASHES, "nd4j", start, -1L)).hasMessage("resumed at steps [-1]");
        assertThatThrownBy(() -> history(HASHES, "nd4j", start, 0L, 9L, 8L)).hasMessage("resumed at steps [0, 9, 8]");
        assertThat(history(HASHES, "ONEDNN", start, 0L, 9L, 9L).resumedAtSteps())
                .containsExactly(0L, 9L, 9L);
    }

    @Test
    void theExperimentsValuesThatLastAreAllButEpochsAndCheckpoints() {
        Experiment experiment = EndedRun.experiment("{source: xo, size: 9}");

        assertThat(RunHistory.lasting(experiment))
                .containsEntry("training.batchSize", "10")
                .containsEntry("name", "x")
                .doesNotContainKey("training.epochs")
                .allSatisfy((key, value) -> assertThat(key).doesNotStartWith("training.checkpoint"));
    }

    @Test
    void anExperimentThatIsNoneIsARefusedModel() {
        assertThat(EndedRun.history().experiment("state.json")).isEqualTo(EndedRun.experiment("{source: xo, size: 9}"));
        assertThatThrownBy(() ->
                        RunHistory.begin("name: 7", new TreeMap<>(), "nd4j", 2).experiment("state.json"))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.MODEL))
                .hasMessageStartingWith("state.json");
    }

    private static RunHistory history(Map<String, String> hashes, String engine, String start, Long... resumed) {
        return new RunHistory("name: x\n", new TreeMap<>(hashes), engine, 2, null, start, List.of(resumed));
    }
}
