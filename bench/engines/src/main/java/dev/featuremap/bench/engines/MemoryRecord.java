package dev.featuremap.bench.engines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.bytedeco.javacpp.Pointer;

/** This process's memory over time. */
final class MemoryRecord {
    private static final double MIB = 1 << 20;
    /** Now and then what is garbage is collected, so that what is seen is what is held. */
    private static final long COLLECT_SECONDS = 60;

    private final long start = System.nanoTime();
    private final List<Sample> samples = new CopyOnWriteArrayList<>();
    private long collectedAt = start;
    private volatile double heap;

    /**
     * A moment, in MiB.
     *
     * @param resident the process's part of the machine's memory
     * @param heap Java's objects after the last collection that was asked for
     * @param arrays what JavaCPP has allocated: ND4J's arrays and oneDNN's
     */
    record Sample(double seconds, double resident, double heap, double arrays) {}

    /** Takes samples until it is closed. */
    interface Sampling extends AutoCloseable {
        @Override
        void close();
    }

    Sampling sample(Duration every) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread sampler = new Thread(task, "memory-record");
            sampler.setDaemon(true);
            return sampler;
        });
        thread.scheduleAtFixedRate(this::take, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        return thread::shutdownNow;
    }

    private void take() {
        if (System.nanoTime() - collectedAt > TimeUnit.SECONDS.toNanos(COLLECT_SECONDS)) {
            collectedAt = System.nanoTime();
            System.gc();
            heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB;
        }
        samples.add(new Sample(elapsed().toMillis() / 1e3, resident(), heap, Pointer.totalBytes() / MIB));
    }

    private static double resident() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElseThrow()
                    / 1024.0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    List<Sample> samples() {
        return samples;
    }

    private List<Sample> secondHalf() {
        return samples.subList(samples.size() / 2, samples.size());
    }

    double secondHalfHours() {
        List<Sample> half = secondHalf();
        return (half.get(half.size() - 1).seconds() - half.get(0).seconds()) / 3600;
    }

    /** The slope of the line of least squares through the second half of the samples. */
    double slopePerHour(ToDoubleFunction<Sample> value) {
        List<Sample> half = secondHalf();
        double meanTime = half.stream().mapToDouble(Sample::seconds).average().orElseThrow() / 3600;
        double mean = half.stream().mapToDouble(value).average().orElseThrow();
        double covariance = 0;
        double variance = 0;
        for (Sample sample : half) {
            double time = sample.seconds() / 3600 - meanTime;
            covariance += time * (value.applyAsDouble(sample) - mean);
            variance += time * time;
        }
        return variance == 0 ? 0 : covariance / variance;
    }
}
