package dev.featuremap.bench;

import java.util.Locale;

/**
 * One thing to measure, as a worker gets it on its command line, such as {@code train:lenet:64:2.0:1}.
 *
 * @param batch examples per step, of all processes together
 * @param seconds to measure for, after a warm-up; for {@code GOAL} the most epochs to train
 * @param shares processes that share every batch
 */
public record Task(Kind kind, Network network, int batch, double seconds, int shares) {
    /** What is measured. */
    public enum Kind {
        /** Examples trained per second. */
        TRAIN("images/s"),
        /** Examples inferred per second. */
        INFER("images/s"),
        /** Median time of one inference. */
        LATENCY("µs"),
        /** Arithmetic of a 2048x2048 matrix product. */
        SGEMM("GFLOP/s"),
        /** Time from the process's start to a test accuracy of 99 %. */
        GOAL("s");

        private final String unit;

        Kind(String unit) {
            this.unit = unit;
        }

        public String unit() {
            return unit;
        }
    }

    static Task parse(String text) {
        String[] parts = text.split(":");
        return new Task(
                Kind.valueOf(parts[0].toUpperCase(Locale.ROOT)),
                Network.valueOf(parts[1].toUpperCase(Locale.ROOT)),
                Integer.parseInt(parts[2]),
                Double.parseDouble(parts[3]),
                Integer.parseInt(parts[4]));
    }

    /** The same task for one of some processes that share every batch. */
    Task among(int processes) {
        return new Task(kind, network, batch, seconds, processes);
    }

    /** Examples per step of one process. */
    int batchShare() {
        return Math.max(1, batch / shares);
    }

    /** What it is called in results, such as {@code train lenet 64}. */
    String label() {
        String name = kind.name().toLowerCase(Locale.ROOT);
        return kind == Kind.SGEMM ? name : name + " " + network + " " + batch;
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + ":" + network + ":" + batch + ":" + seconds + ":" + shares;
    }
}
