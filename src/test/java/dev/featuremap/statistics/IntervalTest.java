package dev.featuremap.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class IntervalTest {
    @Test
    void containsItsEnds() {
        Interval interval = new Interval(-1, 3);

        assertThat(interval.contains(-1)).isTrue();
        assertThat(interval.contains(3)).isTrue();
        assertThat(interval.contains(3.1)).isFalse();
        assertThat(interval.contains(-1.1)).isFalse();
        assertThat(interval.contains(Double.NaN)).isFalse();
        assertThat(interval.halfWidth()).isEqualTo(2);
    }

    @Test
    void doesNotExistWithItsEndsExchangedOrUnknown() {
        assertThatThrownBy(() -> new Interval(1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no interval reaches from 1.0 to 0.0");
        assertThatThrownBy(() -> new Interval(Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
