package dev.featuremap.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.featuremap.Build;
import dev.featuremap.backend.Backend;
import dev.featuremap.backend.Cpu;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * {@code provenance.json}: what made a run, so that it can be made again.
 *
 * @param versions of featuremap, DL4J and Java
 * @param backend ND4J's kind, native classifier and thread count, and whether DL4J's layers ran on oneDNN
 * @param machine operating system, processor and number of processors
 * @param git commit of the sources and whether they were changed since; null outside a checkout
 * @param dataSha256 file by file; empty for data drawn from the seed
 * @param seeds everything random is made from
 * @param precision of the products in training, such as {@code f32}; earlier versions had no other and did not name it
 * @param start and {@code end}: UTC, ISO 8601
 * @param resumedAtSteps after how many steps the run was resumed, each time; null for one made in one go
 */
@JsonInclude(Include.NON_NULL)
public record Provenance(
        Map<String, String> versions,
        Backend backend,
        Machine machine,
        GitState git,
        SortedMap<String, String> dataSha256,
        Map<String, String> seeds,
        String precision,
        String start,
        String end,
        List<Long> resumedAtSteps) {
    private static final String HELD_OUT = "held out";

    public Provenance {
        versions = Map.copyOf(versions);
        seeds = Map.copyOf(seeds);
        precision = RunHistory.checkedPrecision(precision);
        Stream.of(backend, machine, dataSha256, start, end).forEach(Objects::requireNonNull);
        RunHistory.check(dataSha256, start, resumedAtSteps == null ? List.of() : resumedAtSteps);
        RunHistory.checkTime(end);
    }

    /** The machine a run was made on. */
    public record Machine(String os, String arch, String cpu, int processors) {
        public Machine {
            Stream.of(os, arch, cpu).forEach(Objects::requireNonNull);
        }
    }

    /** What is known when a run ends; {@code home} is the project's folder. */
    public static Provenance of(
            Path home,
            Backend backend,
            SortedMap<String, String> dataSha256,
            long seed,
            String precision,
            Instant start,
            Instant end) {
        return new Provenance(
                Map.of(
                        "featuremap", Build.version(),
                        "dl4j", Build.dl4j(),
                        "java", Runtime.version().toString()),
                backend,
                new Machine(
                        System.getProperty("os.name") + " " + System.getProperty("os.version"),
                        System.getProperty("os.arch"),
                        Cpu.here().name(),
                        Runtime.getRuntime().availableProcessors()),
                GitState.of(home).orElse(null),
                dataSha256,
                Map.of(
                        "run",
                        Long.toString(seed),
                        "weights",
                        "DL4J's generator from run",
                        "order",
                        "a permutation from (run, epoch)",
                        HELD_OUT,
                        RunHistory.HELD_OUT_BY,
                        "label noise",
                        "a hash of (run, example's own identity)",
                        "dropout",
                        "ND4J's generator from (run, step)"),
                precision,
                start.toString(),
                end.toString(),
                null);
    }

    /** Whether the run held examples out as this version does; before, it was another draw. */
    public boolean knowsHeldOut() {
        return seeds.containsKey(HELD_OUT);
    }

    /** The same for a run that was resumed after so many steps, each time. */
    public Provenance resumedAt(List<Long> steps) {
        return with(git, steps.isEmpty() ? null : steps);
    }

    /** The same for a run that another machine made with the sources of this one. */
    public Provenance withSources(Path home) {
        return with(GitState.of(home).orElse(null), resumedAtSteps);
    }

    private Provenance with(GitState sources, List<Long> resumedAt) {
        return new Provenance(versions, backend, machine, sources, dataSha256, seeds, precision, start, end, resumedAt);
    }
}
