package dev.featuremap.report;

import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What experiments set differently.
 *
 * @param rows one per key whose values are not all equal
 */
public record Settings(List<Row> rows) {
    /** A dotted key and its value in each experiment, empty where it has none. */
    public record Row(String key, List<String> values) {}

    public static Settings differences(List<Experiment> experiments) {
        List<Map<String, String>> all =
                experiments.stream().map(ExperimentFile::values).toList();
        Set<String> keys = new LinkedHashSet<>();
        all.forEach(one -> keys.addAll(one.keySet()));
        return new Settings(keys.stream()
                .map(key -> new Row(
                        key, all.stream().map(one -> one.getOrDefault(key, "")).toList()))
                .filter(row -> row.values.stream().distinct().count() > 1)
                .toList());
    }
}
