package dev.featuremap.compare;

import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.ComparisonResult.Member;
import dev.featuremap.run.ComparisonResult.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Four members of a grid that differ in two keys only: whether one key's step does more after the other's.
 *
 * @param after the difference that the step {@code one} makes after the step {@code other}
 * @param before the difference that it makes before
 */
record GridInteraction(
        Step one, Step other, Map<String, String> given, PairedDifference after, PairedDifference before) {
    private static final double ROUNDING = 1e-9;

    /** All of a grid's, in the order of its keys and values; none where the members are no grid's. */
    static List<GridInteraction> of(List<Member> members, Metric metric) {
        Map<Map<String, String>, Member> byLevels = new LinkedHashMap<>();
        members.forEach(member -> byLevels.put(member.levels() == null ? Map.of() : member.levels(), member));
        List<GridInteraction> interactions = new ArrayList<>();
        for (Map.Entry<Map<String, String>, Member> corner : byLevels.entrySet()) {
            List<Step> steps = steps(corner.getKey(), byLevels);
            for (Step one : steps) {
                for (Step other : steps) {
                    if (isBefore(one.key(), other.key(), corner.getKey())) {
                        of(corner.getKey(), one, other, byLevels, metric).ifPresent(interactions::add);
                    }
                }
            }
        }
        return interactions;
    }

    /** The steps from a point of the grid to a later one that differs in one key. */
    private static List<Step> steps(Map<String, String> from, Map<Map<String, String>, Member> points) {
        List<Step> steps = new ArrayList<>();
        boolean later = false;
        for (Map<String, String> to : points.keySet()) {
            if (later && to.keySet().equals(from.keySet())) {
                List<String> changed = from.keySet().stream()
                        .filter(key -> !from.get(key).equals(to.get(key)))
                        .toList();
                if (changed.size() == 1) {
                    String key = changed.get(0);
                    steps.add(new Step(key, from.get(key), to.get(key)));
                }
            }
            later |= to.equals(from);
        }
        return steps;
    }

    private static boolean isBefore(String one, String other, Map<String, String> point) {
        List<String> keys = List.copyOf(point.keySet());
        return keys.indexOf(one) < keys.indexOf(other);
    }

    private static Optional<GridInteraction> of(
            Map<String, String> corner, Step one, Step other, Map<Map<String, String>, Member> points, Metric metric) {
        Member afterOne = points.get(moved(corner, one));
        Member afterOther = points.get(moved(corner, other));
        Member afterBoth = points.get(moved(moved(corner, one), other));
        if (afterBoth == null) {
            return Optional.empty();
        }
        Map<String, String> given = new LinkedHashMap<>(corner);
        given.keySet().removeAll(List.of(one.key(), other.key()));
        return Optional.of(new GridInteraction(
                one,
                other,
                given,
                PairedDifference.of(afterBoth, afterOther, metric),
                PairedDifference.of(afterOne, points.get(corner), metric)));
    }

    private static Map<String, String> moved(Map<String, String> point, Step step) {
        Map<String, String> moved = new LinkedHashMap<>(point);
        moved.put(step.key(), step.to());
        return moved;
    }

    /** After − before by seed (and fold), NaN where one of the four has no score. */
    double[] values() {
        double[] values = new double[Math.min(after.values().length, before.values().length)];
        for (int i = 0; i < values.length; i++) {
            double value = after.values()[i] - before.values()[i];
            // What only rounding leaves of two equal differences is no spread.
            double rounding = ROUNDING * (Math.abs(after.values()[i]) + Math.abs(before.values()[i]));
            values[i] = Math.abs(value) <= rounding ? 0 : value;
        }
        return values;
    }

    List<Member> members() {
        return List.of(after.member(), after.against(), before.member(), before.against());
    }
}
