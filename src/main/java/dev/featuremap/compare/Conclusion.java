package dev.featuremap.compare;

import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.ComparisonResult.Member;
import dev.featuremap.run.RunOutcome;
import dev.featuremap.statistics.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a comparison shows, in a sentence, from paired differences in the ranking metric.
 *
 * <p>One member beats another when the two-sided t-test of their difference holds at 5 % after Holm's correction (Holm
 * 1979) over all members tested against the first; it may beat it when the test holds by itself alone, which is to say
 * that the difference's own 95 % interval leaves 0 out. Of other members it is only said which ones cannot be told apart:
 * those whose interval holds 0. Of differences that are the same with every seed, no test tells anything.
 */
final class Conclusion {
    private static final double LEVEL = 0.05;
    private static final int FEWEST_SEEDS = 2;

    private final List<Member> members;
    private final Metric metric;

    Conclusion(List<Member> members, Metric metric) {
        this.members = members;
        this.metric = metric;
    }

    String text() {
        Member first = members.get(0);
        List<Member> others = members.subList(1, members.size());
        List<PairedDifference> paired = others.stream()
                .map(member -> PairedDifference.of(member, first, metric))
                .filter(difference -> difference.paired().n() >= FEWEST_SEEDS)
                .toList();
        List<PairedDifference> tested = paired.stream()
                .filter(difference -> difference.paired().hasSpread())
                .toList();
        List<String> clauses = new ArrayList<>();
        if (paired.isEmpty()) {
            clauses.add("nothing can be concluded: " + whyNothing());
        } else {
            if (!tested.isEmpty()) {
                againstFirst(tested, clauses);
            }
            paired.stream()
                    .filter(difference -> !tested.contains(difference))
                    .forEach(difference -> clauses.add(withoutSpread(difference)));
            amongOthers(others, clauses);
        }
        others.stream()
                .filter(member -> testedOnOtherData(member, first))
                .forEach(member -> clauses.add(member.name() + " is tested on other data than " + first.name()
                        + ", so the two are not paired"));
        members.stream()
                .filter(member -> scoredRuns(member) < member.runs().size())
                .forEach(member -> clauses.add("of " + member.name() + " only " + scoredRuns(member) + " of "
                        + member.runs().size() + " runs have scores"));
        return "With " + counted(first.runs().size(), "seed") + ", by " + metricName() + " on the test data: "
                + String.join("; ", clauses) + "." + (tested.isEmpty() ? "" : " " + method(tested));
    }

    /** Why no difference can be taken: the metric is not defined for these labels, or too few runs are paired. */
    private String whyNothing() {
        return members.stream()
                .flatMap(member -> member.runs().stream())
                .filter(run -> metric == Metric.R2 && run.hasScores())
                .flatMap(run -> run.scores().whyNoR2().stream())
                .findFirst()
                .map(reason ->
                        "there is no R², as " + reason + "; rank by another metric, such as comparison.metric=mse")
                .orElse("a difference needs two seeds or more that both members have scores for");
    }

    private String withoutSpread(PairedDifference difference) {
        return difference.member() + " − " + difference.against() + " is " + signedMean(difference.paired())
                + " with every seed: no spread was seen, so nothing can be concluded by a t-test";
    }

    private static boolean testedOnOtherData(Member member, Member first) {
        return member.runs().stream()
                .anyMatch(run ->
                        first.runs().stream().anyMatch(other -> other.seed() == run.seed() && !other.isTestedAs(run)));
    }

    private void againstFirst(List<PairedDifference> tested, List<String> clauses) {
        List<PairedDifference> shown = holm(tested);
        List<PairedDifference> open = tested.stream()
                .filter(difference ->
                        !shown.contains(difference) && difference.paired().pOfZero() <= LEVEL)
                .toList();
        shown.forEach(difference -> clauses.add(ahead(difference, " beats ")));
        open.forEach(difference -> clauses.add(ahead(difference, " may beat ")));
        List<String> same = tested.stream()
                .filter(difference -> difference.paired().pOfZero() > LEVEL)
                .map(difference -> difference.member() + " (" + signedAmount(difference.paired()) + ")")
                .toList();
        if (!same.isEmpty()) {
            clauses.add(tested.get(0).against() + " can't be told apart from " + enumerated(same));
        }
    }

