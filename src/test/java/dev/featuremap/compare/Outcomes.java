package dev.featuremap.compare;

import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.ComparisonResult.Member;
import dev.featuremap.run.RunOutcome;
import dev.featuremap.run.RunStatus;
import dev.featuremap.run.Scores;
import java.util.ArrayList;
import java.util.List;

/** Members with made-up scores. */
final class Outcomes {
    static final List<Metric> METRICS = List.of(Metric.ACCURACY, Metric.MSE, Metric.MAE);

    private Outcomes() {}

    /** A member whose run with seed 1, 2, 3 … has these accuracies; NaN: it diverged. Its mse and mae are 1 − accuracy. */
    static Member member(String name, double... accuracies) {
        List<RunOutcome> runs = new ArrayList<>();
        for (int i = 0; i < accuracies.length; i++) {
            runs.add(
                    Double.isNaN(accuracies[i])
                            ? new RunOutcome(
                                    i + 1,
                                    RunStatus.DIVERGED,
                                    "training diverged: the loss is NaN",
                                    "run",
                                    null,
                                    null,
                                    null)
                            : new RunOutcome(i + 1, RunStatus.DONE, null, "run", null, scores(accuracies[i]), null));
        }
        return new Member(name, List.of("loss=" + name), runs, Summaries.of(runs, METRICS));
    }

    /** As {@link #member}, tested on data of this name. */
    static Member memberOn(String testData, String name, double... accuracies) {
        List<RunOutcome> runs = member(name, accuracies).runs().stream()
                .map(run ->
                        new RunOutcome(run.seed(), run.status(), run.cause(), run.runDir(), null, run.test(), testData))
                .toList();
        return new Member(name, List.of("loss=" + name), runs, Summaries.of(runs, METRICS));
    }

    static Scores scores(double accuracy) {
        return new Scores(100, 1, accuracy, 1 - accuracy, 1 - accuracy, null, null, null);
    }
}
