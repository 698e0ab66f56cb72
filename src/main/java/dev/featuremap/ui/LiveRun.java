package dev.featuremap.ui;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.run.DirectoryLock;
import dev.featuremap.run.MetricsRow;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunStatus;
import dev.featuremap.run.Scores;
import dev.featuremap.run.StepRow;
import java.util.List;

/**
 * How a run is doing, from the files that its training leaves as it goes.
 *
 * @param status a {@link RunStatus} in words
 * @param trained batches trained since the start
 * @param stepsPerEpoch 0 while that is not known
 * @param epochs that are to be trained
 * @param batchSize examples of a step
 * @param steps those after the one that the asker knows
 * @param metrics the scores of the epochs that have ended
 * @param r2 that of a network of values that has ended; else null
 * @param checkpoint the step of the newest; null for none
 */
@JsonInclude(Include.NON_NULL)
record LiveRun(
        String status,
        long trained,
        long stepsPerEpoch,
        int epochs,
        int batchSize,
        List<StepRow> steps,
        List<MetricsRow> metrics,
        Double r2,
        Long checkpoint) {
    /**
     * @param experiment what the run was asked for, as {@link RunDirectory#experiment()}
     * @param after the last step that is known already; 0 for none
     */
    static LiveRun of(RunDirectory run, Experiment experiment, long after) {
        // The status first: what a run that has ended left is then read whole.
        String status = status(run);
        List<MetricsRow> metrics = run.metricsRows();
        List<StepRow> steps = run.stepRowsAfter(after);
        long scored = metrics.isEmpty() ? 0 : metrics.get(metrics.size() - 1).step();
        return new LiveRun(
                status,
                Math.max(run.checkpoints().lastTrainedStep(), scored),
                run.checkpoints().stepsPerEpoch(),
                experiment.training().epochs(),
                experiment.training().batchSize(),
                steps,
                metrics,
                r2(run),
                run.checkpoints().newestStep().isPresent()
                        ? run.checkpoints().newestStep().getAsLong()
                        : null);
    }

    private static Double r2(RunDirectory run) {
        Scores scores = run.hasResult() ? run.result().scores() : null;
        return scores == null ? null : scores.r2();
    }

    static String status(RunDirectory run) {
        if (run.hasResult()) {
            return run.result().status().word();
        }
        return RunStatus.withoutResult(DirectoryLock.owner(run.path()).isPresent())
                .word();
    }
}