    private String ahead(PairedDifference difference, String verb) {
        boolean better = (difference.paired().mean() > 0) == metric.isBetterWhenHigher();
        return (better ? difference.member() : difference.against())
                + verb
                + (better ? difference.against() : difference.member())
                + " by "
                + amount(difference.paired());
    }

    /** The differences that hold after Holm's correction, in the order they were given. */
    private static List<PairedDifference> holm(List<PairedDifference> tested) {
        List<PairedDifference> byChance = tested.stream()
                .sorted(Comparator.comparingDouble(
                        difference -> difference.paired().pOfZero()))
                .toList();
        int shown = 0;
        while (shown < byChance.size() && byChance.get(shown).paired().pOfZero() <= LEVEL / (byChance.size() - shown)) {
            shown++;
        }
        List<PairedDifference> holding = byChance.subList(0, shown);
        return tested.stream().filter(holding::contains).toList();
    }

    /** Names neighbours in rank that cannot be told apart, in groups in which that is true of every pair. */
    private void amongOthers(List<Member> others, List<String> clauses) {
        List<Member> ranked = others.stream()
                .filter(member -> endedRuns(member) >= FEWEST_SEEDS)
                .sorted(Comparator.comparingDouble(this::rank))
                .toList();
        List<Member> group = new ArrayList<>();
        for (Member member : ranked) {
            if (!group.stream().allMatch(inside -> areAlike(inside, member))) {
                addGroup(group, clauses);
                group.clear();
            }
            group.add(member);
        }
        addGroup(group, clauses);
    }

    private static void addGroup(List<Member> group, List<String> clauses) {
        if (group.size() > 1) {
            clauses.add(enumerated(group.stream().map(Member::name).toList()) + " can't be told apart");
        }
    }

    private boolean areAlike(Member one, Member other) {
        Sample paired = PairedDifference.of(one, other, metric).paired();
        return paired.n() >= FEWEST_SEEDS && (paired.hasSpread() ? paired.pOfZero() > LEVEL : paired.mean() == 0);
    }

    private double rank(Member member) {
        double mean = member.summary().get(metric.word()).mean();
        return metric.isBetterWhenHigher() ? -mean : mean;
    }

    private long endedRuns(Member member) {
        return member.runs().stream()
                .filter(run -> run.value(metric).isPresent())
                .count();
    }

    private static long scoredRuns(Member member) {
        return member.runs().stream().filter(RunOutcome::hasScores).count();
    }

    private String amount(Sample paired) {
        return figures(Math.abs(paired.mean()), paired.halfWidth());
    }

    private String signedAmount(Sample paired) {
        return (paired.mean() < 0 ? "−" : "+") + figures(Math.abs(paired.mean()), paired.halfWidth());
    }

    private String signedMean(Sample paired) {
        return metric == Metric.ACCURACY
                ? String.format(Locale.ROOT, "%+.2f points", 100 * paired.mean())
                : String.format(Locale.ROOT, "%+.4f", paired.mean());
    }

    private String figures(double mean, double half) {
        return metric == Metric.ACCURACY
                ? String.format(Locale.ROOT, "%.2f ± %.2f points", 100 * mean, 100 * half)
                : String.format(Locale.ROOT, "%.4f ± %.4f", mean, half);
    }

    private String metricName() {
        return metric == Metric.R2 ? "R²" : metric.word();
    }

    private static String method(List<PairedDifference> tested) {
        String several = tested.size() == 1
                ? ""
                : "; \"beats\" holds at 5 % for all " + tested.size()
                        + " tests together (Holm's correction), \"may beat\" only for that pair by itself";
        return "The ± are 95 % t-intervals of the differences between runs of the same seed" + several + ".";
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static String enumerated(List<String> names) {
        int last = names.size() - 1;
        return last == 0
                ? names.get(0)
                : names.subList(0, last).stream().collect(Collectors.joining(", ")) + " and " + names.get(last);
    }
}
