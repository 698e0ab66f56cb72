package dev.featuremap.compare;

import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.ComparisonResult.Difference;
import dev.featuremap.run.ComparisonResult.Interaction;
import dev.featuremap.run.ComparisonResult.Member;
import dev.featuremap.run.ComparisonResult.Question;
import dev.featuremap.run.ComparisonResult.Step;
import dev.featuremap.run.ComparisonResult.Verdict;
import dev.featuremap.run.RunOutcome;
import dev.featuremap.statistics.Verdicts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a comparison shows, in words, from the verdicts in the ranking metric.
 *
 * <p>"Beats" and "equals" are verdicts, which hold over all questions and looks together; "may beat" is said where only the
 * pair's own t-test holds at 5 %, and "can't be told apart" of what is neither. Of differences that are the same with every
 * seed, no test tells anything. Of a grid, the first key's values are told against one another under each of the other keys'.
 */
final class Conclusion {
    static final int FEWEST_SEEDS = 2;

    private final Question question;
    private final List<Member> members;
    private final Metric metric;
    private final DifferenceFigures figures;
    private final List<Difference> differences;
    private final List<Interaction> interactions;

    Conclusion(Question question, List<Member> members, List<Difference> differences, List<Interaction> interactions) {
        this.question = question;
        this.members = members;
        this.figures = new DifferenceFigures(question);
        this.metric = figures.metric();
        this.differences = differences.stream()
                .filter(difference -> difference.metric().equals(question.metric()))
                .toList();
        this.interactions = interactions;
    }

    /** Who leads and whom that one beats, in one sentence for each group of members. */
    String verdict() {
        return groups().entrySet().stream()
                .map(group -> capitalised(group.getKey() + lead(group.getValue())))
                .collect(Collectors.joining(" "));
    }

    String text() {
        List<String> clauses = new ArrayList<>();
        if (differences.stream().noneMatch(difference -> difference.n() >= FEWEST_SEEDS)) {
            clauses.add("nothing can be concluded: " + whyNothing());
            onlyRuns(clauses);
        } else {
            groups().forEach((prefix, group) -> {
                List<String> ofGroup = new ArrayList<>();
                againstFirst(group, ofGroup);
                amongOthers(group.subList(1, group.size()), ofGroup);
                ofGroup.forEach(clause -> clauses.add(prefix + clause));
            });
            interactions(clauses);
            testSet(clauses);
            budget(clauses);
        }
        Member first = members.get(0);
        members.stream()
                .filter(member -> testedOnOtherData(member, first))
                .forEach(member -> clauses.add(member.name() + " is tested on other data than " + first.name()
                        + ", so the two are not paired"));
        members.stream()
                .filter(member -> scoredRuns(member) < member.runs().size())
                .forEach(member -> clauses.add("of " + member.name() + " only " + scoredRuns(member) + " of "
                        + member.runs().size() + " runs have scores"));
        return "With " + seeds() + ", by " + figures.metricName() + " on "
                + (question.folds() == null ? "the test data" : "the held-out folds") + ": "
                + String.join("; ", clauses) + "."
                + new Method(question, differences, interactions).sentences();
    }

    /** All members, or those of a grid that have the other keys' values in common, under what is said before their clauses. */
    private Map<String, List<Member>> groups() {
        Map<String, List<Member>> groups = new LinkedHashMap<>();
        for (Member member : members) {
            String given = member.levels() == null
                    ? ""
                    : member.levels().entrySet().stream()
                            .skip(1)
                            .map(level -> level.getKey() + " " + level.getValue())
                            .collect(Collectors.joining(", "));
            groups.computeIfAbsent(given.isEmpty() ? "" : "at " + given + ": ", none -> new ArrayList<>())
                    .add(member);
        }
        return groups;
    }

    private String called(String name) {
        return members.stream()
                .filter(member -> member.name().equals(name))
                .findFirst()
                .map(Conclusion::called)
                .orElse(name);
    }

