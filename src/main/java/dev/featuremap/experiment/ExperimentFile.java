package dev.featuremap.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An experiment as a YAML file; what is refused, and how, is told by {@link ConfigFile}. */
public final class ExperimentFile {
    private static final ConfigFile<Experiment> FILE =
            new ConfigFile<>(Experiment.class, "an experiment", "conf/experiment");

    private ExperimentFile() {}

    /** Reads a file as {@link ConfigFile#read(Path, List)} does. */
    public static Experiment read(Path file, List<String> overrides) {
        return FILE.read(file, overrides);
    }

    /** Reads a file as {@link ConfigFile#read(Path, List, String)} does. */
    public static Experiment read(Path file, List<String> overrides, String overridesSource) {
        return FILE.read(file, overrides, overridesSource);
    }

    /**
     * An experiment, and what overrides make of it.
     *
     * @param recorded as its file has it
     * @param asked with the overrides
     */
    public record Changed(Experiment recorded, Experiment asked) {}

    /** Reads the experiment of a file once, as it stands and as {@link #read(Path, List)} would. */
    public static Changed change(Path file, List<String> overrides) {
        String text = FILE.text(file);
        Experiment recorded = parse(text, file.toString(), List.of());
        return new Changed(recorded, overrides.isEmpty() ? recorded : parse(text, file.toString(), overrides));
    }

    /** Reads a text as {@link ConfigFile#parse} does. */
    public static Experiment parse(String text, String sourceName, List<String> overrides) {
        return FILE.parse(text, sourceName, overrides);
    }

    /** Every key an experiment file may have. */
    public static List<KeyDescription> keys() {
        return FILE.keys();
    }

    /** An experiment file as JSON Schema, as the tree that JSON is made of. */
    public static Map<String, Object> schema() {
        return FILE.schema();
    }

    /** Whether a text reads as an override, {@code key=value}; what stands there is not looked at. */
    public static boolean isOverride(String text) {
        return KeyOverride.isKeyAndValue(text);
    }

    /** The experiment's values under their dotted keys, such as {@code network.layers[0].filters}, defaults included, as they are printed. */
    public static Map<String, String> values(Experiment experiment) {
        return PrintedValues.all(print(experiment));
    }

    /** The experiment as maps, lists, texts, numbers and truth values, in the order and with the keys of its YAML. */
    public static Object tree(Experiment experiment) {
        return RecordPrinter.tree(experiment);
    }

    /** The experiment as YAML with every key written out, defaults included; reading it gives an equal experiment. */
    public static String print(Experiment experiment) {
        return FILE.print(experiment);
    }
}
