package dev.featuremap.jobs;

import dev.featuremap.Failure;
import dev.featuremap.run.RunOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Makes planned runs, several at a time; what was made before is not made again, and a failure ends no other run. */
public final class PlannedRuns {
    private final RunMaker maker;
    private final int parallel;
    private final Watcher watcher;

    /**
     * @param maker makes one run; called by as many threads at a time as {@code parallel} says
     */
    public PlannedRuns(RunMaker maker, int parallel, Watcher watcher) {
        this.maker = maker;
        this.parallel = parallel;
        this.watcher = watcher;
    }

    /** Is told how the runs go, by one thread at a time. */
    public interface Watcher {
        /**
         * Runs are about to be made.
         *
         * @param runs how many there are to be
         * @param there how many of them have been made before
         */
        default void began(int runs, int there) {}

        /** A run came to an end, or failed. */
        default void ended(PlannedRun run, RunOutcome outcome) {}
    }

    /** The outcomes of runs in their order; those that are there already are not made again. */
    public List<RunOutcome> make(List<PlannedRun> planned) {
        List<Optional<RunOutcome>> there =
                planned.stream().map(PlannedRun::ended).toList();
        watcher.began(
                planned.size(), (int) there.stream().filter(Optional::isPresent).count());
        ExecutorService workers = Executors.newFixedThreadPool(parallel);
        try {
            List<Future<RunOutcome>> made = new ArrayList<>();
            for (int i = 0; i < planned.size(); i++) {
                PlannedRun run = planned.get(i);
                Optional<RunOutcome> before = there.get(i);
                made.add(workers.submit(() -> before.orElseGet(() -> makeOne(run))));
            }
            List<RunOutcome> outcomes = new ArrayList<>();
            for (Future<RunOutcome> future : made) {
                outcomes.add(future.get());
            }
            return outcomes;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Failure failure) {
                throw failure;
            }
            throw new IllegalStateException("a run ended unexpectedly", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.environment("interrupted", "the same command goes on where it stopped", e);
        } finally {
            workers.shutdownNow();
        }
    }

    /** Goes on with a run that was stopped; false when there is none, or its checkpoints are damaged. */
    private boolean resumed(PlannedRun run) {
        if (!run.isResumable()) {
            return false;
        }
        try {
            return maker.resume(run.folder());
        } catch (Failure failure) {
            if (failure.kind() == Failure.Kind.MODEL) {
                return false;
            }
            throw failure;
        }
    }

    /**
     * What came of one run: before, be it a failure, or now. May be called by several threads.
     *
     * @throws Failure (interrupted, terminated) when its end was asked for, which is no failure of its own
     */
    public RunOutcome settle(PlannedRun run) {
        return run.ended().or(run::failedBefore).orElseGet(() -> makeOne(run));
    }

    /**
     * Makes one run, from where it was stopped before or else from an empty folder; a failure is kept there and told in the
     * outcome.
     */
    private RunOutcome makeOne(PlannedRun run) {
        RunOutcome outcome;
        try {
            if (!resumed(run)) {
                run.clear();
                maker.make(run.experiment(), run.folder());
            }
            outcome = run.ended()
                    .orElseThrow(() -> Failure.environment(
                            "the run in " + run.folder() + " ended without a result", "repeat the command", null));
        } catch (Failure failure) {
            if (failure.isInterruption()) {
                throw new Failure(
                        failure.kind(),
                        run.folder() + ": " + failure.getMessage(),
                        "the same command goes on where it stopped");
            }
            outcome = run.failed(failure);
        }
        synchronized (watcher) {
            watcher.ended(run, outcome);
        }
        return outcome;
    }
}
