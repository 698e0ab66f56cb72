package dev.featuremap.report;

import dev.featuremap.run.TuningResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The values of one space, or the scores, along a line.
 *
 * @param holder the key up to its last step, without the block it is in
 * @param name the key's last step
 * @param log whether equal ratios are equal distances
 * @param whole whether only whole numbers lie on it
 * @param options of a choice, else null
 */
record ParameterAxis(
        String key,
        String holder,
        String name,
        boolean percent,
        boolean log,
        boolean whole,
        double low,
        double high,
        List<String> options) {
    /** Errors whose greatest is so many times the least are shown on a scale of ratios. */
    private static final double WIDE = 30;

    /** A mark, from 0 (left or below) to 1. */
    record Tick(double place, String label) {}

    static ParameterAxis of(TuningResult.Space space) {
        String key = space.key();
        int last = key.lastIndexOf('.');
        String holder = key.substring(0, Math.max(0, last)).replaceFirst("^(network|training)\\.?", "");
        boolean choice = space.options() != null;
        return new ParameterAxis(
                key,
                holder,
                key.substring(last + 1),
                false,
                "log".equals(space.kind()),
                "whole".equals(space.kind()),
                choice ? 0 : space.low(),
                choice ? space.options().size() : space.high(),
                space.options());
    }

    /** The scores of the candidates that have any. */
    static ParameterAxis ofScores(TuningResult tuning) {
        double[] scores = tuning.candidates().stream()
                .filter(TuningResult.Candidate::counts)
                .mapToDouble(TuningResult.Candidate::score)
                .sorted()
                .toArray();
        double low = scores.length == 0 ? 0 : scores[0];
        double high = scores.length == 0 ? 1 : scores[scores.length - 1];
        boolean percent = tuning.metric().equals("accuracy");
        boolean log = !tuning.higherIsBetter() && low > 0 && high > WIDE * low;
        double margin = low == high ? 0.5 * Math.max(Math.abs(low), 1e-9) : 0;
        return new ParameterAxis(
                "score", "validation", tuning.metric(), percent, log, false, low - margin, high + margin, null);
    }

    /** Where a value lies, from 0 to 1; null for none. */
    Double place(Object value) {
        if (value == null) {
            return null;
        }
        if (options != null) {
            int option = options.indexOf(value.toString());
            return option < 0 ? null : (Double) ((option + 0.5) / options.size());
        }
        if (!(value instanceof Number number)) {
            return null;
        }
        double at = number.doubleValue();
        double place = log ? Math.log(at / low) / Math.log(high / low) : (at - low) / (high - low);
        return Double.isFinite(place) ? (Double) Math.min(1, Math.max(0, place)) : null;
    }

    /** The ends and the middle of numbers, where that is one, every option of a choice. */
    List<Tick> ticks() {
        List<Tick> ticks = new ArrayList<>();
        if (options != null) {
            for (String option : options) {
                ticks.add(new Tick(place(option), option));
            }
        } else {
            ticks.add(new Tick(0, label(low)));
            double middle = log ? Math.sqrt(low * high) : (low + high) / 2;
            if (!whole || middle == Math.rint(middle)) {
                ticks.add(new Tick(0.5, label(middle)));
            }
            ticks.add(new Tick(1, label(high)));
        }
        return ticks;
    }

    /** A value on this axis as text. */
    String label(Object value) {
        if (!(value instanceof Number number)) {
            return value == null ? "–" : value.toString();
        }
        double at = number.doubleValue();
        if (percent) {
            return String.format(Locale.ROOT, "%.2f %%", 100 * at);
        }
        if (at == Math.rint(at) && Math.abs(at) < 1e6) {
            return String.valueOf((long) at);
        }
        boolean ordinary = Math.abs(at) >= 1e-3 && Math.abs(at) < 1e6;
        return ordinary
                ? String.format(Locale.ROOT, "%.3g", at)
                        .replaceFirst("(\\.\\d*?)0+$", "$1")
                        .replaceFirst("\\.$", "")
                : String.format(Locale.ROOT, "%.1e", at)
                        .replaceFirst("\\.0e", "e")
                        .replaceFirst("e([+-])0*", "e$1");
    }
}
