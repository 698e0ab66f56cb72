package dev.featuremap.cli;

import dev.featuremap.backend.Memory;
import dev.featuremap.data.DataFolder;
import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.jobs.ChildProcessRunMaker;
import dev.featuremap.jobs.Cluster;
import dev.featuremap.jobs.InProcessRunMaker;
import dev.featuremap.jobs.RunMaker;
import dev.featuremap.jobs.StoppableRunMaker;
import dev.featuremap.run.OwnedDirectory;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.ExperimentRun;
import dev.featuremap.train.StopRequest;
import java.nio.file.Files;
import java.nio.file.Path;

/** What makes the runs of a comparison or a search, one at a time here or several in processes of their own. */
final class RunMakers {
    private final Workspace workspace;
    private final DataFolder dataFolder;
    private final StopRequest stop;

    RunMakers(Workspace workspace, Terminal progress, Interruption interruption) {
        this.workspace = workspace;
        this.dataFolder = WorkspaceData.in(workspace, progress);
        this.stop = interruption.stop();
    }

    /** Runs in this process with all its native threads, as long as nobody asks in the folder of the whole for its end. */
    RunMaker here(OwnedDirectory whole) {
        return new StoppableRunMaker(here(), whole.stop());
    }

    private RunMaker here() {
        return new InProcessRunMaker(experiments());
    }

    private ExperimentRun experiments() {
        return new ExperimentRun(workspace, dataFolder, stop);
    }

    /**
     * Tries what every run begins with, so that work that cannot start leaves no folder behind. What Spark's machines have is not
     * known here, and what was begun before may go on without its data.
     *
     * @param first the experiment of the first run
     */
    void tryStart(PlacementOptions placement, Experiment first, Path folder) {
        if (placement.master == null && !Files.exists(folder)) {
            experiments().tryStart(first);
        }
    }

    /** So many runs at a time, the native threads shared out among them. */
    private RunMaker atATime(int parallel, DataSpec data) {
        if (parallel == 1) {
            return here();
        }
        // Fetched once, before several processes want it.
        if (data instanceof DataSpec.Mnist spec) {
            dataFolder.mnist().open(spec.folder().map(Path::of), dataFolder.cache());
        }
        return new ChildProcessRunMaker(
                Main.class.getName(), Math.max(1, nativeThreads() / parallel), Memory.ofEach(parallel));
    }

    /** What is done with a maker of runs, which makes so many at a time. */
    @FunctionalInterface
    interface Work<T> {
        T with(RunMaker maker, int atATime);
    }

    /**
     * Works with the machines of a Spark master, each run with as many native threads as one here, or with this machine.
     *
     * @param whole where the end of all can be asked for
     * @param data what all runs read
     */
    <T> T work(PlacementOptions placement, OwnedDirectory whole, DataSpec data, Work<T> work) {
        if (placement.master == null) {
            RunMaker maker = atATime(placement.parallel, data);
            return work.with(new StoppableRunMaker(maker, whole.stop()), placement.parallel);
        }
        try (Cluster cluster = Cluster.connector().connect(placement.master, nativeThreads(), workspace, dataFolder)) {
            return work.with(new StoppableRunMaker(cluster.runMaker(), whole.stop()), cluster.runsAtATime());
        }
    }

    /** As the launcher set them, or as ND4J would by itself. */
    private static int nativeThreads() {
        String set = System.getenv("OMP_NUM_THREADS");
        return set != null && set.matches("[1-9]\\d{0,3}")
                ? Integer.parseInt(set)
                : Runtime.getRuntime().availableProcessors();
    }
}
