package dev.featuremap.jobs;

import dev.featuremap.Failure;
import dev.featuremap.data.DataFolder;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.TrainingSite;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Other machines, or this one's cores, that make runs for the command line; what a master hands out. */
public interface Cluster extends AutoCloseable {
    /** Makes a run on whichever machine is free; may be called by as many threads at a time as there are runs. */
    RunMaker runMaker();

    /** How many runs to hand out at a time: more than the cluster can make at once wait in its own queue. */
    int runsAtATime();

    /** The experiment with what the cluster decides in it: how many workers train one network together. */
    Experiment settled(Experiment experiment);

    /** Where all workers train one network together. */
    TrainingSite trainingSite();

    @Override
    void close();

    /** Connects to clusters of one kind; found by {@link java.util.ServiceLoader}. */
    interface Connector {
        /**
         * Connects to a cluster.
         *
         * @param master as the user named it, such as {@code spark://host:7077}
         * @param coresPerTask cores that each task of the job keeps busy
         * @throws dev.featuremap.Failure (usage) when the name is none, (environment) when nobody answers there
         */
        Cluster connect(String master, int coresPerTask, Workspace workspace, DataFolder data);
    }

    /**
     * The connector of this build: that of Apache Spark, which only the Maven profile {@code spark} has.
     *
     * @throws Failure (environment) when this build has none
     */
    static Connector connector() {
        try {
            return ServiceLoader.load(Connector.class).findFirst().orElseThrow(() -> lacking(null));
        } catch (ServiceConfigurationError | NoClassDefFoundError e) {
            throw lacking(e);
        }
    }

    private static Failure lacking(Throwable underlying) {
        return Failure.environment(
                "--spark needs Apache Spark, which is not on the class path",
                "start it with ./featuremap, which then brings Spark; in an IDE, switch the Maven profile spark on",
                underlying);
    }
}