    /** A grid's member by its first key's value alone: what is said before tells the others. */
    private static String called(Member member) {
        if (member.levels() == null) {
            return member.name();
        }
        Map.Entry<String, String> first = member.levels().entrySet().iterator().next();
        return Comparison.called(first.getKey(), first.getValue(), " ");
    }

    private String lead(List<Member> group) {
        Optional<Member> best = group.stream()
                .filter(member -> member.summary().containsKey(question.metric())
                        && !pairs(member, group).isEmpty())
                .min(Comparator.comparingDouble(this::rank));
        if (best.isEmpty()) {
            return "nothing can be concluded.";
        }
        List<Difference> pairs = pairs(best.get(), group);
        List<String> parts = new ArrayList<>();
        addAll(parts, "is behind ", pairs, one -> one.verdict() == Verdict.WORSE, "");
        addAll(parts, "beats ", pairs, one -> one.verdict() == Verdict.BETTER, "");
        addAll(parts, "may beat ", pairs, Difference::holdsAlone, "");
        addAll(
                parts,
                "equals ",
                pairs,
                one -> one.verdict() == Verdict.EQUAL,
                question.equivalence() == null ? "" : figures.margin());
        addAll(parts, "can't be told apart from ", pairs, Conclusion::isUnknown, "");
        addAll(
                parts,
                "differs by the same with every seed from ",
                pairs,
                one -> one.p() == null && one.mean() != 0,
                "");
        return called(best.get()) + " " + String.join("; ", parts) + ".";
    }

    /** The differences of a member to others that two pairs of runs or more bear on. */
    private List<Difference> pairs(Member member, List<Member> others) {
        return others.stream()
                .flatMap(other -> between(member, other).stream())
                .filter(difference -> difference.n() >= FEWEST_SEEDS)
                .toList();
    }

    private void addAll(
            List<String> parts, String verb, List<Difference> pairs, Predicate<Difference> those, String behind) {
        List<String> names =
                pairs.stream().filter(those).map(one -> called(one.against())).toList();
        if (!names.isEmpty()) {
            parts.add(verb + enumerated(names) + behind);
        }
    }

