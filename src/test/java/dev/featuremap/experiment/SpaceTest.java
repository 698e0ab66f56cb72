package dev.featuremap.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpaceTest {
    private static final Space.Choice OPTIONS = new Space.Choice(List.of("a", "b", "c"));

    @Test
    void numbersAreRoundedToSixDigitsAndStayInside() {
        assertThat(new Space.Uniform(0, 1).settle(0.123456789)).isEqualTo(0.123457);
        assertThat(new Space.Log(1e-5, 1).settle(0.000123456789)).isEqualTo(0.000123457);
        assertThat(new Space.Uniform(0.1234563, 0.9).settle(0.1234563)).isEqualTo(0.1234563);
        assertThat(new Space.Uniform(0.1, 0.7654328).settle(0.7654328)).isEqualTo(0.7654328);
    }

    @Test
    void wholeNumbersAndOptionsAreRoundedToTheNearest() {
        assertThat(new Space.Whole(1, 9).settle(3.7)).isEqualTo(4);
        assertThat(OPTIONS.settle(0.6)).isEqualTo(1);
    }

    @Test
    void optionsAreCountedFromZero() {
        assertThat(OPTIONS.low()).isZero();
        assertThat(OPTIONS.high()).isEqualTo(2);
    }

    @Test
    void valuesAreShownAsPeopleReadThem() {
        assertThat(new Space.Whole(1, 9).shown(4)).isEqualTo(4);
        assertThat(new Space.Log(1, 9).shown(4)).isEqualTo(4.0);
        assertThat(OPTIONS.shown(1)).isEqualTo("b");
    }
}
