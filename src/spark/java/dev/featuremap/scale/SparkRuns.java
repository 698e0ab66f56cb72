package dev.featuremap.scale;

import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.RunMaker;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Makes each run as a job of one task. Spark tries a task again that broke, on another machine where there is one; what a run
 * itself says against going on (its data, its configuration, divergence) would be said again, and counts at once.
 */
final class SparkRuns implements RunMaker {
    private final JavaSparkContext context;
    private final SharedData data;
    private final Workspace workspace;
    private final int tries;

    SparkRuns(JavaSparkContext context, SharedData data, Workspace workspace) {
        this.context = context;
        this.data = data;
        this.workspace = workspace;
        this.tries = context.getConf().getInt(SparkSettings.TRIES, 1);
    }

    @Override
    public void make(Experiment experiment, Path folder) {
        data.ship(experiment.data());
        RunTask task = new RunTask(
                ExperimentFile.print(experiment),
                folder.toString(),
                workspace.home().toString(),
                TrainingJob.localMnist(context.isLocal(), workspace),
                tries);
        ReturnedRun made = Jobs.await(
                "the run " + folder,
                () -> context.parallelize(List.of(task), 1).map(RunTask::make).first());
        made.writeTo(folder, workspace);
    }
}
