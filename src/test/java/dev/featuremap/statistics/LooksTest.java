package dev.featuremap.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LooksTest {
    @Test
    void addsHalfAsManySeedsEachTimeUntilTheMost() {
        assertThat(Looks.upTo(5, 20).at()).containsExactly(5, 8, 12, 20);
        assertThat(Looks.upTo(3, 20).at()).containsExactly(3, 5, 8, 12, 20);
        assertThat(Looks.upTo(5, 10).at()).containsExactly(5, 10);
        assertThat(Looks.upTo(5, 12).at()).containsExactly(5, 8, 12);
        assertThat(Looks.upTo(10, 100).at()).containsExactly(10, 15, 23, 35, 53, 100);
        assertThat(Looks.upTo(2, 3).at()).containsExactly(2, 3);
    }

    @Test
    void looksOnceWhereNoSeedsCanBeAdded() {
        assertThat(Looks.upTo(5, 5)).isEqualTo(Looks.once(5));
        assertThat(Looks.once(5).share(0)).isEqualTo(1);
    }

    @Test
    void spendsWhatIsNewSinceTheLookBefore() {
        Looks looks = Looks.upTo(5, 20);

        assertThat(looks.share(0)).isCloseTo(0.25, within(1e-12));
        assertThat(looks.share(1)).isCloseTo(0.15, within(1e-12));
        assertThat(looks.share(2)).isCloseTo(0.2, within(1e-12));
        assertThat(looks.share(3)).isCloseTo(0.4, within(1e-12));
        assertThat(looks.last()).isEqualTo(20);
    }

    @Test
    void mustRise() {
        assertThatThrownBy(() -> new Looks(List.of(5, 5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("looks must rise from 1 seed or more, not be [5, 5]");
        assertThatThrownBy(() -> Looks.once(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Looks(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Looks.upTo(6, 5)).isInstanceOf(IllegalArgumentException.class);
    }
}
