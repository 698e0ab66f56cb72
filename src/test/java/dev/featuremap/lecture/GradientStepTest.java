package dev.featuremap.lecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Loss;
import dev.featuremap.lecture.GradientStep.LossStep;
import dev.featuremap.lecture.GradientStep.Request;
import dev.featuremap.page.Grid;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lecture's step against the same step worked out here in another way, in float64. */
class GradientStepTest {
    private static final Offset<Double> CLOSE = within(1e-9);
    private static final double RATE = 0.002;

    @ParameterizedTest
    @CsvSource({"7, 42", "0, 1", "3, 20261124"})
    void isTheLecturesFormulas(int digit, long seed) {
        GradientStep step = GradientStep.of(new Request(digit, seed, RATE, 1));
        double[] x = step.picture().toArray();
        double[] w = new double[784];
        Random random = new Random(seed);
        for (int i = 0; i < w.length; i++) {
            w[i] = (random.nextDouble() - 0.5) / 10;
        }
        double predicted = 0;
        for (int i = w.length - 1; i >= 0; i--) {
            predicted = Math.fma(w[i], x[i], predicted);
        }
        double residual = predicted - digit;

        assertThat(step.start().weights().toArray()).containsExactly(w, CLOSE);
        assertThat(step.prediction()).isCloseTo(predicted, CLOSE);
        assertThat(step.residual()).isCloseTo(residual, CLOSE);
        check(step.mse(), x, w, residual * residual, 2 * residual);
        check(step.mae(), x, w, Math.abs(residual), residual < 0 ? -1 : 1);
    }

    private static void check(LossStep step, double[] x, double[] w, double loss, double slope) {
        double[] gradient = new double[x.length];
        double[] next = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            gradient[i] = slope * x[i];
            next[i] = w[i] - RATE * gradient[i];
        }
        assertThat(step.loss()).isCloseTo(loss, CLOSE);
        assertThat(step.slope()).isCloseTo(slope, CLOSE);
        assertThat(step.gradient().weights().toArray()).containsExactly(gradient, CLOSE);
        assertThat(step.gradient().bias()).isCloseTo(slope, CLOSE);
        assertThat(step.newWeights().toArray()).containsExactly(next, CLOSE);
        assertThat(step.newBias()).isCloseTo(-RATE * slope, CLOSE);
    }

    /** A gradient is what a small change of one number does to the loss: true for any formula that is right. */
    @Test
    void gradientIsTheSlopeOfTheLoss() {
        GradientStep step = GradientStep.of(new Request(5, 9, RATE, 1));
        double h = 1e-6;
        for (int place : new int[] {300, 350, 406, 462}) {
            ToDoubleFunction<Double> loss = change -> {
                double[] moved = step.start().weights().toArray();
                moved[place] += change;
                double residual = new LinearModel(Grid.of(28, 28, moved), 0).predict(step.picture()) - 5;
                return residual * residual;
            };
            double slope = (loss.applyAsDouble(h) - loss.applyAsDouble(-h)) / (2 * h);
            assertThat(step.mse().gradient().weights().at(place / 28, place % 28))
                    .isCloseTo(slope, within(1e-6));
        }
    }

    @Test
    void manyStepsStartTogetherAndEachLossFallsOnItsOwnWay() {
        Descent descent = GradientStep.of(new Request(7, 42, 0.001, 300)).descent();
        List<Double> mse = descent.byMse().mse();
        List<Double> mae = descent.byMae().mae();
        assertThat(mse).hasSize(301);
        assertThat(mse.get(0)).isEqualTo(descent.byMae().mse().get(0));
        assertThat(mse.get(300)).isLessThan(mse.get(0) / 10);
        assertThat(mae.get(300)).isLessThan(mae.get(0) / 2);
        for (int step = 1; step < mse.size(); step++) {
            assertThat(mse.get(step)).isLessThan(mse.get(step - 1));
        }
    }

    /** What the page says of MAE in words, on the digits it shows. */
    @Test
    void stepsDownMaeShortenWhereDigitsArriveAndThoseTremble() {
        Descent.Path byMae =
                GradientStep.of(new Request(7, 42, 0.001, 300)).descent().byMae();
        List<Double> gradients = byMae.gradients();
        assertThat(gradients).hasSize(300);
        assertThat(gradients.subList(0, 60)).allMatch(length -> length.equals(gradients.get(0)));
        assertThat(gradients.get(299)).isLessThan(gradients.get(0) / 2);
        assertThat(byMae.arrived())
                .containsExactly(2, 3, 4, 5)
                .allSatisfy(digit -> assertThat(byMae.predictions().get(digit)).isCloseTo(digit, within(0.05)));
        assertThat(byMae.passings().get(9)).isZero();
    }

    /** On one digit alone the step down MAE is as long near Y as far from it. */
    @Test
    void onOneDigitMaesGradientKeepsItsLength() {
        LinearModel near = LinearModel.drawn(1);
        Grid digit = Digits.all().get(7);
        LinearModel far = new LinearModel(near.weights(), -100);
        assertThat(near.gradient(Loss.MAE, List.of(digit), List.of(7)).length())
                .isEqualTo(far.gradient(Loss.MAE, List.of(digit), List.of(7)).length());
        assertThat(near.gradient(Loss.MSE, List.of(digit), List.of(7)).length())
                .isLessThan(far.gradient(Loss.MSE, List.of(digit), List.of(7)).length());
    }

    @Test
    void holdsOneRealDigitOfEachClass() {
        assertThat(Digits.all()).hasSize(10).allSatisfy(digit -> {
            assertThat(digit.rows()).isEqualTo(28);
            assertThat(digit.max()).isGreaterThan(0.95);
            assertThat(digit.mean()).isBetween(0.03, 0.3);
        });
        // The first picture of MNIST's test set is a 7 whose row 7 begins with these levels from column 6 on.
        Grid seven = Digits.all().get(7);
        assertThat(List.of(seven.at(7, 6) * 255, seven.at(7, 7) * 255, seven.at(7, 8) * 255))
                .containsExactly(84.0, 185.0, 159.0);
    }

    @Test
    void namesTheLearningRateOfADescentThatDiverges() {
        assertThatThrownBy(() -> GradientStep.of(new Request(7, 42, 10, 1000)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.DIVERGED))
                .hasMessageContaining("learning rate 10.0");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesALearningRateThatIsNone(double rate) {
        assertThatThrownBy(() -> new Request(7, 42, rate, 1))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("--rate");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 10})
    void refusesADigitThatIsNone(int digit) {
        assertThatThrownBy(() -> new Request(digit, 42, 0.001, 1))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("--digit " + digit);
    }
}
