package dev.featuremap.scale;

import dev.featuremap.Failure;
import java.time.Duration;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;

/** How many tasks a cluster can run at a time, as its executors come. */
final class ClusterCapacity {
    private static final String PATIENCE = "spark.scheduler.maxRegisteredResourcesWaitingTime";
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final long POLL_MILLISECONDS = 100;

    private ClusterCapacity() {}

    /**
     * Waits until executors have come and no more come for a while, or the cluster's patience is over.
     *
     * @throws Failure (environment) when none came, (usage) when a task needs more cores than any has
     */
    static int await(JavaSparkContext context) {
        SparkContext spark = context.sc();
        if (spark.isLocal()) {
            return now(spark);
        }
        long patience = spark.getConf().getTimeAsMs(PATIENCE, "60s");
        long start = System.nanoTime();
        long changed = start;
        int executors = 0;
        while (millisecondsSince(start) < patience) {
            // One of them is this process.
            int there = spark.statusTracker().getExecutorInfos().length - 1;
            if (there != executors) {
                executors = there;
                changed = System.nanoTime();
            }
            if (executors > 0 && millisecondsSince(changed) >= QUIET.toMillis()) {
                break;
            }
            pause();
        }
        return checked(context, executors, patience);
    }

    private static int checked(JavaSparkContext context, int executors, long patience) {
        if (executors == 0) {
            throw Failure.environment(
                    "the cluster " + context.master() + " gave no executor within " + patience / 1000 + " s",
                    "wait until it has free cores and memory (spark.executor.memory), or raise " + PATIENCE,
                    null);
        }
        int slots = now(context.sc());
        if (slots == 0) {
            String cores = context.getConf().get(SparkSettings.CORES_PER_TASK);
            throw Failure.usage(
                    "a task keeps " + cores + " cores busy, and no executor of " + context.master() + " has so many",
                    "set FEATUREMAP_THREADS to the cores of one executor; figures are then those of so many threads");
        }
        return slots;
    }

    private static int now(SparkContext spark) {
        return spark.maxNumConcurrentTasks(spark.resourceProfileManager().defaultResourceProfile());
    }

    private static long millisecondsSince(long time) {
        return (System.nanoTime() - time) / 1_000_000;
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.environment("interrupted", "repeat the command", e);
        }
    }
}
