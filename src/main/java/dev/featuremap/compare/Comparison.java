package dev.featuremap.compare;

import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.Grid;
import dev.featuremap.experiment.InvalidKey;
import dev.featuremap.experiment.Key;
import dev.featuremap.experiment.Keys;
import dev.featuremap.experiment.Loss;
import dev.featuremap.experiment.Margins;
import dev.featuremap.experiment.Seeds;
import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.ComparisonDirectory;
import dev.featuremap.run.ComparisonResult.Question;
import dev.featuremap.statistics.Looks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** What is compared with what: a base experiment, its members (each some overrides of it), and the seeds each runs with. */
public record Comparison(
        @Key(
                "what the comparison is called: letters, digits, dot, dash and underscore; with a member's name at most 63")
        String name,

        @Key(value = "the file of the experiment every member starts from", isPath = true)
        String base,

        @Key(value = "values every member uses instead of the base's, each key=value", byDefault = "[]")
        List<String> set,

        @Key("every member runs once with each: a whole number n for the seeds 1 to n, or a list")
        Seeds seeds,

        @Key(
                value =
                        "seeds are added in rounds until every question is decided, to at most so many; what --until-sure"
                                + " --at-most sets; none: seeds says how many",
                range = "[2, 1000]")
        Optional<Integer> seedsAtMost,

        @Key(value = "losses, each a member of its name; these come before the members below", byDefault = "[]")
        List<Loss> losses,

        @Key(
                value = "members that differ in anything; the first of all is the one the others are compared with",
                byDefault = "[]")
        List<Member> members,

        @Key(
                "instead of losses and members: keys of the experiment with the values each takes; every combination is a member")
        Optional<Grid> grid,

        @Key(
                value = "learning rates of which each member takes its best, found on validation data with the first"
                        + " seed; none: the base's rate",
                byDefault = "[]")
        List<Double> learningRates,

        @Key(
                value = "share of the training data held out for validation while learning rates are chosen",
                byDefault = "0.2",
                range = "(0, 0.5]")
        double validationShare,

        @Key(
                value =
                        "each seed parts the training data into so many folds, stratified by class, and each member is trained"
                                + " and scored once per fold held out; none: scored on the test data",
                range = "[2, 100]")
        Optional<Integer> folds,

        @Key("what members are ranked by: accuracy, mse, mae or r2; default: accuracy for classes, r2 for values")
        Optional<Metric> metric,

        @Key("the smallest difference that matters, in percentage points of accuracy, or a map from metrics to such"
                + " differences in their own unit; members that are shown to differ by less are equal")
        Optional<Margins> equivalence) {

    /** One way to run the base experiment. */
    public record Member(
            @Key("what the member is called: letters, digits, dot, dash and underscore")
            String name,

            @Key(value = "values to use instead of the base's, each key=value", byDefault = "[]")
            List<String> set,

            @Key("this member's own learning rates to choose from, instead of the comparison's")
            Optional<List<Double>> learningRates) {
        public Member {
            Keys.check(Member.class, name, set, learningRates);
            checkName(name);
            checkOverrides(set);
            learningRates.ifPresent(Comparison::checkLearningRates);
            set = List.copyOf(set);
            learningRates = learningRates.map(List::copyOf);
        }
    }

    public Comparison {
        Keys.check(
                Comparison.class,
                name,
                base,
                set,
                seeds,
                seedsAtMost,
                losses,
                members,
                grid,
                learningRates,
                validationShare,
                folds,
                metric,
                equivalence);
        checkName(name);
        checkOverrides(set);
        checkLearningRates(learningRates);
        if (metric.isPresent() && metric.get() == Metric.LOSS) {
            throw new InvalidKey(
                    "metric",
                    "loss",
                    "accuracy, mse, mae or r2: losses are on different scales, so none ranks the others");
        }
        set = List.copyOf(set);
        losses = List.copyOf(losses);
        members = List.copyOf(members);
        learningRates = List.copyOf(learningRates);
        int named = seeds.values().size();
        if (seedsAtMost.isPresent() && (named < 2 || seedsAtMost.get() < named)) {
            throw new InvalidKey(
                    "seedsAtMost",
                    seedsAtMost.get() + " with " + named + " seeds to begin with",
                    "2 seeds or more, then as many or more");
        }
        if (grid.isPresent() && !(losses.isEmpty() && members.isEmpty())) {
            throw new InvalidKey("grid", "losses or members beside it", "a grid alone: it makes the members");
        }
        checkMembers(name, all(losses, members, grid));
    }

    /** Every member in order: the losses, then the others; or the grid's points. */
    public List<Member> allMembers() {
        return all(losses, members, grid);
    }

    /** Of each member in order the value that each of the grid's keys has; empty maps without a grid. */
    List<Map<String, String>> levels() {
        return grid.map(Grid::points)
                .orElseGet(() -> Collections.nCopies(allMembers().size(), Map.of()));
    }

    /** At how many seeds the members are looked at, the last of them the most. */
    Looks looks() {
        int first = seeds.values().size();
        return seedsAtMost.map(most -> Looks.upTo(first, most)).orElseGet(() -> Looks.once(first));
    }

    /** The learning rates a member chooses from; empty: it keeps the one it has. */
    public List<Double> learningRatesOf(Member member) {
        return member.learningRates().orElse(learningRates);
    }

    /**
     * What it asks, as its result says it.
     *
     * @param metrics those its members have in common
     */
    Question question(List<Metric> metrics) {
        Map<String, Double> margins = new LinkedHashMap<>();
        for (Metric one : metrics) {
            equivalence
                    .map(all -> all.of(one))
                    .filter(OptionalDouble::isPresent)
                    .ifPresent(margin -> margins.put(one.word(), margin.getAsDouble()));
        }
        return new Question(
                metric.orElseGet(() -> Analysis.ranking(metrics)).word(),
                margins.isEmpty() ? null : margins,
                looks().at(),
                folds.orElse(null));
    }

    /** The same with further values that every member uses instead of the base's. */
    Comparison with(List<String> overrides) {
        List<String> all = new ArrayList<>(set);
        all.addAll(overrides);
        return new Comparison(
                name,
                base,
                all,
                seeds,
                seedsAtMost,
                losses,
                members,
                grid,
                learningRates,
                validationShare,
                folds,
                metric,
                equivalence);
    }

    /**
     * An earlier comparison with what of this one it may grow by: further seeds and members; while seeds are not added until all
     * is sure, also the margins of equivalence and the most seeds. What is decided after each round hangs on those.
     */
    Comparison grownFrom(Comparison earlier) {
        boolean inRounds = earlier.seedsAtMost.isPresent();
        List<Long> before = earlier.seeds.values();
        boolean moreSeeds = !inRounds
                && before.size() <= seeds.values().size()
                && seeds.values().subList(0, before.size()).equals(before);
        boolean moreMembers = !inRounds
                && allMembers().containsAll(earlier.allMembers())
                && allMembers().get(0).equals(earlier.allMembers().get(0));
        return new Comparison(
                earlier.name,
                earlier.base,
                earlier.set,
                moreSeeds ? seeds : earlier.seeds,
                inRounds ? earlier.seedsAtMost : seedsAtMost.filter(most -> moreSeeds),
                moreMembers ? losses : earlier.losses,
                moreMembers ? members : earlier.members,
                moreMembers ? grid : earlier.grid,
                earlier.learningRates,
                earlier.validationShare,
                earlier.folds,
                earlier.metric,
                inRounds ? earlier.equivalence : equivalence);
    }

    private static List<Member> all(List<Loss> losses, List<Member> members, Optional<Grid> grid) {
        List<Member> all = new ArrayList<>();
        for (Loss loss : losses) {
            String word = loss.name().toLowerCase(Locale.ROOT);
            all.add(new Member(word, List.of("loss=" + word), Optional.empty()));
        }
        all.addAll(members);
        grid.ifPresent(points -> points.points().forEach(point -> all.add(member(point))));
        return List.copyOf(all);
    }

    private static Member member(Map<String, String> point) {
        List<String> set = point.entrySet().stream()
                .map(level -> level.getKey() + "=" + level.getValue())
                .toList();
        String name = point.entrySet().stream()
                .map(level -> called(level.getKey(), level.getValue(), "").replaceAll("[^A-Za-z0-9._-]+", "_"))
                .collect(Collectors.joining("-"));
        if (!Experiment.NAME.matcher(name).matches()) {
            throw new InvalidKey(
                    "grid", name, "values that make a member's name of at most 64 characters; else name the members");
        }
        return new Member(name, set, Optional.empty());
    }

    /** A value of a key: a word alone, anything else behind the last part of the key. */
    static String called(String key, String value, String between) {
        boolean isWord = value.matches("[A-Za-z][A-Za-z_]*") && !value.matches("true|false|null");
        return isWord ? value : key.substring(key.lastIndexOf('.') + 1) + between + value;
    }

    private static void checkName(String name) {
        if (!Experiment.NAME.matcher(name).matches()) {
            throw new InvalidKey("name", '"' + name + '"', "letters, digits, dot, dash and underscore, at most 64");
        }
    }

    private static void checkOverrides(List<String> set) {
        for (String override : set) {
            String key = override.substring(0, Math.max(0, override.indexOf('=')));
            if (key.isEmpty()) {
                throw new InvalidKey("set", '"' + override + '"', "a list of key=value");
            }
            if (Set.of("name", "seed", "training.measureTest").contains(key)) {
                throw new InvalidKey("set", override, "other keys: the comparison itself sets " + key);
            }
        }
    }

    private static void checkLearningRates(List<Double> rates) {
        if (new HashSet<>(rates).size() < rates.size() || rates.stream().anyMatch(rate -> rate <= 0 || rate > 1000)) {
            throw new InvalidKey("learningRates", rates, "different numbers in (0, 1000]");
        }
    }

    private static void checkMembers(String comparison, List<Member> all) {
        if (all.size() < 2) {
            throw new InvalidKey("members", all.size() + " members", "2 or more, losses counted");
        }
        Set<String> names = new HashSet<>();
        for (Member member : all) {
            if (ComparisonDirectory.OWN_NAMES.contains(member.name().toLowerCase(Locale.ROOT))) {
                throw new InvalidKey("members", "one called " + member.name(), "other names: a file is called so");
            }
            // A name is a folder too, and some file systems take MSE and mse for one.
            if (!names.add(member.name().toLowerCase(Locale.ROOT))) {
                throw new InvalidKey("members", "two called " + member.name(), "different names, losses counted");
            }
            if (!Experiment.NAME.matcher(runName(comparison, member)).matches()) {
                throw new InvalidKey(
                        "name",
                        comparison,
                        "a name that with a member's, such as " + member.name() + ", is shorter than 64");
            }
        }
    }

    /** What a member's runs are called. */
    static String runName(String comparison, Member member) {
        return comparison + "-" + member.name();
    }
}
