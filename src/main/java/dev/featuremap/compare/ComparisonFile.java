package dev.featuremap.compare;

import dev.featuremap.experiment.ConfigFile;
import java.nio.file.Path;
import java.util.List;

/** A comparison as a YAML file, read as strictly as an experiment. */
public final class ComparisonFile {
    /** Overrides that begin with this are of the comparison's own keys. */
    private static final String OWN = "comparison.";

    private static final ConfigFile<Comparison> FILE =
            new ConfigFile<>(Comparison.class, "a comparison", "conf/compare");

    private ComparisonFile() {}

    /**
     * Reads a comparison.
     *
     * @param overrides {@code key=value}; {@code comparison.seeds=3} changes the comparison's own key {@code seeds}, every
     *     other key is the experiment's and goes for all members, after the file's {@code set}
     * @throws dev.featuremap.Failure (usage) with the line and key at fault
     */
    public static Comparison read(Path file, List<String> overrides) {
        List<String> own = overrides.stream()
                .filter(override -> override.startsWith(OWN))
                .map(override -> override.substring(OWN.length()))
                .toList();
        List<String> members =
                overrides.stream().filter(override -> !override.startsWith(OWN)).toList();
        Comparison comparison = FILE.read(file, own);
        return members.isEmpty() ? comparison : comparison.with(members);
    }

    /** The comparison as YAML with every key written out. */
    public static String print(Comparison comparison) {
        return FILE.print(comparison);
    }
}
