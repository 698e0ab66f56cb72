package dev.featuremap.scale;

import dev.featuremap.Failure;
import dev.featuremap.Logging;
import dev.featuremap.backend.NativeSettings;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Spark's settings for one job. What the user has set stays: {@code spark-submit --conf}, or {@code -Dspark.…} among the
 * launcher's FEATUREMAP_JAVA_OPTS.
 */
final class SparkSettings {
    /** Names the jar that executors run; the launcher sets it for a cluster. */
    static final String JAR = "featuremap.spark.jar";

    static final String TRIES = "spark.task.maxFailures";
    static final String CORES_PER_TASK = "spark.task.cpus";

    private static final String DEFAULT_TRIES = "4";
    private static final String LOOPBACK = "127.0.0.1";
    /** A master that accepts the connection answers at once, or is none. */
    private static final int PATIENCE_SECONDS = 40;

    private final SparkMaster master;
    private final SparkConf settings;

    private SparkSettings(SparkMaster master, SparkConf settings) {
        this.master = master;
        this.settings = settings;
    }

    /**
     * Settings for a job whose tasks keep so many cores busy each.
     *
     * @throws Failure (environment) when the master does not answer
     */
    static SparkSettings of(SparkMaster master, int coresPerTask) {
        SparkConf settings = new SparkConf();
        OptionalInt localCores = master.localCores();
        int cores = localCores.isPresent() ? Math.min(coresPerTask, localCores.getAsInt()) : coresPerTask;
        settings.setIfMissing("spark.app.name", "featuremap");
        settings.setIfMissing(TRIES, DEFAULT_TRIES);
        settings.setIfMissing(CORES_PER_TASK, Integer.toString(cores));
        settings.setMaster(master.withRetries(settings.getInt(TRIES, 0)));
        settings.setIfMissing("spark.ui.enabled", "false");
        // Every task brings or finds its data itself, so no machine is better than another: none is waited for.
        settings.setIfMissing("spark.locality.wait", "0s");
        // A worker's parameters go straight to this process, not by way of a block that it has to ask for.
        settings.setIfMissing("spark.task.maxDirectResultSize", "64m");
        // Parameters do not compress.
        settings.setIfMissing("spark.broadcast.compress", "false");
        settings.setIfMissing("spark.shuffle.compress", "false");
        address(settings, master.isLocal() ? Optional.empty() : master.seenFrom());
        if (!master.isLocal()) {
            executors(settings);
        }
        return new SparkSettings(master, settings);
    }

    /** Listens on the loopback address, unless the user named a master that could not reach it there. */
    private static void address(SparkConf settings, Optional<InetAddress> seen) {
        String host = seen.map(InetAddress::getHostAddress).orElse(LOOPBACK);
        if (!settings.contains("spark.driver.host")) {
            settings.set("spark.driver.host", host);
            settings.setIfMissing("spark.driver.bindAddress", host);
        }
    }

    private static void executors(SparkConf settings) {
        // What holds for the native arithmetic here holds for it on other machines too.
        NativeSettings.ENVIRONMENT.keySet().stream()
                .filter(name -> System.getenv(name) != null)
                .forEach(name -> settings.setIfMissing("spark.executorEnv." + name, System.getenv(name)));
        settings.setIfMissing("spark.executorEnv.OMP_NUM_THREADS", settings.get(CORES_PER_TASK));
        settings.setIfMissing(
                "spark.executor.extraJavaOptions",
                String.join(" ", NativeSettings.JVM_OPTIONS) + " -D" + Logging.CONFIGURATION + "=" + Logging.OURS);
        String jar = System.getProperty(JAR);
        if (jar != null) {
            settings.setIfMissing("spark.jars", jar);
        } else if (!settings.contains("spark.jars")) {
            throw Failure.environment(
                    "the cluster needs a jar of featuremap, and none is named",
                    "start it with ./featuremap, which makes one, or with spark-submit: see docs/scaling.md",
                    null);
        }
    }

    /**
     * Starts Spark.
     *
     * @throws Failure (environment) with Spark's reason when it does not start
     */
    JavaSparkContext connect() {
        FutureTask<JavaSparkContext> connecting = new FutureTask<>(() -> new JavaSparkContext(settings));
        Thread thread = new Thread(connecting, "connect-to-spark");
        thread.setDaemon(true);
        thread.start();
        try {
            return connecting.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw master.unreachable("what listens there did not take the job within " + PATIENCE_SECONDS + " s", e);
        } catch (ExecutionException e) {
            throw Failure.environment(
                    "Spark does not start on " + master.name() + ": " + firstLine(e.getCause()),
                    "mend what it says, or use --spark local[2] for cores of this machine",
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.environment("interrupted", "repeat the command", e);
        }
    }

    static String firstLine(Throwable thrown) {
        return String.valueOf(thrown.getMessage())
                .lines()
                .findFirst()
                .orElse(thrown.getClass().getSimpleName());
    }
}
