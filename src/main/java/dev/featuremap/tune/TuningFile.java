package dev.featuremap.tune;

import dev.featuremap.Failure;
import dev.featuremap.experiment.ConfigFile;
import dev.featuremap.experiment.KeyDescription;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A search as a YAML file, read as strictly as an experiment. */
public final class TuningFile {
    /** Overrides that begin with this are of the search's own keys. */
    private static final String OWN = "tune.";

    private static final ConfigFile<Tuning> FILE = new ConfigFile<>(Tuning.class, "a search", "conf/tune");

    private TuningFile() {}

    /**
     * Reads a search.
     *
     * @param overrides {@code key=value}; {@code tune.candidates=5} changes the search's own key {@code candidates}, every
     *     other key is the experiment's; a value may be a space
     * @throws Failure (usage) with the line and key at fault
     */
    public static Tuning read(Path file, List<String> overrides) {
        return FILE.read(
                file,
                overrides.stream()
                        .map(override ->
                                override.startsWith(OWN) ? override.substring(OWN.length()) : "experiment." + override)
                        .toList());
    }

    /** The search of a text; {@code sourceName} is what messages call it. */
    static Tuning parse(String text, String sourceName) {
        return FILE.parse(text, sourceName, List.of());
    }

    /** Every key a search's file may have; those of its experiment are an experiment file's. */
    public static List<KeyDescription> keys() {
        return FILE.keys();
    }

    /** A search's file; of its experiment it says nothing as JSON Schema, as the tree that JSON is made of. */
    public static Map<String, Object> schema() {
        return FILE.schema();
    }

    /** The search as YAML with every key of its own written out. */
    public static String print(Tuning tuning) {
        return FILE.print(tuning);
    }
}
