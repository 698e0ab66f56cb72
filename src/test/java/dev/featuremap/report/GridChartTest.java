package dev.featuremap.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.page.Chart;
import dev.featuremap.page.Chart.Series;
import dev.featuremap.run.ComparisonResult;
import dev.featuremap.run.ComparisonResult.Member;
import dev.featuremap.run.ComparisonResult.Question;
import dev.featuremap.run.ComparisonResult.Summary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GridChartTest {
    private static Member member(String loss, String rate, double mean) {
        Map<String, String> levels = new LinkedHashMap<>();
        levels.put("loss", loss);
        levels.put("training.updater.learningRate", rate);
        return new Member(
                loss + rate,
                List.of(),
                levels,
                List.of(),
                Map.of("accuracy", new Summary(3, mean, 0.01, List.of(mean - 0.1, mean + 0.1))));
    }

    private static ComparisonResult of(Member... members) {
        return new ComparisonResult(
                "grid", new Question("accuracy", null, List.of(3), null), List.of(members), null, null, "", "");
    }

    @Test
    void hasALineForEachValueOfTheFirstKeyOverTheOthers() {
        Chart chart = GridChart.of(of(
                        member("mse", "0.1", 0.5),
                        member("mse", "0.2", 0.6),
                        member("mae", "0.1", 0.7),
                        member("mae", "0.2", 0.8)))
                .orElseThrow();
        assertThat(chart.x().label()).isEqualTo("learningRate");
        assertThat(chart.x().names()).containsExactly("0.1", "0.2");
        assertThat(chart.series()).extracting(Series::name).containsExactly("loss mse", "loss mae");
        assertThat(chart.series().get(1).values()).containsExactly(0.7, 0.8);
        assertThat(chart.series().get(1).low()).containsExactly(0.7 - 0.1, 0.8 - 0.1);
        assertThat(chart.drawing().description()).contains("loss mae 80.00 % at learningRate 0.2");
    }

    @Test
    void isNotDrawnOfWhatIsNoGrid() {
        assertThat(GridChart.of(SampleComparison.ranked("accuracy", Map.of("mse", 0.5))))
                .isEmpty();
    }
}
