package dev.featuremap.cli;

import dev.featuremap.run.TuningResult.Candidate;
import dev.featuremap.tune.Tuning;
import dev.featuremap.tune.TuningWatcher;

/** A search as it is watched: a line per candidate. */
final class TuningProgress implements TuningWatcher {
    private final Terminal terminal;
    private final String planned;
    private final String metric;
    private int before;
    private int ended;

    TuningProgress(Terminal terminal, Tuning tuning) {
        this.terminal = terminal;
        this.planned = tuning.candidates().map(candidates -> "/" + candidates).orElse("");
        this.metric = tuning.rankedBy().word();
    }

    @Override
    public void ended(Candidate candidate, boolean madeBefore, boolean best) {
        ended++;
        if (madeBefore) {
            before++;
            return;
        }
        tellBefore();
        terminal.tell(
                "[%d%s] candidate %d: %s%s%n",
                ended,
                planned,
                candidate.index(),
                candidate.cause() != null
                        ? candidate.status().word() + ": " + candidate.cause()
                        : (candidate.counts() ? "" : candidate.status().word() + " at ") + "validation " + metric + " "
                                + TuningText.score(metric, candidate.score()),
                best ? "  best so far" : "");
    }

    @Override
    public void training(Candidate best) {
        tellBefore();
        terminal.tell("training candidate %d, the best, on all training data%n", best.index());
    }

    /** Those that were there are drawn again at once; they are told together. */
    private void tellBefore() {
        if (before > 0) {
            terminal.tell("%d candidates were tried before%n", before);
            before = 0;
        }
    }
}
