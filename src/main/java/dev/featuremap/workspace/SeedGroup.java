package dev.featuremap.workspace;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.featuremap.compare.Summaries;
import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.ComparisonResult.Summary;
import dev.featuremap.statistics.Sample;
import dev.featuremap.workspace.Entry.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs with scores that are equal but for the seed.
 *
 * @param settings of all of them; without the seed
 * @param runs names, by their seeds
 * @param seeds of the runs
 * @param summary of each metric that all have: n, mean and the 95 % interval, as of a comparison's member
 */
public record SeedGroup(
        String experiment,
        @JsonIgnore Map<String, String> settings,
        List<String> runs,
        List<Long> seeds,
        Map<String, Summary> summary) {
    private static final String SEED = "seed";

    /** The groups of those entries that are runs with scores, in the order of each group's first. Of runs with one and the same seed the first counts. */
    public static List<SeedGroup> of(List<Entry> entries) {
        Map<Map<String, String>, Map<Long, Entry>> groups = new LinkedHashMap<>();
        for (Entry entry : entries) {
            if (entry.kind() == Kind.RUN && entry.hasScores() && entry.seed() != null) {
                Map<String, String> settings = new LinkedHashMap<>(entry.settings());
                settings.remove(SEED);
                groups.computeIfAbsent(settings, same -> new LinkedHashMap<>()).putIfAbsent(entry.seed(), entry);
            }
        }
        List<SeedGroup> all = new ArrayList<>();
        groups.forEach((settings, runs) -> all.add(of(settings, List.copyOf(runs.values()))));
        return all;
    }

    private static SeedGroup of(Map<String, String> settings, List<Entry> group) {
        List<Entry> runs =
                group.stream().sorted(Comparator.comparing(Entry::seed)).toList();
        Map<String, Summary> summary = new LinkedHashMap<>();
        for (Metric metric : Metric.values()) {
            double[] values = runs.stream()
                    .map(run -> run.outcome().metrics().get(metric.word()))
                    .filter(value -> value != null)
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            if (values.length == runs.size()) {
                summary.put(metric.word(), Summaries.of(Sample.of(values), metric));
            }
        }
        return new SeedGroup(
                settings.getOrDefault("name", ""),
                settings,
                runs.stream().map(Entry::name).toList(),
                runs.stream().map(Entry::seed).toList(),
                summary);
    }
}
