package dev.featuremap.compare;

import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.ComparisonDirectory;
import dev.featuremap.run.ComparisonResult;
import dev.featuremap.run.ComparisonResult.Member;
import dev.featuremap.run.ComparisonResult.Question;
import dev.featuremap.run.RunOutcome;
import dev.featuremap.run.RunStatus;
import dev.featuremap.run.Scores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
                                    null,
                                    RunStatus.DIVERGED,
                                    "training diverged: the loss is NaN",
                                    "run",
                                    null,
                                    null,
                                    null)
                            : new RunOutcome(
                                    i + 1, null, RunStatus.DONE, null, "run", null, scores(accuracies[i]), null));
        }
        return new Member(name, List.of("loss=" + name), null, runs, Summaries.of(runs, METRICS, 0));
    }

    /** As {@link #member}, tested on data of this name. */
    static Member memberOn(String testData, String name, double... accuracies) {
        List<RunOutcome> runs = member(name, accuracies).runs().stream()
                .map(run -> new RunOutcome(
                        run.seed(), null, run.status(), run.cause(), run.runDir(), null, run.test(), testData))
                .toList();
        return new Member(name, List.of("loss=" + name), null, runs, Summaries.of(runs, METRICS, 0));
    }

    /** As {@link #member}, each seed's accuracies one per fold. */
    static Member inFolds(int folds, String name, double... accuracies) {
        Member member = member(name, accuracies);
        List<RunOutcome> runs = new ArrayList<>();
        for (int i = 0; i < accuracies.length; i++) {
            RunOutcome run = member.runs().get(i);
            runs.add(new RunOutcome(i / folds + 1, i % folds + 1, run.status(), null, "run", run.test(), null, null));
        }
        return new Member(name, member.overrides(), null, runs, member.summary());
    }

    /** The same as a grid's member with these values of the grid's keys. */
    static Member at(Map<String, String> levels, Member member) {
        return new Member(member.name(), member.overrides(), levels, member.runs(), member.summary());
    }

    static Scores scores(double accuracy) {
        return new Scores(100, 1, accuracy, 1 - accuracy, 1 - accuracy, null, null, null);
    }

    /** What members show whose runs have left no answers. */
    static ComparisonResult result(Question question, List<Member> members) {
        TestAnswers none = new TestAnswers(new ComparisonDirectory(Path.of("nowhere")));
        return new Analysis(question, members).result("made up", none);
    }
}
