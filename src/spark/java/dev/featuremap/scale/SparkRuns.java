package dev.featuremap.scale;

import dev.featuremap.experiment.Experiment;
import dev.featuremap.jobs.RunMaker;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.Workspace;
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

    SparkRuns(JavaSparkContext context, SharedData data, Workspace workspace) {
        this.context = context;
        this.data = data;
        this.workspace = workspace;
    }

    @Override
    public void make(Experiment experiment, Path folder) {
        data.ship(experiment.data());
        RunTask task = new RunTask(
                TrainingJob.of(experiment, context, workspace),
                folder.toString(),
                workspace.home().toString());
        TaskResult<FileBundle> made = Jobs.await(
                "the run " + folder,
                () -> context.parallelize(List.of(task), 1).map(RunTask::make).first());
        RunDirectory run = RunDirectory.create(folder);
        made.value().writeTo(folder, name -> !name.equals(RunDirectory.RESULT));
        run.provenance().ifPresent(there -> run.writeProvenance(there.withSources(workspace.sources())));
        made.value().writeTo(folder, RunDirectory.RESULT::equals); // by this a run counts as ended
        made.get();
    }
}
