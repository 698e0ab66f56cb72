package dev.featuremap.tune;

import dev.featuremap.run.TuningResult;
import dev.featuremap.run.TuningResult.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.apache.commons.math3.stat.descriptive.moment.SecondMoment;
import org.apache.commons.math3.stat.ranking.NaturalRanking;

/**
 * How much of the differences in score each space accounts for by itself.
 *
 * <p>Candidates are sorted into groups by the space's value: its options, or three equal parts of its numbers in order.
 * The share is ε² (Kelley 1935) of the scores' ranks: the variance between the groups over the whole, less what as many
 * groups of random numbers would show. Ranks, so that one candidate that failed to learn does not decide. What two spaces
 * do only together is not seen.
 */
final class Importance {
    private static final int PARTS = 3;
    private static final int FEWEST = 12;

    private Importance() {}

    /** Of each space, in their order; of those left out too few candidates have both a value and a score. */
    static List<TuningResult.Importance> of(List<TuningResult.Space> spaces, List<Candidate> candidates) {
        List<TuningResult.Importance> all = new ArrayList<>();
        for (TuningResult.Space space : spaces) {
            List<Candidate> known = candidates.stream()
                    .filter(candidate ->
                            candidate.counts() && candidate.parameters().containsKey(space.key()))
                    .toList();
            if (known.size() >= FEWEST) {
                all.add(of(space, known));
            }
        }
        return all;
    }

    private static TuningResult.Importance of(TuningResult.Space space, List<Candidate> known) {
        double[] ranks = new NaturalRanking()
                .rank(known.stream().mapToDouble(Candidate::score).toArray());
        boolean choice = space.options() != null;
        Double correlation = null;
        if (!choice) {
            double[] numbers = known.stream()
                    .mapToDouble(candidate -> number(candidate, space.key()))
                    .toArray();
            double found = new SpearmansCorrelation().correlation(numbers, ranks);
            correlation = Double.isNaN(found) ? null : (Double) found;
        }
        List<List<Double>> groups = choice ? byOption(space.key(), known, ranks) : byParts(space.key(), known, ranks);
        return new TuningResult.Importance(space.key(), share(groups), correlation, known.size());
    }

    private static List<List<Double>> byOption(String key, List<Candidate> known, double[] ranks) {
        Map<Object, List<Double>> groups = new LinkedHashMap<>();
        for (int i = 0; i < ranks.length; i++) {
            groups.computeIfAbsent(known.get(i).parameters().get(key), option -> new ArrayList<>())
                    .add(ranks[i]);
        }
        return List.copyOf(groups.values());
    }

    /** Equal numbers stay together, so that a part may be larger than another. */
    private static List<List<Double>> byParts(String key, List<Candidate> known, double[] ranks) {
        List<Integer> order = IntStream.range(0, ranks.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> number(known.get(i), key)))
                .toList();
        List<List<Double>> groups = new ArrayList<>();
        double last = Double.NaN;
        for (int place = 0; place < order.size(); place++) {
            double number = number(known.get(order.get(place)), key);
            if (place * PARTS / order.size() >= groups.size() && number != last) {
                groups.add(new ArrayList<>());
            }
            groups.get(groups.size() - 1).add(ranks[order.get(place)]);
            last = number;
        }
        return groups;
    }

    private static double share(List<List<Double>> groups) {
        double variance = StatUtils.variance(values(groups.stream().flatMap(List::stream)));
        int n = groups.stream().mapToInt(List::size).sum();
        if (variance == 0 || groups.size() == n || groups.size() == 1) {
            return 0;
        }
        double within = groups.stream()
                .mapToDouble(group -> new SecondMoment().evaluate(values(group.stream())))
                .sum();
        return Math.max(0, 1 - within / (n - groups.size()) / variance);
    }

    private static double[] values(Stream<Double> ranks) {
        return ranks.mapToDouble(Double::doubleValue).toArray();
    }

    private static double number(Candidate candidate, String key) {
        return ((Number) candidate.parameters().get(key)).doubleValue();
    }
}