    /** Open, and neither is the pair's own t-test at 5 % nor are all differences the same; or there is none with any seed. */
    private static boolean isUnknown(Difference difference) {
        return difference.verdict() == Verdict.OPEN
                && (difference.p() == null ? difference.mean() == 0 : !difference.holdsAlone());
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

    /** What can be said of one run each: which is right of more test examples, whatever other seeds would do. */
    private void onlyRuns(List<String> clauses) {
        differences.stream()
                .filter(one -> one.against().equals(members.get(0).name())
                        && one.testSet() != null
                        && one.testSet().pMcNemar() != null)
                .forEach(one -> clauses.add(String.format(
                        Locale.ROOT,
                        "of the one run each, %s − %s is %s on these test examples (McNemar's p = %.4f)",
                        called(one.member()),
                        called(one.against()),
                        figures.signedMean(one.mean()),
                        one.testSet().pMcNemar())));
    }

    private void againstFirst(List<Member> group, List<String> clauses) {
        List<Difference> paired = group.stream()
                .skip(1)
                .flatMap(member -> between(member, group.get(0)).stream())
                .filter(difference -> difference.n() >= FEWEST_SEEDS)
                .toList();
        paired.stream().filter(one -> one.verdict().isShown()).forEach(one -> clauses.add(ahead(one, " beats ")));
        paired.stream().filter(Difference::holdsAlone).forEach(one -> clauses.add(ahead(one, " may beat ")));
        List<String> equal = paired.stream()
                .filter(one -> one.verdict() == Verdict.EQUAL)
                .map(one -> called(one.member()) + " (" + figures.signed(one.mean(), one.ci95()) + ")")
                .toList();
        if (!equal.isEmpty()) {
            clauses.add(called(group.get(0)) + " equals " + enumerated(equal) + figures.margin());
        }
        List<String> open = paired.stream()
                .filter(one -> one.p() != null && one.verdict() == Verdict.OPEN && !one.holdsAlone())
                .map(one ->
                        called(one.member()) + " (" + figures.signed(one.mean(), one.ci95()) + wouldDecide(one) + ")")
                .toList();
        if (!open.isEmpty()) {
            clauses.add(called(group.get(0)) + " can't be told apart from " + enumerated(open));
        }
        paired.stream()
                .filter(one -> one.p() == null)
                .forEach(one -> clauses.add(
                        called(one.member()) + " − " + called(one.against()) + " is " + figures.signedMean(one.mean())
                                + " with every seed: no spread was seen, so nothing can be concluded by a t-test"));
    }

    private static String wouldDecide(Difference open) {
        if (open.seedsNeeded() == null) {
            return "";
        }
        int more = open.seedsNeeded() - open.n();
        return "; about " + more + " more seed" + (more == 1 ? "" : "s") + " would decide";
    }

    private String ahead(Difference difference, String verb) {
        boolean isAhead = isAhead(difference);
        boolean better = difference.verdict().isShown() ? difference.verdict() == Verdict.BETTER : isAhead;
        String who = called(better ? difference.member() : difference.against())
                + verb
                + called(better ? difference.against() : difference.member());
        boolean isEarlier = difference.verdict().isShown()
                && (difference.p() == null || difference.p() > Verdicts.LEVEL || better != isAhead);
        if (isEarlier) {
            return who + ", as an earlier look showed (with all seeds " + called(difference.member()) + " − "
                    + called(difference.against()) + " is " + figures.signed(difference.mean(), difference.ci95())
                    + ")";
        }
        return who + " by " + figures.plain(difference.mean(), difference.ci95());
    }

    /** Names neighbours in rank that cannot be told apart, in groups in which that is true of every pair. */
    private void amongOthers(List<Member> others, List<String> clauses) {
        List<Member> ranked = others.stream()
                .filter(member -> Optional.ofNullable(member.summary().get(question.metric()))
                        .filter(summary -> summary.n() >= FEWEST_SEEDS)
                        .isPresent())
                .sorted(Comparator.comparingDouble(this::rank))
                .toList();
        for (Member member : ranked) {
            List<Difference> pairs = pairs(member, ranked);
            List<String> ahead = new ArrayList<>();
            addAll(ahead, "beats ", pairs, one -> one.verdict() == Verdict.BETTER, "");
            addAll(ahead, "may beat ", pairs, one -> one.holdsAlone() && isAhead(one), "");
            if (!ahead.isEmpty()) {
                clauses.add(called(member) + " " + String.join(" and ", ahead));
            }
        }
        for (Verdict verdict : List.of(Verdict.EQUAL, Verdict.OPEN)) {
            List<String> group = new ArrayList<>();
            List<Member> inside = new ArrayList<>();
            for (Member member : ranked) {
                if (!inside.stream().allMatch(one -> areAlike(one, member, verdict))) {
                    addGroup(group, verdict, clauses);
                    group.clear();
                    inside.clear();
                }
                inside.add(member);
                group.add(called(member));
            }
            addGroup(group, verdict, clauses);
        }
    }

    private boolean isAhead(Difference difference) {
        return (difference.mean() > 0) == metric.isBetterWhenHigher();
    }

    private void addGroup(List<String> group, Verdict verdict, List<String> clauses) {
        if (group.size() > 1) {
            clauses.add(enumerated(group)
                    + (verdict == Verdict.EQUAL ? " are equal" + figures.margin() : " can't be told apart"));
        }
    }

    private boolean areAlike(Member one, Member other, Verdict verdict) {
        return between(one, other)
                .filter(seen -> seen.n() >= FEWEST_SEEDS && seen.verdict() == verdict)
                .filter(seen -> verdict == Verdict.EQUAL || isUnknown(seen))
                .isPresent();
    }

    /** Whether what one of the grid's keys does hangs on another. */
    private void interactions(List<String> clauses) {
        interactions.stream()
                .filter(one -> one.verdict().isShown())
                .forEach(one -> clauses.add(difference(one.one()) + " is " + figures.signed(one.mean(), one.ci95())
                        + " more at " + one.other().key() + " " + one.other().to() + " than at "
                        + one.other().from()
                        + one.given().entrySet().stream()
                                .map(level -> ", " + level.getKey() + " " + level.getValue())
                                .collect(Collectors.joining())));
        long open = interactions.stream()
                .filter(one -> one.verdict() == Verdict.OPEN)
                .count();
        if (open > 0) {
            clauses.add(open + " of " + interactions.size() + " interactions of the keys " + (open == 1 ? "is" : "are")
                    + " open");
        }
    }

    private static String difference(Step step) {
        return step.key() + " " + step.to() + " − " + step.from();
    }

    /** What is open when no more seeds may be added. */
    private void budget(List<String> clauses) {
        int most = question.looks().get(question.looks().size() - 1);
        long open = differences.stream()
                        .filter(one -> one.verdict() == Verdict.OPEN)
                        .count()
                + interactions.stream()
                        .filter(one -> one.verdict() == Verdict.OPEN)
                        .count();
        if (question.looks().size() > 1 && open > 0) {
            clauses.add(open + " of " + (differences.size() + interactions.size())
                    + " questions are open with the most seeds there may be, " + most);
        }
    }

    /** Which differences might not hold on other test examples. */
    private void testSet(List<String> clauses) {
        List<String> lost = differences.stream()
                .filter(one -> one.verdict().isShown()
                        && one.testSet() != null
                        && one.testSet().ci95() != null)
                .filter(one ->
                        one.testSet().ci95().get(0) <= 0 && one.testSet().ci95().get(1) >= 0)
                .map(one -> one.member() + " and " + one.against())
                .toList();
        if (!lost.isEmpty()) {
            clauses.add("other test examples might not show the difference between " + String.join(", between ", lost)
                    + ": the interval over seeds and examples together holds 0");
        }
    }

    private static boolean testedOnOtherData(Member member, Member first) {
        return member.runs().stream()
                .anyMatch(run ->
                        first.runs().stream().anyMatch(other -> other.seed() == run.seed() && !other.isTestedAs(run)));
    }

    /** How one member does against another, whichever of the two comes first. */
    private Optional<Difference> between(Member one, Member other) {
        return differences.stream()
                .flatMap(difference -> Stream.of(difference, difference.turned()))
                .filter(difference -> difference.member().equals(one.name())
                        && difference.against().equals(other.name()))
                .findFirst();
    }

    private double rank(Member member) {
        double mean = member.summary().get(question.metric()).mean();
        return metric.isBetterWhenHigher() ? -mean : mean;
    }

    private static long scoredRuns(Member member) {
        return member.runs().stream().filter(RunOutcome::hasScores).count();
    }

    private String seeds() {
        List<Long> counts = members.stream()
                .map(member ->
                        member.runs().stream().map(RunOutcome::seed).distinct().count())
                .sorted()
                .toList();
        long fewest = counts.get(0);
        long most = counts.get(counts.size() - 1);
        String seeds = (fewest == most ? "" : fewest + " to ") + most + " seed" + (most == 1 ? "" : "s");
        return seeds
                + (question.folds() == null ? "" : " of " + question.folds() + " folds each")
                + (question.looks().size() == 1 ? "" : " (looked at after " + looks(most) + ")");
    }

    private String looks(long most) {
        return enumerated(question.looks().stream()
                .filter(look -> look <= most)
                .map(String::valueOf)
                .toList());
    }

    private static String capitalised(String sentence) {
        return sentence.startsWith("at ") || sentence.startsWith("nothing ")
                ? sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1)
                : sentence;
    }

    private static String enumerated(List<String> names) {
        int last = names.size() - 1;
        return last == 0
                ? names.get(0)
                : names.subList(0, last).stream().collect(Collectors.joining(", ")) + " and " + names.get(last);
    }
}
