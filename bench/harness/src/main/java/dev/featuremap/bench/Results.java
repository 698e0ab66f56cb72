package dev.featuremap.bench;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/** Measurements, looked at by contestant and round. */
record Results(List<Measurement> measurements) {
    /** Names of what was measured, in the order it was. */
    Set<String> names() {
        return measurements.stream().map(Measurement::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** A contestant's values by round. */
    Map<Integer, Double> of(Setup setup, String name) {
        Map<Integer, Double> values = new TreeMap<>();
        measurements.stream()
                .filter(one ->
                        one.contestant().equals(setup.name()) && one.name().equals(name))
                .forEach(one -> values.put(one.round(), one.value()));
        return values;
    }

    /** The better of several contestants' values by round, as {@code better} says. */
    Map<Integer, Double> best(String name, List<Setup> setups, BinaryOperator<Double> better) {
        Map<Integer, Double> best = new TreeMap<>();
        setups.forEach(setup -> of(setup, name).forEach((round, value) -> best.merge(round, value, better)));
        return best;
    }

    static Optional<Statistics> statistics(Map<Integer, Double> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(Statistics.of(values.values()));
    }

    /** Ratios of values of the same round. */
    static Optional<Statistics> ratio(Map<Integer, Double> of, Map<Integer, Double> to) {
        Map<Integer, Double> ratios = new TreeMap<>();
        of.forEach((round, value) -> {
            if (to.containsKey(round)) {
                ratios.put(round, value / to.get(round));
            }
        });
        return statistics(ratios);
    }
}
