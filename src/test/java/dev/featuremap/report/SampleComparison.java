package dev.featuremap.report;

import dev.featuremap.run.ComparisonResult;
import dev.featuremap.run.ComparisonResult.Difference;
import dev.featuremap.run.ComparisonResult.Member;
import dev.featuremap.run.ComparisonResult.Summary;
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
                        runs,
                        Map.of("accuracy", new Summary(2, 0.9, 0.01, List.of(0.8, 1.0)))));
            }
            members.add(new Member(
                    "fast",
                    List.of("training.updater.learningRate=100"),
                    List.of(new RunOutcome(
                            1, RunStatus.DIVERGED, "the loss is NaN at step 3", "run", null, null, null)),
                    Map.of()));
            Difference difference = new Difference("mae", "mse", "accuracy", -0.02, List.of(-0.03, -0.01), -2.5);
            Files.writeString(
                    folder.resolve("comparison.json"),
                    Json.write(new ComparisonResult(
                            "sample", members, List.of(difference), "With 2 seeds mse beats mae by 2 points.")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }
}
