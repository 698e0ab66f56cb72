package dev.featuremap.lecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.Failure;
import dev.featuremap.data.XoDrawing.Letter;
import dev.featuremap.page.Grid;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slides L9 to L11: what DL4J's layers give is what the slides say. */
class LayerTopicsTest {
    @Test
    void denseGives128By30AsOnTheSlide() {
        DenseTopic dense = DenseTopic.of(1);
        assertThat(dense.shape()).hasToString("[128, 30]");
        assertThat(dense.outputs().rows()).isEqualTo(128);
        assertThat(dense.outputs().columns()).isEqualTo(30);
        assertThat(dense.largestDifference()).isLessThan(1e-5);
    }

    @Test
    void denseIsXTimesWPlusB() {
        DenseTopic dense = DenseTopic.of(2);
        double sum = dense.bias().get(29);
        for (int i = 0; i < 20; i++) {
            sum += dense.inputs().at(127, i) * dense.weights().at(i, 29);
        }
        assertThat(dense.bias()).hasSize(30).allSatisfy(b -> assertThat(b).isCloseTo(0.1, within(1e-6)));
        assertThat(dense.outputs().at(127, 29)).isCloseTo(sum, within(1e-5));
    }

    @Test
    void poolingKeepsTheLargestOrTheMeanOfEachWindow() {
        PoolingTopic pooling = PoolingTopic.compute();
        assertThat(pooling.max()).isEqualTo(Grid.of(new double[][] {{9, 3, 5}, {3, 9, 3}, {5, 3, 9}}));
        assertThat(pooling.avg()).isEqualTo(Grid.of(new double[][] {{3.5, 1.5, 1}, {1.5, 2, 0}, {1, 0, 4}}));
        assertThat(pooling.largestDifference()).isLessThan(1e-5);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.5, 0.75})
    void dropoutForgetsInTrainingScalesTheRestAndPassesAllInUse(double rate) {
        DropoutTopic dropout = DropoutTopic.of(rate, 42);
        Grid homework = Dl4jFeatureMaps.of(
                        Homework.of(Letter.X, 9, new Place(1, 1)).picture())
                .get(0);
        assertThat(dropout.activation()).isEqualTo(homework);
        assertThat(dropout.test()).isEqualTo(homework);
        assertThat(dropout.mask().toArray()).contains(0, 1).containsOnly(0, 1);
        for (int i = 0; i < 49; i++) {
            double in = homework.at(i / 7, i % 7);
            double out = dropout.train().at(i / 7, i % 7);
            assertThat(out).isCloseTo(dropout.mask().at(i / 7, i % 7) * in / (1 - rate), within(1e-6));
            assertThat(dropout.meanOfPasses().at(i / 7, i % 7)).isCloseTo(in, within(0.2));
        }
    }

    @Test
    void dropoutForgetsTheSameWithTheSameSeed() {
        assertThat(DropoutTopic.of(0.5, 3).mask())
                .isEqualTo(DropoutTopic.of(0.5, 3).mask());
        assertThat(DropoutTopic.of(0.5, 3).mask())
                .isNotEqualTo(DropoutTopic.of(0.5, 4).mask());
    }

    @Test
    void refusesADropoutRateThatIsNoShare() {
        for (double rate : List.of(0.0, 1.0, -0.5, Double.NaN)) {
            assertThatThrownBy(() -> DropoutTopic.of(rate, 1))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("--rate " + rate);
        }
    }
}
