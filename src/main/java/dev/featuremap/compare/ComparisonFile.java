package dev.featuremap.compare;

import dev.featuremap.Failure;
import dev.featuremap.experiment.ConfigFile;
import dev.featuremap.experiment.InvalidKey;
import dev.featuremap.experiment.KeyDescription;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
     * @throws Failure (usage) with the line and key at fault
     */
    public static Comparison read(Path file, List<String> overrides) {
        List<String> own = overrides.stream()
                .filter(override -> override.startsWith(OWN))
                .map(override -> override.substring(OWN.length()))
                .toList();
        List<String> members =
                overrides.stream().filter(override -> !override.startsWith(OWN)).toList();
        Comparison comparison = FILE.read(file, own);
        try {
            return comparison.with(members);
        } catch (InvalidKey refused) {
            throw Failure.usage(
                    "command line: found " + refused.found() + "; allowed: " + refused.allowed(),
                    "write key=value; what is the comparison's own begins with comparison., such as comparison.seeds=3");
        }
    }

    /** The comparison of a text; {@code sourceName} is what messages call it. */
    static Comparison parse(String text, String sourceName) {
        return FILE.parse(text, sourceName, List.of());
    }

    /** Every key a comparison's file may have. */
    public static List<KeyDescription> keys() {
        return FILE.keys();
    }

    /** A comparison's file as JSON Schema, as the tree that JSON is made of. */
    public static Map<String, Object> schema() {
        return FILE.schema();
    }

    /** The comparison as YAML with every key written out. */
    public static String print(Comparison comparison) {
        return FILE.print(comparison);
    }
}
