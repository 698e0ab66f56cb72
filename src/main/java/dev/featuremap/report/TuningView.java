package dev.featuremap.report;

import dev.featuremap.run.RunStatus;
import dev.featuremap.run.TuningResult;
import dev.featuremap.run.TuningResult.Candidate;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

    /** One candidate; {@code rank} is 0 where its score does not count. */
    record Row(Candidate candidate, int rank, String score, List<String> values) {}

    record Setting(String key, String value) {}

    static TuningView of(TuningResult tuning, String bestYaml, String bestLink) {
        ParameterAxis score = ParameterAxis.ofScores(tuning);
        List<ParameterAxis> axes =
                tuning.spaces().stream().map(ParameterAxis::of).toList();
        List<Candidate> ranked = tuning.ranked();
        List<Span> spans = spans(tuning);
        return new TuningView(
                tuning,
                AxisView.of(score),
                axes.stream().map(AxisView::of).toList(),
                lines(tuning, ranked, axes, score),
                axes.stream().map(axis -> plot(tuning, ranked, axis, score)).toList(),
                bars(tuning, spans),
                whole(spans).toMillis() / 1000.0,
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
            TuningResult tuning, List<Candidate> ranked, List<ParameterAxis> axes, ParameterAxis score) {
        List<Line> lines = new ArrayList<>();
        for (int rank = ranked.size() - 1; rank >= 0; rank--) {
            Candidate candidate = ranked.get(rank);
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

    private static Plot plot(TuningResult tuning, List<Candidate> ranked, ParameterAxis axis, ParameterAxis score) {
        List<Point> points = new ArrayList<>();
        for (Candidate candidate : ranked) {
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

    /** When a candidate was made, where that is known. */
    private record Span(Candidate candidate, Instant start, Instant end) {
        static Optional<Span> of(Candidate candidate) {
            return candidate.seconds() == null
                    ? Optional.empty()
                    : instant(candidate.start())
                            .map(start ->
                                    new Span(candidate, start, start.plusMillis((long) (1000 * candidate.seconds()))));
        }
    }

    /** In the order they began. */
    private static List<Span> spans(TuningResult tuning) {
        return tuning.candidates().stream()
                .flatMap(candidate -> Span.of(candidate).stream())
                .sorted(Comparator.comparing(Span::start))
                .toList();
    }

    private static Duration whole(List<Span> spans) {
        return spans.isEmpty()
                ? Duration.ZERO
                : Duration.between(
                        spans.get(0).start(),
                        spans.stream()
                                .map(Span::end)
                                .max(Comparator.naturalOrder())
                                .orElseThrow());
    }

    private static List<Bar> bars(TuningResult tuning, List<Span> spans) {
        double whole = Math.max(1, whole(spans).toMillis());
        return spans.stream()
                .map(span -> new Bar(
                        span.candidate().index(),
                        span.candidate().status(),
                        span.candidate().index() == tuning.best().index(),
                        Duration.between(spans.get(0).start(), span.start()).toMillis() / whole,
                        1000 * span.candidate().seconds() / whole,
                        "candidate " + span.candidate().index() + ", "
                                + span.candidate().status().word()))
                .toList();
    }

    private static Optional<Instant> instant(String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static List<Row> rows(
            TuningResult tuning, List<Candidate> ranked, List<ParameterAxis> axes, ParameterAxis score) {
        List<Candidate> all = new ArrayList<>(ranked);
        tuning.candidates().stream().filter(candidate -> !candidate.counts()).forEach(all::add);
        List<Row> rows = new ArrayList<>();
        for (Candidate candidate : all) {
            rows.add(new Row(
                    candidate,
                    candidate.counts() ? rows.size() + 1 : 0,
                    candidate.score() == null ? null : score.label(candidate.score()),
                    axes.stream()
                            .map(axis -> axis.label(candidate.parameters().get(axis.key())))
                            .toList()));
        }
        return rows;
    }
}
