package dev.featuremap.tune;

import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentSpace;
import dev.featuremap.experiment.InvalidKey;
import dev.featuremap.experiment.Key;
import dev.featuremap.experiment.Keys;
import dev.featuremap.experiment.LabelMode;
import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.OwnedDirectory;
import dev.featuremap.run.TuningDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A search: an experiment with spaces, how candidates are drawn from them, and when it is over. */
public record Tuning(
        @Key("what the search is called: letters, digits, dot, dash and underscore, at most 64")
        String name,

        @Key(
                value =
                        "how candidates are drawn: random, the points of a grid in turn, or genetic, bred from the best",
                byDefault = "random")
        Generator generator,

        @Key(value = "candidates to try; a grid without it is tried whole", range = "[1, 100000]")
        Optional<Integer> candidates,

        @Key(
                value = "no candidate is begun when the command has run this long; default: no limit",
                range = "(0, 1000000]")
        Optional<Double> minutes,

        @Key(value = "the seed of the draws", byDefault = "42", range = "[0, 9007199254740991]")
        long seed,

        @Key(
                value = "share of the training data every candidate is measured on and not trained with, drawn from the"
                        + " experiment's seed",
                byDefault = "0.2",
                range = "(0, 0.5]")
        double validationShare,

        @Key("what candidates are ranked by; default: accuracy for classes, r2 for values")
        Optional<Metric> metric,

        @Key(
                value = "median: a candidate stops after an epoch in which it is behind the median of earlier ones",
                byDefault = "none")
        EarlyStopping earlyStopping,

        @Key(
                value = "points a grid has along each space of numbers, its ends among them",
                byDefault = "3",
                range = "[2, 1000]")
        int gridPoints,

        @Key(
                value = "candidates a genetic search keeps to breed from before a third of them gives way to new ones",
                byDefault = "12",
                range = "[4, 1000]")
        int population,

        @Key("an experiment, whole, in which a space may stand in a value's place")
        ExperimentSpace experiment) {

    /** How candidates are drawn. */
    public enum Generator {
        RANDOM,
        GRID,
        GENETIC
    }

    /** Which candidates are stopped before their last epoch. */
    public enum EarlyStopping {
        NONE,
        MEDIAN
    }

    public Tuning {
        Keys.check(
                Tuning.class,
                name,
                generator,
                candidates,
                minutes,
                seed,
                validationShare,
                metric,
                earlyStopping,
                gridPoints,
                population,
                experiment);
        if (!Experiment.NAME.matcher(name).matches()) {
            throw new InvalidKey("name", '"' + name + '"', "letters, digits, dot, dash and underscore, at most 64");
        }
        if (generator != Generator.GRID && candidates.isEmpty() && minutes.isEmpty()) {
            throw new InvalidKey("candidates", "nothing", "a number, or one of minutes: only a grid ends by itself");
        }
        boolean isClass = experiment.example().data().label() == LabelMode.CLASS;
        metric.ifPresent(chosen -> check(chosen, isClass, experiment));
    }

    /**
     * Makes the search's folder, or opens it again where it holds this very search. It belongs to one search for ever, and to
     * one process at a time; only how long the search goes on may change.
     *
     * @throws dev.featuremap.Failure (usage) with what differs when it holds another search, (environment) when it holds
     *     something else, cannot be written, or is in use
     */
    public OwnedDirectory open(Path folder) {
        return OwnedDirectory.open(
                folder,
                new OwnedDirectory.Owner(
                        "search",
                        "tune.name",
                        Map.of(TuningDirectory.TUNING, TuningFile.print(this)),
                        line -> line.startsWith("candidates: ") || line.startsWith("minutes: "),
                        (name, text) -> TuningFile.print(TuningFile.parse(text, name)),
                        List.of()));
    }

    /** What candidates are ranked by. */
    public Metric rankedBy() {
        boolean isClass = experiment.example().data().label() == LabelMode.CLASS;
        return metric.orElse(isClass ? Metric.ACCURACY : Metric.R2);
    }

    /** A candidate is drawn when all have ended that were drawn so many before it, or earlier; 0: at once. */
    public int lag() {
        return earlyStopping == EarlyStopping.MEDIAN ? MedianRule.LAG : 0;
    }

    private static void check(Metric metric, boolean isClass, ExperimentSpace experiment) {
        if (metric == (isClass ? Metric.R2 : Metric.ACCURACY)) {
            throw new InvalidKey(
                    "metric", metric.word(), isClass ? "accuracy, loss, mse or mae" : "r2, loss, mse or mae");
        }
        if (metric == Metric.LOSS && experiment.spaces().containsKey("loss")) {
            throw new InvalidKey("metric", "loss", "another: the candidates' losses are on different scales");
        }
    }
}
