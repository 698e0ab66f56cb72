package dev.featuremap.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SeedsNeededTest {
    private static final OptionalDouble NO_MARGIN = OptionalDouble.empty();

    /** √18 / 2 = 2.121 passes t(0.975, 17) = 2.110 of printed tables, √17 / 2 = 2.062 does not pass t(0.975, 16) = 2.120. */
    @Test
    void countsTheSeedsUntilAMeanOfHalfADeviationIsNotZero() {
        Sample seen = new Sample(5, 0.5, 1, 0);

        assertThat(SeedsNeeded.about(seen, NO_MARGIN, 0.05)).hasValue(18);
        assertThat(p(18, 0.5)).isLessThanOrEqualTo(0.05);
        assertThat(p(17, 0.5)).isGreaterThan(0.05);
        assertThat(SeedsNeeded.about(seen, NO_MARGIN, 0.005).getAsInt()).isGreaterThan(30);
    }

    @Test
    void countsThoseUntilEqualWhereThatComesSooner() {
        Sample seen = new Sample(5, 0.1, 1, 0);

        int needed = SeedsNeeded.about(seen, OptionalDouble.of(0.6), 0.05).orElseThrow();
        assertThat(ClosedStudentT.cumulativeProbability(-0.5 * Math.sqrt(needed), needed - 1))
                .isLessThanOrEqualTo(0.05);
        assertThat(ClosedStudentT.cumulativeProbability(-0.5 * Math.sqrt(needed - 1), needed - 2))
                .isGreaterThan(0.05);
        assertThat(SeedsNeeded.about(seen, NO_MARGIN, 0.05).getAsInt()).isGreaterThan(needed);
    }

    @Test
    void isMoreThanWereSeen() {
        assertThat(SeedsNeeded.about(new Sample(7, 5, 1, 0), NO_MARGIN, 0.05)).hasValue(8);
    }

    @Test
    void givesUpBeyondAThousandAndWithoutSpread() {
        assertThat(SeedsNeeded.about(new Sample(5, 0.01, 1, 0), NO_MARGIN, 0.05))
                .isEmpty();
        assertThat(SeedsNeeded.about(Sample.of(new double[] {1, 1}), NO_MARGIN, 0.05))
                .isEmpty();
        assertThat(SeedsNeeded.about(Sample.of(new double[] {1}), OptionalDouble.of(2), 0.05))
                .isEmpty();
    }

    /** However many folds there are, they test on the same data. */
    @Test
    void mayNeverComeWithFoldsOfTheSameData() {
        assertThat(SeedsNeeded.about(new Sample(10, 0.5, 1, 1.0 / 9), NO_MARGIN, 0.05))
                .isEmpty();
    }

    private static double p(int n, double effect) {
        return 2 * ClosedStudentT.cumulativeProbability(-effect * Math.sqrt(n), n - 1);
    }
}
