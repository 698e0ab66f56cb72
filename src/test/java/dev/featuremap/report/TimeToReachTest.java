package dev.featuremap.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.experiment.Split;
import dev.featuremap.run.MetricsRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimeToReachTest {
    /** A run whose epochs take two seconds each and end with these accuracies. */
    private static List<MetricsRow> run(double... accuracies) {
        List<MetricsRow> rows = new ArrayList<>();
        for (int i = 0; i < accuracies.length; i++) {
            rows.add(new MetricsRow(i + 1, i, Split.TRAIN, 1, 1.0, 1, 1, 2.0, 100.0));
            rows.add(new MetricsRow(i + 1, i, Split.TEST, 1, accuracies[i], 1, 1, null, null));
        }
        return rows;
    }

    private static List<TimeToReach.Reached> reached(List<List<MetricsRow>> runs) {
        return TimeToReach.of(Map.of("mse", runs)).rows().get(0).reached();
    }

    @Test
    void isTheMedianOfAllRunsWhereOneThatNeverArrivesIsTheLast() {
        Map<String, List<List<MetricsRow>>> members = new LinkedHashMap<>();
        members.put("mse", List.of(run(0.6, 0.91, 0.92), run(0.6, 0.6, 0.6, 0.9), run(0.6)));
        members.put("mae", List.of(run(0.55)));
        TimeToReach times = TimeToReach.of(members);
        assertThat(times.accuracy()).isTrue();
        assertThat(times.goals()).containsExactly(0.5, 0.7, 0.8, 0.9);
        assertThat(times.rows().get(0).reached().get(3)).isEqualTo(new TimeToReach.Reached(2, 8.0, 4.0));
        assertThat(times.rows().get(1).reached().get(0)).isEqualTo(new TimeToReach.Reached(1, 2.0, 1.0));
        assertThat(times.rows().get(1).reached().get(3)).isEqualTo(new TimeToReach.Reached(0, null, null));
    }

    @Test
    void ofAnEvenNumberIsTheMeanOfTheMiddleTwo() {
        List<TimeToReach.Reached> four = reached(List.of(run(0.1, 0.5), run(0.5), run(0.1, 0.1, 0.1, 0.5), run(0.1)));
        assertThat(four).containsExactly(new TimeToReach.Reached(3, 6.0, 3.0));
        List<TimeToReach.Reached> half = reached(List.of(run(0.5), run(0.5), run(0.1), run(0.1)));
        assertThat(half).containsExactly(new TimeToReach.Reached(2, null, null));
    }

    @Test
    void countsRunsWithoutScoresAmongThoseThatNeverArrive() {
        assertThat(reached(List.of(run(0.5), List.of(), List.of())))
                .containsExactly(new TimeToReach.Reached(1, null, null));
    }

    @Test
    void ofAHarderGoalIsNeverSooner() {
        List<TimeToReach.Reached> goals =
                reached(List.of(run(0.1, 0.1, 0.1, 0.6), run(0.1, 0.1, 0.6), run(0.8), run(0.1, 0.72), run(0.75)));
        assertThat(goals)
                .containsExactly(
                        new TimeToReach.Reached(5, 4.0, 2.0),
                        new TimeToReach.Reached(3, 4.0, 2.0),
                        new TimeToReach.Reached(1, null, null));
    }

    @Test
    void ofValuesIsTheTimeToASmallEnoughError() {
        MetricsRow train = new MetricsRow(1, 1, Split.TRAIN, 1, null, 1, 1, 2.0, 100.0);
        MetricsRow test = new MetricsRow(1, 1, Split.TEST, 1, null, 4, 1.9, null, null);
        TimeToReach times = TimeToReach.of(Map.of("mse", List.of(List.of(train, test))));
        assertThat(times.accuracy()).isFalse();
        assertThat(times.goals()).containsExactly(5.0, 3.0, 2.5, 2.0);
        assertThat(times.rows().get(0).reached().get(3)).isEqualTo(new TimeToReach.Reached(1, 2.0, 1.0));
    }

    @Test
    void isNotGivenWhereNothingWasReached() {
        assertThat(TimeToReach.of(Map.of("mse", List.of(run(0.1)), "mae", List.of())))
                .isNull();
    }
}
