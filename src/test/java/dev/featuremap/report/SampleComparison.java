package dev.featuremap.report;

import dev.featuremap.report.ComparisonJson.Difference;
import dev.featuremap.report.ComparisonJson.Member;
import dev.featuremap.report.ComparisonJson.Run;
import dev.featuremap.report.ComparisonJson.Summary;
import dev.featuremap.run.Json;
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
                List<Run> runs = new ArrayList<>();
                for (long seed = 1; seed <= 2; seed++) {
                    var run = SampleRun.in(folder.resolve(name).resolve("seed-" + seed))
                            .named("sample-" + name, seed)
                            .sized(3, 100)
                            .write();
                    runs.add(new Run(seed, RunStatus.DONE, null, run.result().test()));
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
                    List.of(new Run(1, RunStatus.DIVERGED, "the loss is NaN at step 3", null)),
                    Map.of()));
            Difference difference = new Difference("mae", "mse", "accuracy", -0.02, List.of(-0.03, -0.01), -2.5);
            Files.writeString(
                    folder.resolve("comparison.json"),
                    Json.write(new ComparisonJson(
                            "sample", members, List.of(difference), "With 2 seeds mse beats mae by 2 points.")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }
}
