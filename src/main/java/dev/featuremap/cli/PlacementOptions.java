package dev.featuremap.cli;

import dev.featuremap.Failure;
import picocli.CommandLine.Option;

/** Where the runs of a comparison or a search are made, and how many at a time. */
final class PlacementOptions {
    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "1",
            description = {
                "make N runs at a time, each in a process of its own with its share of the native threads;",
                "figures differ in their last digits from those of another number of threads"
            })
    int parallel;

    /** Null for this machine. */
    @Option(
            names = "--spark",
            paramLabel = "MASTER",
            description = {
                "make the runs as tasks of Apache Spark: local[2] (cores of this machine), spark://HOST:PORT ...;",
                "each takes as many native threads as here (FEATUREMAP_THREADS), so that figures are the same"
            })
    String master;

    /** @throws Failure (usage) when there is less than one run at a time, or both options say how many */
    void check() {
        if (parallel < 1) {
            throw Failure.usage("--parallel is " + parallel, "give at least 1");
        }
        if (parallel > 1 && master != null) {
            throw Failure.usage(
                    "--parallel and --spark both say how many runs are made at a time", "leave --parallel away");
        }
    }
}
