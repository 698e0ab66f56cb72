package dev.featuremap.compare;

import dev.featuremap.Failure;
import dev.featuremap.compare.Comparison.Member;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.experiment.LabelMode;
import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.train.PlannedRun;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A comparison worked out: every member's experiment is known to be sound before the first is trained. */
public final class ComparisonPlan {
    private final Comparison comparison;
    private final Path baseFile;
    private final Experiment base;

    /**
     * Works a comparison out.
     *
     * @param baseFile where the base experiment was found
     * @throws Failure (usage) naming the member whose overrides do not fit, or the metric that its labels do not have
     */
    public ComparisonPlan(Comparison comparison, Path baseFile) {
        this.comparison = comparison;
        this.baseFile = baseFile;
        this.base = ExperimentFile.read(baseFile, comparison.set(), "set");
        for (Member member : comparison.allMembers()) {
            Experiment experiment =
                    read(member, overrides(member, comparison.seeds().values().get(0)));
            if (experiment.data().label() != base.data().label()) {
                throw Failure.usage(
                        "member " + member.name() + ": data.label is not the base's, so there is nothing to compare",
                        "give all members the same kind of label");
            }
            comparison.learningRatesOf(member).forEach(rate -> trial(member, rate, baseFile));
        }
        if (!metrics().contains(metric())) {
            throw Failure.usage(
                    "metric: found " + word(metric()) + "; allowed for this data's labels: "
                            + String.join(
                                    ", ",
                                    metrics().stream().map(ComparisonPlan::word).toList()),
                    "rank by one of these");
        }
    }

    public Comparison comparison() {
        return comparison;
    }

    /** The base experiment with what all members set. */
    public Experiment base() {
        return base;
    }

    /** The first member's experiment with the first seed. */
    public Experiment first() {
        Member member = comparison.allMembers().get(0);
        return read(member, overrides(member, comparison.seeds().values().get(0)));
    }

    /** The metrics all members have in common, whatever their losses. */
    public List<Metric> metrics() {
        return isClass()
                ? List.of(Metric.ACCURACY, Metric.MSE, Metric.MAE)
                : List.of(Metric.MSE, Metric.MAE, Metric.R2);
    }

    /** The metric that ranks them. */
    public Metric metric() {
        return comparison.metric().orElse(isClass() ? Metric.ACCURACY : Metric.R2);
    }

    /** A run that measures a learning rate on validation data, with the first seed. */
    PlannedRun trial(Member member, double learningRate, Path directory) {
        List<String> overrides = overrides(member, comparison.seeds().values().get(0));
        overrides.add(learningRate(learningRate));
        overrides.add("training.validationShare=" + comparison.validationShare());
        overrides.add("training.measureTest=false");
        Path folder = directory.resolve(member.name()).resolve("rate-" + decimal(learningRate));
        return new PlannedRun(member.name(), baseFile, overrides, read(member, overrides), folder);
    }

    /**
     * The run that counts, of one member with one seed.
     *
     * @param chosen what the member sets beyond its own overrides, such as its learning rate
     */
    PlannedRun run(Member member, List<String> chosen, long seed, Path directory) {
        List<String> overrides = overrides(member, seed);
        overrides.addAll(chosen);
        Path folder = directory.resolve(member.name()).resolve("seed-" + seed);
        return new PlannedRun(member.name(), baseFile, overrides, read(member, overrides), folder);
    }

    static String learningRate(double rate) {
        return "training.updater.learningRate=" + decimal(rate);
    }

    private List<String> overrides(Member member, long seed) {
        List<String> overrides = new ArrayList<>(comparison.set());
        overrides.addAll(member.set());
        overrides.add("name=" + Comparison.runName(comparison.name(), member));
        overrides.add("seed=" + seed);
        return overrides;
    }

    private Experiment read(Member member, List<String> overrides) {
        return ExperimentFile.read(baseFile, overrides, "member " + member.name());
    }

    private boolean isClass() {
        return base.data().label() == LabelMode.CLASS;
    }

    private static String decimal(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    static String word(Metric metric) {
        return metric.name().toLowerCase(Locale.ROOT);
    }
}
