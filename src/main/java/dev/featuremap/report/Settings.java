package dev.featuremap.report;

import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What experiments set differently.
 *
 * @param rows one per key whose values are not all equal
 */
record Settings(List<Row> rows) {
    /** A dotted key and its value in each experiment, empty where it has none. */
    record Row(String key, List<String> values) {}

    static Settings differences(List<Experiment> experiments) {
        List<Map<String, String>> all = experiments.stream().map(Settings::flat).toList();
        Set<String> keys = new LinkedHashSet<>();
        all.forEach(one -> keys.addAll(one.keySet()));
        return new Settings(keys.stream()
                .map(key -> new Row(
                        key, all.stream().map(one -> one.getOrDefault(key, "")).toList()))
                .filter(row -> row.values.stream().distinct().count() > 1)
                .toList());
    }

    private static Map<String, String> flat(Experiment experiment) {
        Map<String, String> flat = new LinkedHashMap<>();
        Object tree = new Load(LoadSettings.builder().build()).loadFromString(ExperimentFile.print(experiment));
        flatten("", tree, flat);
        return flat;
    }

    private static void flatten(String path, Object node, Map<String, String> flat) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> flatten(path.isEmpty() ? "" + key : path + "." + key, value, flat));
        } else if (node instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                flatten(path + "[" + i + "]", list.get(i), flat);
            }
        } else if (node != null) {
            flat.put(path, node.toString());
        }
    }
}
