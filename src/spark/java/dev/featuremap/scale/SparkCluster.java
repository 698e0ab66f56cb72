package dev.featuremap.scale;

import dev.featuremap.data.DataFolder;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.TrainingSpec;
import dev.featuremap.jobs.Cluster;
import dev.featuremap.jobs.RunMaker;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.TrainingSite;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** A job of Spark's, from connecting to closing. */
final class SparkCluster implements Cluster {
    /** Threads of this process that wait for a run each. */
    private static final int RUNS_AT_A_TIME = 512;

    private final JavaSparkContext context;
    private final SharedData data;
    private final Workspace workspace;

    SparkCluster(JavaSparkContext context, SparkMaster master, Workspace workspace, DataFolder data) {
        this.context = context;
        this.data = new SharedData(context, master, data.mnist());
        this.workspace = workspace;
    }

    @Override
    public RunMaker runMaker() {
        ClusterCapacity.await(context);
        return new SparkRuns(context, data, workspace);
    }

    @Override
    public int runsAtATime() {
        return RUNS_AT_A_TIME;
    }

    @Override
    public Experiment settled(Experiment experiment) {
        TrainingSpec.Spark asked = experiment.training().spark().orElse(TrainingSpec.Spark.DEFAULT);
        int workers = asked.workers().orElseGet(() -> ClusterCapacity.await(context));
        return experiment.with(experiment.training().with(change -> change.spark = Optional.of(asked.with(workers))));
    }

    @Override
    public TrainingSite trainingSite() {
        return new SparkTrainingSite(context, data, workspace);
    }

    @Override
    public void close() {
        context.close();
    }
}
