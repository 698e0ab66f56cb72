package dev.featuremap.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearningRateTest {
    @Test
    void schedulesThatEndSayAfterHowMuch() {
        assertThat(rate("{schedule: poly, initial: 1, over: 10}").length())
                .contains(new LearningRate.Length("poly", 10, LearningRate.Unit.STEP));
        assertThat(rate("{schedule: oneCycle, initial: 1, max: 2, over: 17, unit: epoch}")
                        .length())
                .contains(new LearningRate.Length("oneCycle", 17, LearningRate.Unit.EPOCH));
        assertThat(rate("{schedule: cosine, max: 1, over: 7}").length())
                .contains(new LearningRate.Length("cosine", 7, LearningRate.Unit.STEP));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.1",
                "{schedule: step, initial: 1, factor: 0.5, every: 10}",
                "{schedule: exponential, initial: 1, gamma: 0.5}"
            })
    void othersNeverEnd(String rate) {
        assertThat(rate(rate).length()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sgd", "nesterovs", "adam", "amsgrad", "nadam", "rmsprop", "adagrad"})
    void isThatOfItsUpdater(String updater) {
        assertThat(updater("{type: " + updater + ", learningRate: 0.25}").rate())
                .contains(new LearningRate.Constant(0.25));
    }

    @Test
    void adaDeltaHasNone() {
        assertThat(updater("{type: adadelta}").rate()).isEmpty();
    }

    private static LearningRate rate(String rate) {
        return updater("{type: sgd, learningRate: " + rate + "}").rate().orElseThrow();
    }

    private static UpdaterSpec updater(String updater) {
        return ExperimentFile.parse(SampleFiles.lenet(), "x.yaml", List.of("training.updater=" + updater))
                .training()
                .updater()
                .orElseThrow();
    }
}
