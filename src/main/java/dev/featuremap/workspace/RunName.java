package dev.featuremap.workspace;

import dev.featuremap.Failure;
import dev.featuremap.Printable;
import dev.featuremap.RegularFiles;
import dev.featuremap.Spelling;
import dev.featuremap.UserPath;
import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.workspace.Entry.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The ways a user names a run: its folder; its path in the folder of runs; the beginning of its name there, where no other begins so;
 * {@code latest}, the one that was begun last; or {@code best:accuracy}, the one with the best score on its test data.
 *
 * <p>The first that fits counts: a folder of a name comes before all else.
 */
public final class RunName {
    /** The run that was begun last. */
    public static final String LATEST = "latest";

    private static final String BEST = "best:";
    private static final int MOST_CANDIDATES = 10;

    private final RunsFolder runs;

    public RunName(RunsFolder runs) {
        this.runs = runs;
    }

    /**
     * The folder that is meant; where nothing is of that name, the path as it is written.
     *
     * @throws Failure (usage) naming the candidates when several are meant, or when no run is the latest or best
     */
    public Path find(String written) {
        Path path = UserPath.find(written);
        if (written.isEmpty() || RegularFiles.exists(path)) {
            return path;
        }
        boolean isPlain = !path.isAbsolute() && path.normalize().equals(path) && !path.startsWith("..");
        if (isPlain && RegularFiles.exists(runs.path().resolve(path))) {
            return runs.path().resolve(path);
        }
        if (written.equals(LATEST)) {
            return latest();
        }
        if (written.startsWith(BEST)) {
            return best(written.substring(BEST.length()));
        }
        return isPlain ? beginning(written, path) : path;
    }

    private Path beginning(String written, Path path) {
        List<Path> candidates = beginning(written);
        if (candidates.size() > 1) {
            List<String> names = candidates.stream()
                    .limit(MOST_CANDIDATES)
                    .map(candidate -> Printable.line(candidate.getFileName().toString()))
                    .toList();
            throw Failure.usage(
                    written + " is the beginning of " + candidates.size() + " names in " + runs.path() + ": "
                            + String.join(", ", names) + (names.size() < candidates.size() ? ", …" : ""),
                    "write more of the name");
        }
        return candidates.isEmpty() ? path : candidates.get(0);
    }

    private List<Path> beginning(String written) {
        try {
            return RegularFiles.folders(runs.path()).stream()
                    .filter(folder -> {
                        String name = folder.getFileName().toString();
                        return name.startsWith(written) && !name.startsWith(".");
                    })
                    .toList();
        } catch (IOException e) {
            return List.of(); // Who opens the path tells the reason.
        }
    }

    private Path latest() {
        return runs().findFirst().map(Entry::folder).orElseThrow(() -> none("no run"));
    }

    /** Of equal ones the newest. */
    private Path best(String written) {
        List<String> metrics = Arrays.stream(Metric.values()).map(Metric::word).toList();
        boolean higher = Arrays.stream(Metric.values())
                .filter(metric -> metric.word().equals(written))
                .findFirst()
                .orElseThrow(() -> Failure.usage(
                        BEST + written + ": "
                                + (written.isEmpty()
                                        ? "the metric is missing"
                                        : written + " is no metric" + Spelling.didYouMean(metrics, written)),
                        "write " + BEST + " and one of " + String.join(", ", metrics)))
                .isBetterWhenHigher();
        Comparator<Double> order = higher ? Comparator.reverseOrder() : Comparator.naturalOrder();
        String key = "test." + written;
        return runs().filter(run -> run.outcome().metrics().containsKey(key))
                .min(Comparator.comparing(run -> run.outcome().metrics().get(key), order))
                .map(Entry::folder)
                .orElseThrow(() -> none("no run with a test " + written));
    }

    private Stream<Entry> runs() {
        return runs.entries(false).stream()
                .filter(entry -> entry.kind() == Kind.RUN && entry.state().fault() == null);
    }

    private Failure none(String what) {
        return Failure.usage(
                runs.path() + " holds " + what,
                "name a run's folder, or train one: featuremap runs lists what there is");
    }
}
