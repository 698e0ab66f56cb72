package dev.featuremap.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** How the network is trained. */
public record TrainingSpec(
        @Key(value = "passes over the training data", range = "[1, 1000000]")
        int epochs,

        @Key(value = "examples per step", byDefault = "64", range = "[1, 1000000]")
        int batchSize,

        @Key("the optimizer and its settings; default: adam with learning rate 0.001, or what a saved network brings")
        Optional<UpdaterSpec> updater,

        @Key(
                "what is done to each layer's gradient before the updater sees it, such as clipping; default: nothing, or what a saved"
                        + " network brings")
        Optional<GradientNormalization> gradientNormalization,

        @Key(
                value =
                        "share of each one-hot label that is spread evenly over all classes as it is trained on; scores are taken on"
                                + " labels as they are",
                byDefault = "0",
                range = "[0, 1)")
        double labelSmoothing,

        @Key(
                "what the loss of each class's examples is multiplied by, or balanced: n/(K n_k) of n training examples, n_k of them of"
                        + " class k out of K; default: 1")
        Optional<ClassWeights> classWeights,

        @Key(
                value =
                        "decay of the exponential moving average (EMA) of the weights over the steps, such as 0.999; it is then the average"
                                + " that is scored and kept as the model; default: the weights themselves are",
                range = "(0, 1)")
        Optional<Double> emaDecay,

        @Key(
                value = "whether each epoch sees the examples in a new order, drawn from seed and epoch",
                byDefault = "true")
        boolean shuffle,

        @Key(value = "whose arithmetic trains the network: auto takes the fastest that can run it", byDefault = "auto")
        Engine engine,

        @Key(
                value =
                        "the numbers that convolutions and dense layers multiply in training: f32, or bf16, which is faster with"
                                + " engine onednn on processors that have it (AVX512_BF16, AMX); sums, parameters and scores stay f32",
                byDefault = "f32")
        Precision precision,

        @Key(
                value = "at each epoch's end, measure the train metrics on the first this many training examples",
                byDefault = "10000",
                range = "[1, 100000000]")
        int trainMetricExamples,

        @Key(value = "stop when the validation metric has not improved for a while; default: never")
        Optional<EarlyStopping> earlyStopping,

        @Key("stop when the validation metric is behind given values, which a search does; default: never")
        Optional<Abandon> abandon,

        @Key(
                value = "whether model.zip holds the epoch with the best keepBestBy, instead of the last",
                byDefault = "false")
        boolean keepBest,

        @Key(value = "the metric of the validation split that says which epoch is best", byDefault = "loss")
        Metric keepBestBy,

        @Key(
                value =
                        "share of the training data held out for validation, each example by the seed and its own identity;"
                                + " default: 0.1 where earlyStopping, abandon or keepBest watch it or measureTest is false,"
                                + " else none",
                range = "[0, 1)")
        Optional<Double> validationShare,

        @Key("the fold of the training data held out for validation instead of a share; default: none")
        Optional<Fold> validationFold,

        @Key(
                value = "whether the test data are measured; false in a search, which looks at validation data only",
                byDefault = "true")
        boolean measureTest,

        @Key(value = "when checkpoints are saved, each with all that a run needs to go on", byDefault = "{}")
        Checkpoint checkpoint,

        @Key("how workers train one network together when train is told --spark; default: see docs/scaling.md")
        Optional<Spark> spark) {
    /** What is held out where something needs a validation split and the file says nothing. */
    private static final double DEFAULT_SHARE = 0.1;

    /** What steps the network. */
    public enum Engine {
        AUTO,
        ND4J,
        ONEDNN
    }

    /** What numbers are multiplied in training; sums, parameters and the optimizer's state are {@code F32} always. */
    public enum Precision {
        F32,
        BF16;

        /** As files and people call it, such as {@code bf16}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A figure of merit of an epoch. */
    public enum Metric {
        LOSS,
        ACCURACY,
        MSE,
        MAE,
        R2;

        /** As files and people call it, such as {@code accuracy}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether a higher figure is the better one. */
        public boolean isBetterWhenHigher() {
            return this == ACCURACY || this == R2;
        }

        /** Whether one figure is better than another. */
        public boolean isBetter(double one, double other) {
            return isBetterWhenHigher() ? one > other : one < other;
        }
    }

    /** Stops training that no longer helps. */
    public record EarlyStopping(
            @Key(value = "the metric of the validation split that is watched", byDefault = "loss")
            Metric metric,

            @Key(
                    value = "epochs without improvement after which training stops",
                    byDefault = "3",
                    range = "[1, 100000]")
            int patience,

            @Key(value = "what counts as an improvement", byDefault = "0", range = "[0, inf)")
            double minDelta) {
        public EarlyStopping {
            Keys.check(EarlyStopping.class, metric, patience, minDelta);
        }
    }

    /** One of the parts of equal size, class by class, that the training data are dealt into by the seed for cross-validation. */
    public record Fold(
            @Key(value = "which fold is held out, counted from 1", range = "[1, 1000000]")
            int fold,

            @Key(value = "how many folds there are", range = "[2, 1000000]")
            int of) {
        public Fold {
            Keys.check(Fold.class, fold, of);
            if (fold > of) {
                throw new InvalidKey("fold", fold, "at most of = " + of);
            }
        }

        /** As people say it, such as {@code 2 of 5}. */
        @Override
        public String toString() {
            return fold + " of " + of;
        }
    }

    /**
     * When checkpoints are saved; none of it changes what training comes to. A run that is asked to end saves one in any case.
     */
    public record Checkpoint(
            @Key(value = "save one every this many steps; default: not by steps", range = "[1, 1000000000]")
            Optional<Integer> everySteps,

            @Key(value = "save one when the last is this many minutes old", byDefault = "5", range = "(0, 1000000]")
            double everyMinutes,

            @Key(value = "whether to save one at each epoch's end", byDefault = "true")
            boolean atEpochEnds,

            @Key(value = "how many to keep, the latest", byDefault = "2", range = "[2, 100000]")
            int keepLast,

            @Key(value = "whether to keep the weights of each epoch, for a page to play with", byDefault = "false")
            boolean keepEpochs) {
        /** What a file that says nothing of checkpoints gets. */
        public static final Checkpoint DEFAULT = new Checkpoint(Optional.empty(), 5, true, 2, false);

        public Checkpoint {
            Keys.check(Checkpoint.class, everySteps, everyMinutes, atEpochEnds, keepLast, keepEpochs);
        }

        /** The same, but for those at epochs' ends. */
        public Checkpoint withoutEpochEnds() {
            return new Checkpoint(everySteps, everyMinutes, false, keepLast, keepEpochs);
        }
    }

    /** Stops training that is behind others of its kind. */
    public record Abandon(
            @Key(
                    value = "the metric of the validation split that is watched: loss, accuracy, mse or mae",
                    byDefault = "loss")
            Metric metric,

            @Key("the first for epoch 1, and so on: training stops after an epoch when the best value so far is worse")
            List<Double> behind) {
        public Abandon {
            Keys.check(Abandon.class, metric, behind);
            if (metric == Metric.R2) {
                throw new InvalidKey("metric", "r2", "loss, accuracy, mse or mae, which are in metrics.csv");
            }
            behind = List.copyOf(behind);
        }
    }

    /** How workers train one network together: each by itself for some batches, then all their parameters are averaged. */
    public record Spark(
            @Key(
                    value = "how many workers train at a time; default: as many as the cluster has room for",
                    range = "[1, 100000]")
            Optional<Integer> workers,

            @Key(
                    value = "batches each worker trains between two averagings of parameters and updater state",
                    byDefault = "128",
                    range = "[1, 1000000]")
            int averageEvery,

            @Key(
                    value = "who trains and averages; there is one way, and files of earlier versions name it",
                    byDefault = "featuremap")
            By by) {
        /** What a file that says nothing of Spark gets. */
        public static final Spark DEFAULT = new Spark(Optional.empty(), 128, By.FEATUREMAP);

        /** Who trains and averages. */
        public enum By {
            FEATUREMAP
        }

        public Spark {
            Keys.check(Spark.class, workers, averageEvery, by);
        }

        /** The same with so many workers. */
        public Spark with(int number) {
            return new Spark(Optional.of(number), averageEvery, by);
        }
    }

    public TrainingSpec {
        Keys.check(
                TrainingSpec.class,
                epochs,
                batchSize,
                updater,
                gradientNormalization,
                labelSmoothing,
                classWeights,
                emaDecay,
                shuffle,
                engine,
                precision,
                trainMetricExamples,
                earlyStopping,
                abandon,
                keepBest,
                keepBestBy,
                validationShare,
                validationFold,
                measureTest,
                checkpoint,
                spark);
        if (engine == Engine.ND4J && precision != Precision.F32) {
            throw new InvalidKey("precision", precision.word(), "f32 with engine nd4j; bf16 is engine onednn's");
        }
        if (validationFold.isPresent()) {
            refuseShare(validationShare, validationFold.get());
        } else if (validationShare.isEmpty()) {
            validationShare =
                    watchers(earlyStopping, abandon, keepBest, measureTest).map(watcher -> DEFAULT_SHARE);
        } else if (validationShare.get() == 0) {
            watchers(earlyStopping, abandon, keepBest, measureTest).ifPresent(watcher -> {
                throw new InvalidKey(
                        "validationShare",
                        0,
                        "more than 0, or nothing: training." + watcher
                                + " needs validation data, as nothing is chosen by the test data");
            });
        }
    }

    private static void refuseShare(Optional<Double> validationShare, Fold fold) {
        validationShare.ifPresent(share -> {
            throw new InvalidKey(
                    "validationShare", share, "nothing, or null: training.validationFold holds out fold " + fold);
        });
    }

    /** What needs a validation split, as the file names it; empty when nothing does. */
    public Optional<String> watchers() {
        return watchers(earlyStopping, abandon, keepBest, measureTest);
    }

    private static Optional<String> watchers(
            Optional<EarlyStopping> earlyStopping, Optional<Abandon> abandon, boolean keepBest, boolean measureTest) {
        List<String> names = new ArrayList<>();
        earlyStopping.ifPresent(there -> names.add("earlyStopping"));
        abandon.ifPresent(there -> names.add("abandon"));
        if (keepBest) {
            names.add("keepBest");
        }
        if (!measureTest) {
            names.add("measureTest=false");
        }
        return names.isEmpty() ? Optional.empty() : Optional.of(String.join(" and training.", names));
    }

    /** What is held out for validation, as the file names it, such as {@code validationShare 0.1}; empty when nothing is. */
    public Optional<String> validation() {
        return validationFold
                .map(fold -> "validationFold " + fold)
                .or(() -> validationShare.filter(share -> share > 0).map(share -> "validationShare " + share));
    }

    /** Whether a part of the training data is held out for validation. */
    public boolean hasValidation() {
        return validation().isPresent();
    }

    /** The same training with some values changed, all at once: they may go together only so. */
    public TrainingSpec with(Consumer<Changes> change) {
        Changes changes = new Changes();
        change.accept(changes);
        return changes.made();
    }

    /** The values of a training that others than its file change. */
    public final class Changes {
        public int epochs = TrainingSpec.this.epochs;
        public Optional<UpdaterSpec> updater = TrainingSpec.this.updater;
        public Optional<EarlyStopping> earlyStopping = TrainingSpec.this.earlyStopping;
        public Optional<GradientNormalization> gradientNormalization = TrainingSpec.this.gradientNormalization;
        public Optional<ClassWeights> classWeights = TrainingSpec.this.classWeights;
        public double labelSmoothing = TrainingSpec.this.labelSmoothing;
        public Optional<Abandon> abandon = TrainingSpec.this.abandon;
        public boolean keepBest = TrainingSpec.this.keepBest;
        public Optional<Double> validationShare = TrainingSpec.this.validationShare;
        public Optional<Fold> validationFold = TrainingSpec.this.validationFold;
        public boolean measureTest = TrainingSpec.this.measureTest;
        public Checkpoint checkpoint = TrainingSpec.this.checkpoint;
        public Optional<Spark> spark = TrainingSpec.this.spark;

        private Changes() {}

        private TrainingSpec made() {
            return new TrainingSpec(
                    epochs,
                    batchSize,
                    updater,
                    gradientNormalization,
                    labelSmoothing,
                    classWeights,
                    emaDecay,
                    shuffle,
                    engine,
                    precision,
                    trainMetricExamples,
                    earlyStopping,
                    abandon,
                    keepBest,
                    keepBestBy,
                    validationShare,
                    validationFold,
                    measureTest,
                    checkpoint,
                    spark);
        }
    }

    /** The same training as a trial: measured on so much of its training data, and never on the test data. */
    public TrainingSpec asTrial(double share) {
        return with(trial -> {
            trial.validationShare = Optional.of(share);
            trial.validationFold = Optional.empty();
            trial.measureTest = false;
        });
    }

    /** The same training measured on one fold of so many of its training data, counted from 1, and never on the test data. */
    public TrainingSpec asFold(int fold, int of) {
        return with(trial -> {
            trial.validationShare = Optional.empty();
            trial.validationFold = Optional.of(new Fold(fold, of));
            trial.measureTest = false;
        });
    }

    /**
     * Steps that one pass over so many examples takes; the last batch may be smaller.
     *
     * @param least examples a batch needs; a last one with fewer is left out, unless it is the only one
     */
    public int stepsPerEpoch(int examples, int least) {
        int whole = examples / batchSize;
        return examples % batchSize >= (whole == 0 ? 1 : least) ? whole + 1 : whole;
    }
}
