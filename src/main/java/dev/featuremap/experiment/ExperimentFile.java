package dev.featuremap.experiment;

import dev.featuremap.Failure;
import java.nio.file.Path;
import java.util.List;

/** An experiment as a YAML file; what is refused, and how, is told by {@link ConfigFile}. */
public final class ExperimentFile {
    private static final ConfigFile<Experiment> FILE =
            new ConfigFile<>(Experiment.class, "an experiment", "conf/experiment");

    private ExperimentFile() {}

    /**
     * Reads the experiment of a file of at most 1 MiB in UTF-8.
     *
     * @param overrides {@code key=value} in the order they apply, each key a dotted path such as
     *     {@code network.layers[0].filters}, each value in YAML
     * @throws Failure of kind {@code USAGE}, or {@code ENVIRONMENT} when the file is there but cannot be read
     */
    public static Experiment read(Path file, List<String> overrides) {
        return FILE.read(file, overrides);
    }

    /**
     * As {@link #read(Path, List)}, with overrides that do not come from the command line.
     *
     * @param overridesSource where messages say the overrides stand
     */
    public static Experiment read(Path file, List<String> overrides, String overridesSource) {
        return FILE.read(file, overrides, overridesSource);
    }

    /**
     * Reads the experiment of a text.
     *
     * @param sourceName what messages call the text, such as its file's name
     * @param overrides as for {@link #read(Path, List)}
     * @throws Failure of kind {@code USAGE}
     */
    public static Experiment parse(String text, String sourceName, List<String> overrides) {
        return FILE.parse(text, sourceName, overrides);
    }

    /** The experiment as YAML with every key written out, defaults included; reading it gives an equal experiment. */
    public static String print(Experiment experiment) {
        return FILE.print(experiment);
    }
}
