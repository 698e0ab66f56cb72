package dev.featuremap.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.run.Predictions;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    private static final List<String> CLASSES = List.of("X", "O");

    @Test
    void weighsEachBinsDistanceByItsExamples() {
        // Three answers at 0.75, two of them right; one at 0.95, right: |2/3 - 3/4| * 3/4 + |1 - 0.95| * 1/4.
        Calibration calibration = Calibration.of(new Predictions(
                        CLASSES, List.of(), new float[] {0, 0, 1, 1}, new float[][] {
                            {0.75f, 0.25f}, {0.75f, 0.25f}, {0.75f, 0.25f}, {0.05f, 0.95f}
                        }))
                .orElseThrow();
        assertThat(calibration.expectedError()).isCloseTo(0.0625 + 0.0125, within(1e-6));
        assertThat(calibration.accuracy()).isEqualTo(0.75);
        assertThat(calibration.meanConfidence()).isCloseTo(0.8, within(1e-6));
        assertThat(calibration.bins())
                .extracting(Calibration.Bin::low, Calibration.Bin::high, Calibration.Bin::examples)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0.7, 0.8, 3),
                        org.assertj.core.groups.Tuple.tuple(0.9, 1.0, 1));
    }

    @Test
    void putsFullConfidenceIntoTheLastBin() {
        Calibration calibration = Calibration.of(
                        new Predictions(CLASSES, List.of(), new float[] {0}, new float[][] {{1, 0}}))
                .orElseThrow();
        assertThat(calibration.expectedError()).isZero();
        assertThat(calibration.bins())
                .singleElement()
                .extracting(Calibration.Bin::high)
                .isEqualTo(1.0);
    }

    @Test
    void isNotGivenForOutputsThatAreNoProbabilities() {
        assertThat(Calibration.of(new Predictions(CLASSES, List.of(), new float[] {0}, new float[][] {{0.9f, 0.9f}})))
                .isEmpty();
        assertThat(Calibration.of(new Predictions(CLASSES, List.of(), new float[] {0}, new float[][] {{1.5f, -0.5f}})))
                .isEmpty();
        assertThat(Calibration.of(new Predictions(List.of(), List.of(), new float[] {0}, new float[][] {{1}})))
                .isEmpty();
    }
}
