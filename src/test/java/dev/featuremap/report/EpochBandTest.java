package dev.featuremap.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.experiment.Split;
import dev.featuremap.page.Chart;
import dev.featuremap.page.Chart.Axis;
import dev.featuremap.run.MetricsRow;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpochBandTest {
    private static List<MetricsRow> run(Double... accuracies) {
        return IntStream.range(0, accuracies.length)
                .mapToObj(i -> new MetricsRow(i + 1, i, Split.TEST, 1, accuracies[i], 1, 1, null, null))
                .toList();
    }

    @Test
    void reachesFromTheLeastSeedToTheGreatest() {
        Map<String, List<List<MetricsRow>>> groups = new LinkedHashMap<>();
        groups.put("mse", List.of(run(0.2, 0.6), run(0.4)));
        groups.put("mae", List.of(run(0.1, null, 0.3)));
        Chart chart = EpochBand.chart("accuracy", Axis.share("accuracy"), groups, MetricsRow::accuracy)
                .get(0);
        assertThat(chart.places()).containsExactly(1.0, 2.0, 3.0);
        Chart.Series two = chart.series().get(0);
        assertThat(two.values().get(0)).isEqualTo(0.30000000000000004);
        assertThat(two.values().subList(1, 3)).isEqualTo(Arrays.asList(0.6, null));
        assertThat(two.low()).isEqualTo(Arrays.asList(0.2, 0.6, null));
        assertThat(two.high()).isEqualTo(Arrays.asList(0.4, 0.6, null));
        Chart.Series one = chart.series().get(1);
        assertThat(one.values()).isEqualTo(Arrays.asList(0.1, null, 0.3));
        assertThat(one.low()).isNull();
    }

    @Test
    void isNotDrawnWithoutAnyFigure() {
        List<MetricsRow> values = List.of(new MetricsRow(1, 1, Split.TEST, 1, null, 1, 1, null, null));
        assertThat(EpochBand.chart("accuracy", Axis.share(""), Map.of("a", List.of(values)), MetricsRow::accuracy))
                .isEmpty();
        assertThat(EpochBand.chart("mse", Axis.of(""), Map.of(), MetricsRow::mse))
                .isEmpty();
    }
}
