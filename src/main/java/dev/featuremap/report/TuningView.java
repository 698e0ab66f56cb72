package dev.featuremap.report;

import dev.featuremap.run.RunStatus;
import dev.featuremap.run.TuningResult;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A search as its report shows it; what there is not is null.
 *
 * @param score the axis of scores
 * @param axes those of the spaces
 * @param lines one for each candidate with a score, the worst first, so that the best lie on top
 * @param plots each space against the score, in the order of the axes
 * @param bars when each candidate ran, in the order they began
 * @param seconds from the first one's begin to the last one's end
 * @param rows every candidate: those with scores in their order, then the others
 * @param bestLink to the report of the best one's run
 */
record TuningView(
        TuningResult tuning,
        AxisView score,
        List<AxisView> axes,
        List<Line> lines,
        List<Plot> plots,
        List<Bar> bars,
        double seconds,
        List<Row> rows,
        List<Setting> best,
        String bestYaml,
        String bestLink) {
    /** Groups of candidates by their rank, the best fifth 0. */
    private static final int GROUPS = 5;

    record AxisView(String key, String holder, String name, boolean choice, List<ParameterAxis.Tick> ticks) {
        static AxisView of(ParameterAxis axis) {
            return new AxisView(axis.key(), axis.holder(), axis.name(), axis.options() != null, axis.ticks());
        }
    }

    /** A candidate over all axes, the score's last: places from 0 (below) to 1, null where it has no value. */
    record Line(int index, int group, boolean best, String label, List<Double> places) {}

    /** One space against the score. */
    record Plot(AxisView axis, TuningResult.Importance importance, List<Point> points) {}

    record Point(int index, boolean best, double x, double y, String label) {}

    /** A candidate in time, as shares of the whole. */
    record Bar(int index, RunStatus status, boolean best, double from, double width, String label) {}

    record Row(
            int index,
            int rank,
            RunStatus status,
            String cause,
            String score,
            Integer epochs,
            Double seconds,
            List<String> values) {}

    record Setting(String key, String value) {}

    static TuningView of(TuningResult tuning, String bestYaml, String bestLink) {
        ParameterAxis score = ParameterAxis.ofScores(tuning);
        List<ParameterAxis> axes =
                tuning.spaces().stream().map(ParameterAxis::of).toList();
        List<TuningResult.Candidate> ranked = tuning.ranked();
        List<Bar> bars = bars(tuning);
        return new TuningView(
                tuning,
                AxisView.of(score),
                axes.stream().map(AxisView::of).toList(),
                lines(tuning, ranked, axes, score),
                axes.stream().map(axis -> plot(tuning, ranked, axis, score)).toList(),
                bars,
                bars.isEmpty() ? 0 : whole(tuning).toMillis() / 1000.0,
                rows(tuning, ranked, axes, score),
                axes.stream()
                        .filter(axis -> tuning.best().parameters().containsKey(axis.key()))
                        .map(axis -> new Setting(
                                axis.key(),
                                axis.label(tuning.best().parameters().get(axis.key()))))
                        .toList(),
                bestYaml,
                bestLink);
    }

    private static List<Line> lines(
            TuningResult tuning, List<TuningResult.Candidate> ranked, List<ParameterAxis> axes, ParameterAxis score) {
        List<Line> lines = new ArrayList<>();
        for (int rank = ranked.size() - 1; rank >= 0; rank--) {
            TuningResult.Candidate candidate = ranked.get(rank);
            List<Double> places = new ArrayList<>();
            axes.forEach(axis -> places.add(axis.place(candidate.parameters().get(axis.key()))));
            places.add(score.place(candidate.score()));
            lines.add(new Line(
                    candidate.index(),
                    GROUPS * rank / ranked.size(),
                    candidate.index() == tuning.best().index(),
                    "candidate " + candidate.index() + ": " + score.label(candidate.score()),
                    places));
        }
        return lines;
    }

    private static Plot plot(
            TuningResult tuning, List<TuningResult.Candidate> ranked, ParameterAxis axis, ParameterAxis score) {
        List<Point> points = new ArrayList<>();
        for (TuningResult.Candidate candidate : ranked) {
            Object value = candidate.parameters().get(axis.key());
            Double x = axis.place(value);
            if (x != null) {
                points.add(new Point(
                        candidate.index(),
                        candidate.index() == tuning.best().index(),
                        axis.options() == null
                                ? x
                                : spread(x, candidate.index(), axis.options().size()),
                        score.place(candidate.score()),
                        "candidate " + candidate.index() + ": " + axis.label(value) + ", "
                                + score.label(candidate.score())));
            }
        }
        TuningResult.Importance importance = tuning.importance().stream()
                .filter(one -> one.key().equals(axis.key()))
                .findFirst()
                .orElse(null);
        return new Plot(AxisView.of(axis), importance, points);
    }

    /** Beside each other rather than on one another: the golden ratio's multiples fill a width evenly. */
    private static double spread(double place, int index, int options) {
        double turn = 0.618034 * index;
        return place + (turn - Math.floor(turn) - 0.5) * 0.5 / options;
    }

    private static List<Bar> bars(TuningResult tuning) {
        Map<Integer, Instant> starts = starts(tuning);
        if (starts.isEmpty()) {
            return List.of();
        }
        Instant first = starts.values().stream().min(Comparator.naturalOrder()).orElseThrow();
        double whole = Math.max(1, whole(tuning).toMillis());
        return tuning.candidates().stream()
                .filter(candidate -> starts.containsKey(candidate.index()))
                .sorted(Comparator.comparing(candidate -> starts.get(candidate.index())))
                .map(candidate -> new Bar(
                        candidate.index(),
                        candidate.status(),
                        candidate.index() == tuning.best().index(),
                        Duration.between(first, starts.get(candidate.index())).toMillis() / whole,
                        1000 * candidate.seconds() / whole,
                        "candidate " + candidate.index() + ", "
                                + candidate.status().word()))
                .toList();
    }

    private static Duration whole(TuningResult tuning) {
        Map<Integer, Instant> starts = starts(tuning);
        Instant first = starts.values().stream().min(Comparator.naturalOrder()).orElseThrow();
        Instant last = tuning.candidates().stream()
                .filter(candidate -> starts.containsKey(candidate.index()))
                .map(candidate -> starts.get(candidate.index()).plusMillis((long) (1000 * candidate.seconds())))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return Duration.between(first, last);
    }

    private static Map<Integer, Instant> starts(TuningResult tuning) {
        Map<Integer, Instant> starts = new HashMap<>();
        for (TuningResult.Candidate candidate : tuning.candidates()) {
            if (candidate.seconds() != null) {
                instant(candidate.start()).ifPresent(start -> starts.put(candidate.index(), start));
            }
        }
        return starts;
    }

    private static Optional<Instant> instant(String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static List<Row> rows(
            TuningResult tuning, List<TuningResult.Candidate> ranked, List<ParameterAxis> axes, ParameterAxis score) {
        List<TuningResult.Candidate> all = new ArrayList<>(ranked);
        tuning.candidates().stream().filter(candidate -> !candidate.counts()).forEach(all::add);
        List<Row> rows = new ArrayList<>();
        for (TuningResult.Candidate candidate : all) {
            rows.add(new Row(
                    candidate.index(),
                    candidate.counts() ? rows.size() + 1 : 0,
                    candidate.status(),
                    candidate.cause(),
                    candidate.score() == null ? null : score.label(candidate.score()),
                    candidate.epochs(),
                    candidate.seconds(),
                    axes.stream()
                            .map(axis -> axis.label(candidate.parameters().get(axis.key())))
                            .toList()));
        }
        return rows;
    }
}
