package dev.featuremap.report;

import dev.featuremap.experiment.Split;
import dev.featuremap.run.MetricsRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How much training it took each member to first have a given score on the split that is watched at an epoch's end.
 *
 * @param accuracy whether the score is the accuracy, which is to be at least the goal; else the mean absolute error,
 *     which is to be at most the goal
 */
record TimeToReach(boolean accuracy, List<Double> goals, List<Row> rows) {
    private static final int MOST_GOALS = 5;
    private static final List<Double> ACCURACIES = List.of(0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999);
    private static final List<Double> ERRORS =
            List.of(5.0, 3.0, 2.5, 2.0, 1.8, 1.6, 1.4, 1.2, 1.0, 0.8, 0.6, 0.4, 0.2, 0.1);

    /** One member, with how many runs it has, those among them that have no scores. */
    record Row(String name, int runs, List<Reached> reached) {}

    /**
     * One member and goal.
     *
     * @param runs how many of the member's runs got there
     * @param seconds of training, the median over all of the member's runs, where one that did not get there is later than all
     *     that did; null where the median did not get there
     * @param epochs likewise
     */
    record Reached(int runs, Double seconds, Double epochs) {}

    /** The hardest goals that some run reached; null when there are none. */
    static TimeToReach of(Map<String, List<List<MetricsRow>>> members) {
        List<MetricsRow> watched = members.values().stream()
                .flatMap(List::stream)
                .flatMap(rows -> MetricsRow.watched(rows).stream())
                .toList();
        boolean accuracy = watched.stream().map(MetricsRow::accuracy).anyMatch(Objects::nonNull);
        List<Double> reached = (accuracy ? ACCURACIES : ERRORS)
                .stream()
                        .filter(goal -> watched.stream().anyMatch(row -> isReached(row, accuracy, goal)))
                        .toList();
        if (reached.isEmpty()) {
            return null;
        }
        List<Double> goals = reached.subList(Math.max(0, reached.size() - MOST_GOALS), reached.size());
        List<Row> rows = members.entrySet().stream()
                .map(member -> new Row(
                        member.getKey(),
                        member.getValue().size(),
                        goals.stream()
                                .map(goal -> reached(member.getValue(), accuracy, goal))
                                .toList()))
                .toList();
        return new TimeToReach(accuracy, goals, rows);
    }

    private static boolean isReached(MetricsRow row, boolean accuracy, double goal) {
        return accuracy ? row.accuracy() != null && row.accuracy() >= goal : row.mae() <= goal;
    }

    private static Reached reached(List<List<MetricsRow>> runs, boolean accuracy, double goal) {
        List<Double> seconds = new ArrayList<>();
        List<Double> epochs = new ArrayList<>();
        for (List<MetricsRow> rows : runs) {
            double spent = 0;
            Split watched = MetricsRow.watchedSplit(rows);
            for (MetricsRow row : rows) {
                if (row.isTrain()) {
                    spent += row.seconds() == null ? 0 : row.seconds();
                } else if (row.split() == watched && isReached(row, accuracy, goal)) {
                    seconds.add(spent);
                    epochs.add((double) row.epoch());
                    break;
                }
            }
        }
        return new Reached(seconds.size(), median(seconds, runs.size()), median(epochs, runs.size()));
    }

    /** Of values that rise without end; a harder goal can so never have the lesser median. */
    private static Double median(List<Double> reached, int runs) {
        if (2 * reached.size() <= runs) {
            return null;
        }
        List<Double> sorted = reached.stream().sorted().toList();
        return (sorted.get((runs - 1) / 2) + sorted.get(runs / 2)) / 2;
    }
}
