package dev.featuremap.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.page.Chart.Axis;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {
    private static String ticks(Scale scale) {
        return scale.ticks().stream().map(scale::tick).collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 0.0 0.2 0.4 0.6 0.8 1.0",
        "-0.31, 0.42, −0.2 0.0 0.2 0.4",
        "0.0151, 0.0172, 0.0155 0.0160 0.0165 0.0170",
        "0, 23456, '0 5,000 10,000 15,000 20,000'",
        "2e-5, 7e-5, 2e-5 3e-5 4e-5 5e-5 6e-5 7e-5"
    })
    void ticksAreRoundNumbersWithThePlacesThatTellThemApart(double low, double high, String expected) {
        assertThat(ticks(new Scale(Axis.of("loss"), low, high))).isEqualTo(expected);
    }

    @Test
    void ticksOfSharesArePerCentOfCountsWholeAndOfRatiosPowersOfTen() {
        assertThat(ticks(new Scale(Axis.share("accuracy"), 0.979, 0.983)))
                .isEqualTo("97.9 % 98.0 % 98.1 % 98.2 % 98.3 %");
        assertThat(ticks(new Scale(Axis.counting("epoch"), 1, 3))).isEqualTo("1 2 3");
        assertThat(ticks(new Scale(Axis.of("loss").ofRatios(), 0.002, 30))).isEqualTo("0.01 0.1 1 10");
    }

    @Test
    void placesValuesFromOneEndToTheOther() {
        assertThat(new Scale(Axis.of("loss"), -2, 2).place(1)).isEqualTo(0.75);
        assertThat(new Scale(Axis.of("loss").ofRatios(), 0.01, 100).place(1)).isCloseTo(0.5, within(1e-12));
        assertThat(new Scale(Axis.of("loss"), 0, 1).place(7)).isEqualTo(1);
    }

    @Test
    void aMarginNeverGoesBelowZeroNorBeyondTheWhole() {
        Scale shares = Scale.of(Axis.share("accuracy"), 0.01, 0.6, 1).withMargin();
        assertThat(shares.low()).isZero();
        assertThat(shares.high()).isEqualTo(1);
        Scale losses = Scale.of(Axis.of("loss"), -1, 1).withMargin();
        assertThat(losses.low()).isCloseTo(-1.12, within(1e-12));
        assertThat(losses.high()).isCloseTo(1.12, within(1e-12));
    }

    @Test
    void ofOneValueIsAroundIt() {
        Scale one = Scale.of(Axis.of("loss"), 4, 4);
        assertThat(one.place(4)).isCloseTo(0.5, within(1e-12));
        assertThat(ticks(Scale.of(Axis.counting("epoch"), 1))).isEqualTo("1");
        assertThat(Scale.of(Axis.of("loss"), 0).place(0)).isEqualTo(0.5);
        assertThat(Scale.of(Axis.of("loss")).high()).isFinite();
    }

    @ParameterizedTest
    @CsvSource({"0.98166, 98.17 %", "0.99995, 99.995 %", "1, 100.00 %", "-0.00001, 0.00 %"})
    void figuresOfSharesArePerCent(double value, String expected) {
        assertThat(new Scale(Axis.share("accuracy"), 0, 1).figure(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0169637, 0.01696",
        "12345.6, '12,350'",
        "-2.5, −2.5",
        "1e-7, 1e-7",
        "0, 0",
        "-0.0, 0",
        "1000, '1,000'"
    })
    void figuresHaveFourDigits(double value, String expected) {
        assertThat(new Scale(Axis.of("loss"), 0, 1).figure(value)).isEqualTo(expected);
    }
}
