package dev.featuremap.tune.arbiter;

import org.deeplearning4j.arbiter.optimize.api.termination.TerminationCondition;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;

/** Ends a search when nothing more is drawn and all that was has ended; Arbiter's runner does not see a grid's end. */
final class SearchEnd implements TerminationCondition {
    private final Draws draws;

    SearchEnd(Draws draws) {
        this.draws = draws;
    }

    @Override
    public void initialize(IOptimizationRunner runner) {}

    @Override
    public boolean terminate(IOptimizationRunner runner) {
        return draws.isOver();
    }
}
