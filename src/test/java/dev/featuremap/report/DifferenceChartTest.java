package dev.featuremap.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.page.IntervalChart;
import dev.featuremap.page.IntervalChart.Form;
import dev.featuremap.page.IntervalChart.Row;
import dev.featuremap.run.ComparisonResult;
import dev.featuremap.run.ComparisonResult.Difference;
import dev.featuremap.run.ComparisonResult.Question;
import dev.featuremap.run.ComparisonResult.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DifferenceChartTest {
    private static final List<Double> OUTSIDE_ZERO = List.of(0.01, 0.03);

    private static List<IntervalChart> charts(String metric, Difference... differences) {
        Map<String, Double> means = new LinkedHashMap<>();
        List.of("mse", "mae", "l2", "l1", "kld").forEach(name -> means.put(name, 0.5));
        return DifferenceChart.of(SampleComparison.ranked(metric, means, differences));
    }

    private static Difference toMse(String member, String metric, Verdict verdict, Double p) {
        return SampleComparison.difference(member, "mse", metric, 0.02, OUTSIDE_ZERO, verdict, p);
    }

    @Test
    void fillsOnlyWhatHoldsAmongAllWhateverItsOwnInterval() {
        IntervalChart chart = charts(
                        "accuracy",
                        toMse("mae", "accuracy", Verdict.BETTER, 0.001),
                        toMse("l2", "accuracy", Verdict.OPEN, 0.04),
                        toMse("l1", "accuracy", Verdict.EQUAL, 0.04),
                        toMse("kld", "accuracy", Verdict.OPEN, 0.06),
                        SampleComparison.difference("l2", "mae", "accuracy", 0.02, OUTSIDE_ZERO, Verdict.BETTER, 0.001))
                .get(0);
        assertThat(chart.rows()).extracting(Row::name).containsExactly("mae", "l2", "l1", "kld");
        assertThat(chart.rows())
                .extracting(Row::form)
                .containsExactly(Form.FILLED, Form.HOLLOW, Form.SQUARE, Form.SMALL);
        assertThat(chart.rows()).extracting(Row::says).containsExactly("better", "may be better", "equal", "open");
    }

    @Test
    void ofAccuracyIsInPointsWithTheMarginAroundZero() {
        ComparisonResult ranked = SampleComparison.ranked(
                "accuracy", Map.of("mse", 0.5), toMse("mae", "accuracy", Verdict.BETTER, 0.001));
        ComparisonResult comparison = new ComparisonResult(
                "c",
                new Question("accuracy", Map.of("accuracy", 0.005), List.of(2), null),
                List.of(
                        ranked.members().get(0),
                        SampleComparison.ranked("accuracy", Map.of("mae", 0.5))
                                .members()
                                .get(0)),
                ranked.differences(),
                List.of(),
                "",
                "");
        IntervalChart chart = DifferenceChart.of(comparison).get(0);
        assertThat(chart.zero()).isTrue();
        assertThat(chart.margin()).isEqualTo(0.5);
        assertThat(chart.rows().get(0).figures()).isEqualTo("+2.00 (+1.00 to +3.00)");
        assertThat(chart.rows().get(0).value()).isEqualTo(2);
        assertThat(chart.rows().get(0).interval()).containsExactly(1.0, 3.0);
    }

    @Test
    void saysOnWhichSideTheBetterOnesLieAndLeavesOutLosses() {
        assertThat(charts("mse", toMse("mae", "mse", Verdict.WORSE, 0.01), toMse("mae", "loss", Verdict.WORSE, 0.01)))
                .extracting(chart -> chart.axis().label())
                .containsExactly("mean squared error: left is better");
    }

    @Test
    void ofOneSeedIsAPointThatSettlesNothing() {
        Row row = charts(
                        "accuracy",
                        SampleComparison.difference("mae", "mse", "accuracy", 0.1, null, Verdict.OPEN, null))
                .get(0)
                .rows()
                .get(0);
        assertThat(row.interval()).isNull();
        assertThat(row.form()).isEqualTo(Form.SMALL);
    }
}
