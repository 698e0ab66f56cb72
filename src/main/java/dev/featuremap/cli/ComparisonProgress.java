package dev.featuremap.cli;

import dev.featuremap.compare.ComparisonWatcher;
import dev.featuremap.jobs.PlannedRun;
import dev.featuremap.run.RunOutcome;
import java.util.Locale;
import java.util.OptionalDouble;

/** A comparison as it is watched: a line per run. */
final class ComparisonProgress implements ComparisonWatcher {
    private final Terminal terminal;
    private int runs;
    private int ended;

    ComparisonProgress(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void began(int planned, int there) {
        runs = planned;
        ended = there;
        if (there > 0) {
            terminal.tell("%d of %d runs were made before%n", there, planned);
        }
    }

    @Override
    public void ended(PlannedRun run, RunOutcome outcome) {
        ended++;
        terminal.tell(
                "[%d/%d] %s %s: %s%n",
                ended,
                runs,
                run.member(),
                run.folder().getFileName(),
                outcome.hasScores()
                        ? (run.isTrial() ? "validation " : "") + RunText.line(outcome.scores())
                        : outcome.status().word() + ": " + outcome.cause());
    }

    @Override
    public void looked(int seeds, int open, int questions) {
        terminal.tell("after %d seeds %d of %d questions are open%n", seeds, open, questions);
    }

    @Override
    public void chose(String member, double learningRate, String metric, OptionalDouble value) {
        String why = value.isPresent()
                ? String.format(Locale.ROOT, "validation %s %.4f", metric, value.getAsDouble())
                : "the first, as none has a validation " + metric;
        terminal.tell("%s: learning rate %s, %s%n", member, learningRate, why);
    }
}
