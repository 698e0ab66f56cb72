package dev.featuremap.compare;

import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.InvalidKey;
import dev.featuremap.experiment.Key;
import dev.featuremap.experiment.Keys;
import dev.featuremap.experiment.Loss;
import dev.featuremap.experiment.Seeds;
import dev.featuremap.experiment.TrainingSpec.Metric;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

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

        @Key(value = "losses, each a member of its name; these come before the members below", byDefault = "[]")
        List<Loss> losses,

        @Key(
                value = "members that differ in anything; the first of all is the one the others are compared with",
                byDefault = "[]")
        List<Member> members,

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

        @Key("what members are ranked by: accuracy, mse, mae or r2; default: accuracy for classes, r2 for values")
        Optional<Metric> metric) {

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
        Keys.check(Comparison.class, name, base, set, seeds, losses, members, learningRates, validationShare, metric);
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
        checkMembers(name, all(losses, members));
    }

    /** Every member in order: the losses, then the others. */
    public List<Member> allMembers() {
        return all(losses, members);
    }

    /** The learning rates a member chooses from; empty: it keeps the one it has. */
    public List<Double> learningRatesOf(Member member) {
        return member.learningRates().orElse(learningRates);
    }

    /** The same with further values that every member uses instead of the base's. */
    Comparison with(List<String> overrides) {
        List<String> all = new ArrayList<>(set);
        all.addAll(overrides);
        return new Comparison(name, base, all, seeds, losses, members, learningRates, validationShare, metric);
    }

    private static List<Member> all(List<Loss> losses, List<Member> members) {
        List<Member> all = new ArrayList<>();
        for (Loss loss : losses) {
            String word = loss.name().toLowerCase(Locale.ROOT);
            all.add(new Member(word, List.of("loss=" + word), Optional.empty()));
        }
        all.addAll(members);
        return List.copyOf(all);
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
