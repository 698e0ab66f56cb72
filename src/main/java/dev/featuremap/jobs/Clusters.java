package dev.featuremap.jobs;

import dev.featuremap.Failure;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Finds what connects to Apache Spark, which only the Maven profile {@code spark} has. */
public final class Clusters {
    private Clusters() {}

    /**
     * The connector of this build.
     *
     * @throws Failure (environment) when this build has none
     */
    public static Cluster.Connector connector() {
        try {
            Optional<Cluster.Connector> found =
                    ServiceLoader.load(Cluster.Connector.class).findFirst();
            return found.orElseThrow(() -> lacking(null));
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
