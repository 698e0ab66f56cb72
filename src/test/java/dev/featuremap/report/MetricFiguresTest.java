package dev.featuremap.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricFiguresTest {
    @ParameterizedTest
    @CsvSource({
        "accuracy, 0.0233, +2.33",
        "accuracy, -0.5, −50.00",
        "accuracy, -0.00001, 0.00",
        "accuracy, 0, 0.00",
        "mse, 0.0014, +0.0014",
        "mse, -0.0000312, −3.1e-5",
        "mse, -0.0, 0.0000",
        "mae, 1234.56, '+1,234.6'"
    })
    void differencesHaveASignButForZero(String metric, double difference, String expected) {
        assertThat(MetricFigures.of(metric).difference(difference)).isEqualTo(expected);
    }

    @Test
    void titlesBeginWithACapitalLetter() {
        assertThat(MetricFigures.of("mse").title()).isEqualTo("Mean squared error");
        assertThat(MetricFigures.of("r2").name()).isEqualTo("R²");
    }

    @Test
    void valuesAndMarginsHaveTheMetricsUnit() {
        assertThat(MetricFigures.of("accuracy").value(0.98166)).isEqualTo("98.17 %");
        assertThat(MetricFigures.of("mae").value(0.0169637)).isEqualTo("0.0170");
        assertThat(MetricFigures.of("accuracy").margin(0.001)).isEqualTo("0.1 points");
        assertThat(MetricFigures.of("mae").margin(0.02)).isEqualTo("0.02");
    }
}
