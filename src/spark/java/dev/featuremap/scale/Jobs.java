package dev.featuremap.scale;

import dev.featuremap.Failure;
import java.util.concurrent.Callable;

/** Jobs of Spark's, whose end is waited for. */
final class Jobs {
    private Jobs() {}

    /**
     * Waits for a job's result. Spark throws its checked SparkException from methods that do not declare it.
     *
     * @param what is being done, as in "Spark gave up …"
     * @throws Failure (environment) with Spark's reason when it gave up
     */
    static <T> T await(String what, Callable<T> job) {
        try {
            return job.call();
        } catch (Failure failure) {
            throw failure;
        } catch (Exception e) {
            throw Failure.environment(
                    "Spark gave up " + what + ": " + SparkSettings.firstLine(e),
                    "see --debug and the executors' logs, or do it without --spark",
                    e);
        }
    }
}
