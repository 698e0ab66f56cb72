package dev.featuremap.report;

import dev.featuremap.run.ComparisonDirectory;
import dev.featuremap.run.ComparisonResult;
import dev.featuremap.run.ComparisonResult.Difference;
import dev.featuremap.run.ComparisonResult.Member;
import dev.featuremap.run.ComparisonResult.Question;
import dev.featuremap.run.ComparisonResult.Summary;
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

/** A comparison's folder as the compare command leaves it: two members with two seeds each, and one that diverged. */
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
                        Map.of("accuracy", new Summary(2, 0.9, 0.01, List.of(0.8, 1.0)))));
            }
            members.add(new Member(
                    "fast",
                    List.of("training.updater.learningRate=100"),
                    null,
                    List.of(new RunOutcome(
                            1, null, RunStatus.DIVERGED, "the loss is NaN at step 3", "run", null, null, null)),
                    Map.of()));
            Difference difference = difference("mae", "mse", "accuracy", -0.02, List.of(-0.03, -0.01), -2.5);
            Files.writeString(
                    folder.resolve("comparison.json"),
                    Json.write(new ComparisonResult(
                            "sample",
                            new Question("accuracy", null, List.of(2), null),
                            members,
                            List.of(difference),
                            List.of(),
                            "mse beats mae.",
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

    /** A difference of two pairs of runs: shown where its interval leaves 0 out. */
    static Difference difference(
            String member, String against, String metric, double mean, List<Double> ci95, Double effectSize) {
        boolean shown = ci95 != null && ci95.get(0) * ci95.get(1) > 0;
        Verdict verdict = shown ? (mean > 0 ? Verdict.BETTER : Verdict.WORSE) : Verdict.OPEN;
        Double p = ci95 == null ? null : shown ? 0.01 : 0.5;
        return new Difference(
                member, against, metric, 2, mean, ci95, effectSize, null, p, p, p, null, verdict, null, null);
    }
}
