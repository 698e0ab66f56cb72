package dev.featuremap.report;

import dev.featuremap.run.ComparisonDirectory;
import dev.featuremap.run.ComparisonResult;
import dev.featuremap.run.ComparisonResult.Difference;
import dev.featuremap.run.ComparisonResult.Member;
import dev.featuremap.run.ComparisonResult.Question;
import dev.featuremap.run.ComparisonResult.Summary;
import dev.featuremap.run.ComparisonResult.TestSet;
import dev.featuremap.run.ComparisonResult.Verdict;
import dev.featuremap.run.Json;
import dev.featuremap.run.RunOutcome;
import dev.featuremap.run.RunStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A comparison's folder as the compare command leaves it: two members with two seeds each, one whose runs were removed, and one
 * that diverged. mse beats mae and equals l2, which may beat mae.
 */
final class SampleComparison {
    private SampleComparison() {}

    static Path write(Path folder) {
        List<Member> members = new ArrayList<>();
        try {
            for (String name : List.of("mse", "mae")) {
                Files.createDirectories(folder.resolve(name));
                List<RunOutcome> runs = new ArrayList<>();
                for (long seed = 1; seed <= 2; seed++) {
                    var run = SampleRun.in(folder.resolve(name).resolve("seed-" + seed))
                            .named("sample-" + name, seed)
                            .sized(3, 100)
                            .write();
                    runs.add(new RunOutcome(
                            seed,
                            null,
                            RunStatus.DONE,
                            null,
                            "run",
                            null,
                            run.result().test(),
                            null));
                }
                members.add(new Member(
                        name,
                        List.of("loss=" + name),
                        null,
                        runs,
                        Map.of("accuracy", new Summary(2, name.equals("mse") ? 0.9 : 0.88, 0.01, List.of(0.8, 1.0)))));
            }
            RunOutcome gone = new RunOutcome(1, null, RunStatus.DONE, null, "run", null, null, null);
            members.add(new Member(
                    "l2",
                    List.of("loss=l2"),
                    null,
                    List.of(gone),
                    Map.of("accuracy", new Summary(2, 0.899, 0.01, List.of(0.8, 0.95)))));
            members.add(new Member(
                    "fast",
                    List.of("training.updater.learningRate=100"),
                    null,
                    List.of(new RunOutcome(
                            1, null, RunStatus.DIVERGED, "the loss is NaN at step 3", "run", null, null, null)),
                    Map.of()));
            Files.writeString(
                    folder.resolve("comparison.json"),
                    Json.write(new ComparisonResult(
                            "sample",
                            new Question("accuracy", Map.of("accuracy", 0.005), List.of(2), null),
                            members,
                            List.of(
                                    difference(
                                            "mae",
                                            "mse",
                                            "accuracy",
                                            -0.02,
                                            List.of(-0.03, -0.01),
                                            Verdict.WORSE,
                                            0.01),
                                    difference(
                                            "l2", "mse", "accuracy", -0.001, List.of(-0.002, 0.0), Verdict.EQUAL, 0.2),
                                    difference(
                                            "l2", "mae", "accuracy", 0.019, List.of(0.001, 0.037), Verdict.OPEN, 0.04)),
                            List.of(),
                            "mse beats mae; equals l2 within 0.5 points.",
                            "With 2 seeds mse beats mae by 2 points.")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    /** Writes the report of a comparison's folder. */
    static Path report(Path folder) {
        ComparisonDirectory directory = new ComparisonDirectory(folder);
        return ComparisonReport.write(directory, directory.result());
    }

    /**
     * A difference of two pairs of runs.
     *
     * @param p of this pair alone
     */
    static Difference difference(
            String member, String against, String metric, double mean, List<Double> ci95, Verdict verdict, Double p) {
        TestSet luck =
                p == null ? null : new TestSet("accuracy", 100, List.of(mean - 0.1, mean + 0.1), 0.25, 0.5, 0.25, null);
        return new Difference(member, against, metric, 2, mean, ci95, null, null, p, p, p, null, verdict, null, luck);
    }

    /** A comparison of members that are ranked by their means in a metric. */
    static ComparisonResult ranked(String metric, Map<String, Double> means, Difference... differences) {
        return new ComparisonResult(
                "ranked",
                new Question(metric, null, List.of(2), null),
                means.entrySet().stream()
                        .map(member -> new Member(
                                member.getKey(),
                                List.of(),
                                null,
                                List.of(),
                                Map.of(metric, new Summary(2, member.getValue(), null, null))))
                        .toList(),
                List.of(differences),
                List.of(),
                "",
                "");
    }
}
