package dev.featuremap.network;

import static dev.featuremap.network.Sample.experiment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.LearningRate;
import dev.featuremap.experiment.LearningRate.Unit;
import dev.featuremap.experiment.Loss;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.MapSchedule;

class LearningRatesTest {
    private static final int NEVER_READ = 1_000_003;

    @Test
    void constantIsTheSameAlways() {
        Sgd sgd = LearningRates.set(new LearningRate.Constant(0.25), new Sgd());

        assertThat(sgd.getLearningRate(12, 3)).isEqualTo(0.25);
        assertThat(sgd.getLearningRateSchedule()).isNull();
    }

    @ParameterizedTest
    @EnumSource(Unit.class)
    void stepMultipliesByTheFactorEveryFewUnits(Unit unit) {
        assertRate(
                new LearningRate.Step(0.1, 0.5, 10, unit), unit, 100, t -> 0.1 * Math.pow(0.5, Math.floor(t / 10.0)));
    }

    @ParameterizedTest
    @EnumSource(Unit.class)
    void exponentialMultipliesByGammaEachUnit(Unit unit) {
        assertRate(new LearningRate.Exponential(0.1, 0.99, unit), unit, 500, t -> 0.1 * Math.pow(0.99, t));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 1.7, 2, 5})
    void polyFallsToZero(double power) {
        for (Unit unit : Unit.values()) {
            assertRate(
                    new LearningRate.Poly(0.1, power, 300, unit), unit, 300, t -> 0.1 * Math.pow(1 - t / 300.0, power));
        }
    }

    @Test
    void polyIsNeverNegative() {
        Sgd sgd = LearningRates.set(new LearningRate.Poly(0.1, 1, 300, Unit.STEP), new Sgd());

        for (int over = 301; over < 1000; over++) {
            assertThat(sgd.getLearningRate(over, 0)).isNaN();
        }
    }

    @Test
    void oneCycleGoesUpDownAndFarDown() {
        LearningRate cycle = new LearningRate.OneCycle(0.1, 0.9, 100, 20, 0.01, Unit.STEP);

        assertRate(cycle, Unit.STEP, 100, t -> {
            if (t < 40) {
                return 0.1 + 0.8 * t / 40;
            }
            return t < 80 ? 0.9 - 0.8 * (t - 40) / 40 : 0.1 * Math.pow(0.01, (t - 80) / 19.0);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 10, 11, 97, 98, 99})
    void oneCycleStaysBetweenItsLastAndItsHighestRate(int annealing) {
        for (int length : new int[] {100, 101}) {
            LearningRate cycle = new LearningRate.OneCycle(0.1, 0.9, length, annealing, 0.01, Unit.STEP);
            Sgd sgd = LearningRates.set(cycle, new Sgd());

            assertThat(sgd.getLearningRate(0, 0)).isEqualTo(0.1);
            double highest = 0;
            for (int t = 0; t < length; t++) {
                double rate = sgd.getLearningRate(t, 0);
                assertThat(rate).isBetween(0.001 - 1e-12, 0.9 + 1e-12);
                highest = Math.max(highest, rate);
            }
            assertThat(highest).isCloseTo(0.9, within(1e-12));
            if (annealing > 1) {
                assertThat(sgd.getLearningRate(length - 1, 0)).isCloseTo(0.001, within(1e-12));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Unit.class)
    void cosineWarmsUpInALineAndComesDownByHalfACosine(Unit unit) {
        assertRate(
                new LearningRate.Cosine(0.8, 20, 120, 0.2, unit),
                unit,
                120,
                t -> t < 20 ? 0.8 * (t + 1) / 20 : 0.5 + 0.3 * Math.cos(Math.PI * (t - 20) / 100));
    }

    @Test
    void cosineWithoutWarmUpBeginsAtItsHighestRateAndNeverReachesZero() {
        assertRate(
                new LearningRate.Cosine(0.1, 0, 50, 0, Unit.STEP),
                Unit.STEP,
                50,
                t -> 0.05 + 0.05 * Math.cos(Math.PI * t / 50));
        assertThat(LearningRates.set(new LearningRate.Cosine(0.1, 0, 50, 0, Unit.STEP), new Sgd())
                        .getLearningRate(49, 0))
                .isPositive();
    }

    @Test
    void aLongCosineStaysWithItsLastEntryUntilTheNext() {
        LearningRate.Cosine cosine = new LearningRate.Cosine(0.1, 5_000, 100_000, 0, Unit.STEP);
        Sgd sgd = LearningRates.set(cosine, new Sgd());

        for (int t = 0; t < 100_000; t++) {
            int entry = t < 5_000 ? t / 50 * 50 : t / 100 * 100;
            assertThat(sgd.getLearningRate(t, 0)).isCloseTo(cosine.at(entry), within(1e-15));
        }
        assertThat(((MapSchedule) sgd.getLearningRateSchedule()).getValues()).hasSize(1050);
    }

    @Test
    void aWarmUpShorterThanTheStepsBetweenTwoEntriesIsKept() {
        LearningRate.Cosine cosine = new LearningRate.Cosine(0.1, 20, 100_000, 0, Unit.STEP);
        Sgd sgd = LearningRates.set(cosine, new Sgd());

        for (int t = 0; t < 20; t++) {
            assertThat(sgd.getLearningRate(t, 0)).isCloseTo(0.1 * (t + 1) / 20, within(1e-15));
        }
        assertThat(sgd.getLearningRate(99, 0)).isCloseTo(0.1, within(1e-15));
    }

    @Test
    void refusesAScheduleThatEndsBeforeTheTraining() {
        Experiment poly = scheduled(new LearningRate.Poly(0.1, 1, 300, Unit.STEP));
        Experiment cycle = scheduled(new LearningRate.OneCycle(0.1, 0.9, 300, 20, 0.01, Unit.STEP));
        Experiment epochs = scheduled(new LearningRate.Poly(0.1, 1, 2, Unit.EPOCH));

        assertThatCode(() -> NetworkBuilder.checkSchedule(poly, 100)).doesNotThrowAnyException();
        assertThatThrownBy(() -> NetworkBuilder.checkSchedule(poly, 101))
                .isInstanceOf(Failure.class)
                .hasMessage("training.updater.learningRate: the poly schedule ends after 300 steps, but training takes"
                        + " 303 steps")
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.remedy())
                                .isEqualTo(
                                        "Set training.epochs=2, or begin a run with training.updater.learningRate.over=303."));
        assertThatThrownBy(() -> NetworkBuilder.checkSchedule(cycle, 101))
                .hasMessageContaining("the oneCycle schedule");
        assertThatThrownBy(() -> NetworkBuilder.checkSchedule(epochs, 1))
                .hasMessageContaining("ends after 2 epochs, but training takes 3 epochs");
        assertThatCode(() -> NetworkBuilder.checkSchedule(scheduled(new LearningRate.Constant(0.1)), 1_000_000))
                .doesNotThrowAnyException();
    }

    private static Experiment scheduled(LearningRate rate) {
        return experiment(Sample.LENET, Loss.MCXENT, Sample.sgd(rate));
    }

    private static void assertRate(LearningRate rate, Unit unit, int until, IntToDoubleFunction expected) {
        Sgd sgd = LearningRates.set(rate, new Sgd());
        for (int t = 0; t < until; t++) {
            double found = unit == Unit.STEP ? sgd.getLearningRate(t, NEVER_READ) : sgd.getLearningRate(NEVER_READ, t);
            assertThat(found).as("rate at %d", t).isCloseTo(expected.applyAsDouble(t), within(1e-12));
        }
    }
}
