package dev.featuremap.scale;

import dev.featuremap.data.MnistFiles;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.Cluster;
import dev.featuremap.train.RunMaker;
import org.apache.spark.api.java.JavaSparkContext;

/** A job of Spark's, from connecting to closing. */
final class SparkCluster implements Cluster {
    /** Threads of this process that wait for a run each. */
    private static final int RUNS_AT_A_TIME = 512;

    private final JavaSparkContext context;
    private final SparkMaster master;
    private final Workspace workspace;
    private final MnistFiles mnist;

    SparkCluster(JavaSparkContext context, SparkMaster master, Workspace workspace, MnistFiles mnist) {
        this.context = context;
        this.master = master;
        this.workspace = workspace;
        this.mnist = mnist;
    }

    @Override
    public RunMaker runMaker() {
        return new SparkRuns(context, new SharedData(context, master, mnist), workspace);
    }

    @Override
    public int runsAtATime() {
        return RUNS_AT_A_TIME;
    }

    @Override
    public void close() {
        context.close();
    }
}
