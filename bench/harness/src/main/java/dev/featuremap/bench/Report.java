package dev.featuremap.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a run of the bench found, as Markdown and as JSON. */
record Report(String plan, Machine before, Machine after, List<Measurement> measurements) {
    private static final String LENET_64 = "train lenet 64";
    private static final String LENET_256 = "train lenet 256";
    private static final String LECTURE_64 = "train lecture 64";
    private static final String NORMALIZED_64 = "train normalized 64";
    private static final String SGEMM = "sgemm";

    String markdown() {
        Results results = new Results(measurements);
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                "# Bench %s, %s to %s%n%n%s, %d processors, Java %s; load %s before, %s after.%n",
                plan,
                before.time(),
                after.time(),
                before.cpu(),
                before.processors(),
                before.java(),
                before.load(),
                after.load()));
        text.append(String.format("Medians, least–most over rounds; ratios are taken round by round.%n"));
        results.names().forEach(name -> table(text, results, name));
        shares(text, results);
        floors(text, results);
        return text.toString();
    }

    private static void table(StringBuilder text, Results results, String name) {
        text.append(String.format("%n## %s%s%n%n", name, unit(name)));
        text.append(String.format(
                "| contestant | median | least–most | to stock | to libtorch 1 |%n|---|---|---|---|---|%n"));
        for (Setup setup : Setup.ALL) {
            Map<Integer, Double> values = results.of(setup, name);
            Results.statistics(values)
                    .ifPresent(found -> text.append(String.format(
                            "| %s | %s | %s–%s | %s | %s |%n",
                            setup,
                            number(found.median()),
                            number(found.least()),
                            number(found.most()),
                            ratio(Results.ratio(values, results.of(Setup.STOCK, name))),
                            ratio(Results.ratio(values, results.of(Setup.LIBTORCH_1, name))))));
        }
    }

    private static String unit(String name) {
        for (Task.Kind kind : Task.Kind.values()) {
            if (name.startsWith(kind.name().toLowerCase(Locale.ROOT)) && !name.endsWith("s")) {
                return name.startsWith("goal epochs") ? "" : ", " + kind.unit();
            }
        }
        return name.startsWith("epoch ") && !name.contains("accuracy") ? ", s from the process's start" : "";
    }

    /**
     * The network's arithmetic done, as a share of the best matrix product that the same round found on one thread. Products by
     * zero count, whether a contestant takes them or not, so a share can be above 1.
     */
    private static void shares(StringBuilder text, Results results) {
        text.append(String.format("%n## Share of the sgemm peak, one thread, products by zero counted%n%n"));
        text.append(String.format("| contestant | network | share |%n|---|---|---|%n"));
        for (Setup setup : List.of(Setup.ONEDNN_1, Setup.LIBTORCH_1)) {
            for (String name : List.of(LENET_64, LENET_256, LECTURE_64)) {
                text.append(String.format("| %s | %s | %s |%n", setup, name, ratio(share(results, setup, name))));
            }
        }
    }

    private static Optional<Statistics> share(Results results, Setup setup, String name) {
        Network network = name.equals(LECTURE_64) ? Network.LECTURE : Network.LENET;
        Map<Integer, Double> arithmetic = new TreeMap<>();
        results.of(setup, name).forEach((round, rate) -> arithmetic.put(round, rate * network.trainingFlop() / 1e9));
        return Results.ratio(arithmetic, results.best(SGEMM, Setup.ALL, Math::max));
    }

    private static void floors(StringBuilder text, Results results) {
        text.append(String.format("%n## Floors%n%n| promise | floor | found | held |%n|---|---|---|---|%n"));
        for (String name : List.of(LENET_64, LENET_256)) {
            row(
                    text,
                    name + ": onednn in f32 to libtorch's best, one thread",
                    1.7,
                    Results.ratio(results.of(Setup.ONEDNN_1, name), bestOfOne(results, name)));
            row(
                    text,
                    name + ": onednn in f32 to libtorch's best, two threads",
                    1.6,
                    Results.ratio(results.of(Setup.ONEDNN_2, name), bestOfTwo(results, name)));
            row(
                    text,
                    name + ": onednn to stock",
                    20,
                    Results.ratio(results.of(Setup.ONEDNN_2, name), results.of(Setup.STOCK, name)));
            row(
                    text,
                    name + ": a plain program with FastTraining to stock",
                    15,
                    Results.ratio(results.of(Setup.FAST_TRAINING, name), results.of(Setup.STOCK, name)));
            row(
                    text,
                    name + ": nd4j to stock",
                    5,
                    Results.ratio(results.of(Setup.ND4J, name), results.of(Setup.STOCK, name)));
            row(
                    text,
                    name + ": onednn's share of the sgemm peak, one thread",
                    0.55,
                    share(results, Setup.ONEDNN_1, name));
            row(
                    text,
                    name + ": onednn, two threads to one",
                    1.85,
                    Results.ratio(results.of(Setup.ONEDNN_2, name), results.of(Setup.ONEDNN_1, name)));
            row(
                    text,
                    name + ": onednn, two threads to two processes that exchange nothing",
                    0.9,
                    Results.ratio(results.of(Setup.ONEDNN_2, name), results.of(Setup.ONEDNN_2X1, name)));
        }
        bf16(text, results, LENET_256, 1.2, 2);
        bf16(text, results, LECTURE_64, 1.35, 1.5);
        bf16(text, results, NORMALIZED_64, 1.6, 1.5);
        row(
                text,
                NORMALIZED_64 + ": onednn in f32, two threads to one",
                1.7,
                Results.ratio(results.of(Setup.ONEDNN_2, NORMALIZED_64), results.of(Setup.ONEDNN_1, NORMALIZED_64)));
        String infer = "infer lenet 1000";
        row(
                text,
                infer + ": onednn to libtorch's best, one thread",
                1.5,
                Results.ratio(results.of(Setup.ONEDNN_1, infer), bestOfOne(results, infer)));
        row(
                text,
                infer + ": onednn to libtorch's best, two threads",
                1.5,
                Results.ratio(results.of(Setup.ONEDNN_2, infer), bestOfTwo(results, infer)));
        String latency = "latency lenet 1";
        row(
                text,
                latency + ": libtorch's best to onednn, one thread",
                1,
                Results.ratio(
                        results.best(latency, Setup.LIBTORCH_OF_ONE, Math::min), results.of(Setup.ONEDNN_1, latency)));
        String goal = "goal lenet 64";
        row(
                text,
                "start to 99 %: libtorch to onednn, two threads",
                1.5,
                Results.ratio(results.of(Setup.LIBTORCH_2, goal), results.of(Setup.ONEDNN_2, goal)));
    }

    private static void bf16(StringBuilder text, Results results, String name, double toF32, double toLibtorch) {
        Map<Integer, Double> one = results.of(Setup.ONEDNN_1_BF16, name);
        row(
                text,
                name + ": onednn in bf16 to f32, one thread",
                toF32,
                Results.ratio(one, results.of(Setup.ONEDNN_1, name)));
        row(
                text,
                name + ": onednn in bf16 to libtorch's best, one thread",
                toLibtorch,
                Results.ratio(one, bestOfOne(results, name)));
        row(
                text,
                name + ": onednn in bf16 to libtorch's best, two threads",
                toLibtorch,
                Results.ratio(results.of(Setup.ONEDNN_2_BF16, name), bestOfTwo(results, name)));
    }

    private static Map<Integer, Double> bestOfOne(Results results, String name) {
        return results.best(name, Setup.LIBTORCH_OF_ONE, Math::max);
    }

    private static Map<Integer, Double> bestOfTwo(Results results, String name) {
        return results.best(name, Setup.LIBTORCH_OF_TWO, Math::max);
    }

    private static void row(StringBuilder text, String promise, double floor, Optional<Statistics> found) {
        String held = found.map(ratio -> ratio.median() >= floor ? "yes" : "no").orElse("not measured");
        text.append(String.format("| %s | %s | %s | %s |%n", promise, number(floor), ratio(found), held));
    }

    private static String ratio(Optional<Statistics> ratio) {
        return ratio.map(found -> String.format("%.2f (%.2f–%.2f)", found.median(), found.least(), found.most()))
                .orElse("");
    }

    private static String number(double value) {
        return value >= 100 ? String.format("%,.0f", value) : String.format("%.3g", value);
    }

    String json() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                "{%n  \"plan\": \"%s\",%n  \"start\": \"%s\",%n  \"end\": \"%s\",%n  \"cpu\": \"%s\",%n  \"processors\": %d,%n",
                plan, before.time(), after.time(), before.cpu(), before.processors()));
        text.append(String.format(
                "  \"java\": \"%s\",%n  \"load\": [\"%s\", \"%s\"],%n  \"measurements\": [",
                before.java(), before.load(), after.load()));
        String separator = "";
        for (Measurement one : measurements) {
            text.append(String.format(
                    "%s%n    {\"round\": %d, \"contestant\": \"%s\", \"name\": \"%s\", \"value\": %s}",
                    separator, one.round(), one.contestant(), one.name(), one.value()));
            separator = ",";
        }
        return text.append(String.format("%n  ]%n}%n")).toString();
    }
}
