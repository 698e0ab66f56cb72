package dev.featuremap.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RangeTest {
    @Test
    void holdsItsEndsInSquareBracketsOnly() {
        Range closed = Range.of("[1, 9]");
        assertThat(closed.contains(1)).isTrue();
        assertThat(closed.contains(9)).isTrue();
        assertThat(closed.contains(0.999)).isFalse();
        assertThat(closed.contains(9.001)).isFalse();

        Range open = Range.of("(1, 9)");
        assertThat(open.contains(1)).isFalse();
        assertThat(open.contains(9)).isFalse();
        assertThat(open.contains(1.001)).isTrue();
        assertThat(open.contains(8.999)).isTrue();
    }

    @Test
    void neverHoldsNaNNorAnInfinityAtAnOpenEnd() {
        assertThat(Range.of("[0, inf)").contains(Double.NaN)).isFalse();
        assertThat(Range.of("[0, inf)").contains(Double.POSITIVE_INFINITY)).isFalse();
        assertThat(Range.of("(-inf, 0]").contains(Double.NEGATIVE_INFINITY)).isFalse();
        assertThat(Range.of("(-inf, 0]").contains(-1e300)).isTrue();
    }

    @Test
    void refusesAnotherNotation() {
        assertThatThrownBy(() -> Range.of("1..9")).hasMessage("not an interval: 1..9");
    }
}
