package dev.featuremap.compare;

import dev.featuremap.Failure;
import dev.featuremap.compare.Comparison.Member;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.experiment.LabelMode;
import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.jobs.PlannedRun;
import dev.featuremap.run.ComparisonDirectory;
import dev.featuremap.run.ComparisonResult.Question;
import dev.featuremap.run.OwnedDirectory;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A comparison worked out: every member's experiment is known to be sound before the first is trained. */
public final class ComparisonPlan {
    private final Comparison comparison;
    private final Experiment base;
    private final Map<Member, List<Variant>> variants = new LinkedHashMap<>();

    /**
     * A member as it is, or with one of the learning rates it chooses from.
     *
     * @param learningRate null where it keeps the one it has
     * @param experiment with the first seed
     */
    record Variant(Member member, Double learningRate, Experiment experiment) {
        /** What it sets beyond the base, each {@code key=value}. */
        List<String> overrides() {
            return learningRate == null
                    ? member.set()
                    : Stream.concat(
                                    member.set().stream(),
                                    Stream.of("training.updater.learningRate=" + decimal(learningRate)))
                            .toList();
        }
    }

    /**
     * Works a comparison out.
     *
     * @param baseFile where the base experiment was found
     * @throws Failure (usage) naming the member whose overrides do not fit, or the metric that its labels do not have
     */
    public ComparisonPlan(Comparison comparison, Path baseFile) {
        this.comparison = comparison;
        this.base = ExperimentFile.read(baseFile, comparison.set(), "set");
        for (Member member : comparison.allMembers()) {
            List<Double> rates = comparison.learningRatesOf(member);
            variants.put(
                    member,
                    rates.isEmpty()
                            ? List.of(variant(member, null, baseFile))
                            : rates.stream()
                                    .map(rate -> variant(member, rate, baseFile))
                                    .toList());
        }
        requireDifferentPoints();
        if (!metrics().contains(metric())) {
            throw Failure.usage(
                    "metric: found " + metric().word() + "; allowed for this data's labels: "
                            + String.join(
                                    ", ", metrics().stream().map(Metric::word).toList()),
                    "rank by one of these");
        }
        requireMargin();
    }

    /** Two points of a grid may be written differently, and be the same. */
    private void requireDifferentPoints() {
        Map<Experiment, String> seen = new HashMap<>();
        if (comparison.grid().isPresent()) {
            variants.forEach((member, ways) -> {
                Experiment first = ways.get(0).experiment();
                String other = seen.put(first.with(comparison.name(), first.seed()), member.name());
                if (other != null) {
                    throw Failure.usage(
                            "grid: " + other + " and " + member.name() + " are the same experiment",
                            "give each key values that differ");
                }
            });
        }
    }

    private void requireMargin() {
        comparison
                .equivalence()
                .filter(margins -> margins.of(metric()).isEmpty())
                .ifPresent(margins -> {
                    throw Failure.usage(
                            "equivalence: names no margin for " + metric().word() + ", by which members are ranked",
                            "write equivalence: {" + metric().word() + ": ...}");
                });
    }

    private Variant variant(Member member, Double learningRate, Path baseFile) {
        List<String> overrides = new ArrayList<>(comparison.set());
        overrides.addAll(new Variant(member, learningRate, null).overrides());
        Experiment experiment = ExperimentFile.read(baseFile, overrides, "member " + member.name());
        if (experiment.data().label() != base.data().label()) {
            throw Failure.usage(
                    "member " + member.name() + ": data.label is not the base's, so there is nothing to compare",
                    "give all members the same kind of label");
        }
        String name = Comparison.runName(comparison.name(), member);
        return new Variant(
                member,
                learningRate,
                experiment.with(name, comparison.seeds().values().get(0)));
    }

    public Comparison comparison() {
        return comparison;
    }

    /** Every member in order, with the ways to run it. */
    Map<Member, List<Variant>> variants() {
        return variants;
    }

    /** The base experiment with what all members set. */
    public Experiment base() {
        return base;
    }

    /** The first member's experiment with the first seed. */
    public Experiment first() {
        return variants.get(comparison.allMembers().get(0)).get(0).experiment();
    }

    /**
     * Makes the comparison's folder, or opens it again where it holds this very comparison, or one that this one has grown from:
     * then the earlier result is removed. It belongs to one comparison for ever, and to one process at a time.
     *
     * @throws Failure (usage) with what differs when it holds another comparison, (environment) when it holds something
     *     else, cannot be written, or is in use
     */
    public OwnedDirectory open(Path folder) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(ComparisonDirectory.BASE, ExperimentFile.print(base));
        files.put(ComparisonDirectory.COMPARISON, ComparisonFile.print(comparison));
        // Where the base's file is may change: what it holds is in base.yaml.
        return OwnedDirectory.open(
                folder,
                new OwnedDirectory.Owner(
                        "comparison",
                        "comparison.name",
                        files,
                        line -> line.startsWith("base: "),
                        this::printed,
                        ComparisonDirectory.RESULTS));
    }

    private String printed(String name, String text) {
        return name.equals(ComparisonDirectory.BASE)
                ? ExperimentFile.print(ExperimentFile.parse(text, name, List.of()))
                : ComparisonFile.print(comparison.grownFrom(ComparisonFile.parse(text, name)));
    }

    /** The metrics all members have in common, whatever their losses. */
    public List<Metric> metrics() {
        return Analysis.metrics(isClass());
    }

    /** The metric that ranks them. */
    public Metric metric() {
        return comparison.metric().orElseGet(() -> Analysis.ranking(metrics()));
    }

    /** A run that measures a learning rate on validation data, with the first seed. */
    PlannedRun trial(Variant variant, ComparisonDirectory directory) {
        Experiment experiment = variant.experiment();
        String member = variant.member().name();
        return new PlannedRun(
                member,
                experiment.with(experiment.training().asTrial(comparison.validationShare())),
                directory.trial(member, decimal(variant.learningRate())));
    }

    /** The runs that count, of one member with one seed: one, or one for each fold. */
    List<PlannedRun> runs(Variant variant, long seed, ComparisonDirectory directory) {
        Experiment experiment = variant.experiment();
        String member = variant.member().name();
        Experiment seeded = experiment.with(experiment.name(), seed);
        if (comparison.folds().isEmpty()) {
            return List.of(new PlannedRun(member, seeded, directory.run(member, seed, null)));
        }
        int folds = comparison.folds().get();
        return IntStream.rangeClosed(1, folds)
                .mapToObj(fold -> new PlannedRun(
                        member, seeded.with(seeded.training().asFold(fold, folds)), directory.run(member, seed, fold)))
                .toList();
    }

    /** What the comparison asks, as its result says it. */
    Question question() {
        return comparison.question(metrics());
    }

    private boolean isClass() {
        return base.data().label() == LabelMode.CLASS;
    }

    private static String decimal(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
