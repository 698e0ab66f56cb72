package dev.featuremap.bench.engines;

import dev.featuremap.Logging;
import dev.featuremap.UserPath;
import dev.featuremap.data.DataFolder;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.ExperimentRun;
import dev.featuremap.train.TrainingWatcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Trains an experiment over and over and watches the process's memory.
 *
 * <p>It has grown when the line of least squares through the resident memory of the second half rises by more than
 * {@value #BOUND_MIB_PER_HOUR} MiB in an hour and by more than {@value #NOISE_MIB} MiB in that half: what comes and goes
 * in a short while is no growth.
 */
public final class Soak {
    private static final double BOUND_MIB_PER_HOUR = 50;
    private static final double NOISE_MIB = 20;
    private static final int ROWS = 30;

    private Soak() {}

    /** @param arguments minutes, then perhaps an experiment's file and overrides */
    public static void main(String[] arguments) throws IOException {
        Logging.configure();
        Duration time = Duration.ofMinutes(Long.parseLong(arguments[0]));
        List<String> overrides = new ArrayList<>(List.of("training.epochs=5", "training.checkpoint.everySteps=200"));
        overrides.addAll(List.of(arguments).subList(Math.min(2, arguments.length), arguments.length));
        Workspace workspace = Workspace.current();
        Experiment experiment = ExperimentFile.read(
                UserPath.find(arguments.length > 1 ? arguments[1] : "conf/experiment/mnist-lenet.yaml"), overrides);
        ExperimentRun run = new ExperimentRun(workspace, DataFolder.in(workspace.data()));
        Path folder = Files.createDirectories(workspace.home().resolve("bench/target/soak"));

        int runs = 0;
        MemoryRecord memory = new MemoryRecord();
        try (MemoryRecord.Sampling sampling = memory.sample(Duration.ofSeconds(5))) {
            while (memory.elapsed().compareTo(time) < 0) {
                Path directory = folder.resolve(ProcessHandle.current().pid() + "-" + runs++);
                run.run(experiment, RunDirectory.create(directory), TrainingWatcher.NONE);
                Folders.delete(directory);
            }
        }
        System.exit(report(experiment.name(), runs, memory) ? 1 : 0);
    }

    /** Whether the process has grown. */
    private static boolean report(String name, int runs, MemoryRecord memory) {
        List<MemoryRecord.Sample> samples = memory.samples();
        print("%s: %d runs of 5 epochs, a checkpoint every 200 steps, %d samples%n%n", name, runs, samples.size());
        print("%8s  %12s  %12s  %17s%n", "seconds", "resident MiB", "heap MiB", "native arrays MiB");
        int every = Math.max(1, samples.size() / ROWS);
        for (int i = 0; i < samples.size(); i += every) {
            MemoryRecord.Sample sample = samples.get(i);
            print(
                    "%8.0f  %12.1f  %12.1f  %17.1f%n",
                    sample.seconds(), sample.resident(), sample.heap(), sample.arrays());
        }
        double slope = memory.slopePerHour(MemoryRecord.Sample::resident);
        double growth = slope * memory.secondHalfHours();
        print(
                "%nslope over the second half, MiB per hour: resident %.1f, heap %.1f, native arrays %.1f%n",
                slope,
                memory.slopePerHour(MemoryRecord.Sample::heap),
                memory.slopePerHour(MemoryRecord.Sample::arrays));
        boolean grown = slope > BOUND_MIB_PER_HOUR && growth > NOISE_MIB;
        print(
                "most resident: %.1f MiB; %s (growth is more than %.0f MiB per hour and more than %.0f MiB in all; found %.1f in all)%n",
                samples.stream()
                        .mapToDouble(MemoryRecord.Sample::resident)
                        .max()
                        .orElseThrow(),
                grown ? "THE PROCESS HAS GROWN" : "no growth",
                BOUND_MIB_PER_HOUR,
                NOISE_MIB,
                growth);
        return grown;
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
