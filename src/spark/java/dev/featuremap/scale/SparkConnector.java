package dev.featuremap.scale;

import dev.featuremap.data.DataFolder;
import dev.featuremap.jobs.Cluster;
import dev.featuremap.run.Workspace;
import org.apache.spark.api.java.JavaSparkContext;

/** Connects to Apache Spark: cores of this machine, a standalone cluster, or whatever {@code spark-submit} was pointed at. */
public final class SparkConnector implements Cluster.Connector {
    @Override
    public Cluster connect(String master, int coresPerTask, Workspace workspace, DataFolder data) {
        SparkMaster named = SparkMaster.of(master);
        JavaSparkContext context = SparkSettings.of(named, coresPerTask).connect();
        return new SparkCluster(context, named, workspace, data);
    }
}
