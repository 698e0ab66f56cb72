package dev.featuremap.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class DifferenceChartTest {
    @Test
    void placesEveryMemberOnOneScaleThatHoldsZero() {
        List<DifferenceChart> charts = DifferenceChart.of(List.of(
                SampleComparison.difference("mae", "mse", "mse", 0.3, List.of(0.1, 0.5), 2.0),
                SampleComparison.difference("l1", "mse", "mse", 0.0, List.of(-0.5, 0.5), 0.0),
                SampleComparison.difference("mae", "mse", "loss", 7, List.of(6.0, 8.0), 9.0)));
        assertThat(charts).hasSize(1);
        DifferenceChart chart = charts.get(0);
        assertThat(chart.higherIsBetter()).isFalse();
        assertThat(chart.zero()).isCloseTo(50, within(1e-9));
        assertThat(chart.rows().get(0).leavesOutZero()).isTrue();
        assertThat(chart.rows().get(0).from())
                .isBetween(50.0, chart.rows().get(0).place());
        assertThat(chart.rows().get(1).leavesOutZero()).isFalse();
        assertThat(chart.rows().get(1).from()).isBetween(0.0, 10.0);
        assertThat(chart.rows().get(1).to()).isBetween(90.0, 100.0);
    }

    @Test
    void ofOneSeedShowsAPointThatSettlesNothing() {
        DifferenceChart chart = DifferenceChart.of(
                        List.of(SampleComparison.difference("mae", "mse", "accuracy", 0.1, null, null)))
                .get(0);
        assertThat(chart.percent()).isTrue();
        assertThat(chart.rows().get(0).leavesOutZero()).isFalse();
        assertThat(chart.rows().get(0).from()).isEqualTo(chart.rows().get(0).to());
    }
}
