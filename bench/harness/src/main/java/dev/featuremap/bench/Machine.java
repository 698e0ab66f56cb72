package dev.featuremap.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The machine at one moment.
 *
 * @param load mean number of runnable processes over the last minute; this measurement's own are among them
 */
record Machine(Instant time, String cpu, int processors, String java, String load) {
    static Machine now() {
        return new Machine(
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                field(Path.of("/proc/cpuinfo"), "model name"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.version"),
                first(Path.of("/proc/loadavg")));
    }

    /** Whether the processor has instructions for bf16, AVX-512's or AMX's. */
    static boolean hasBf16() {
        String flags = field(Path.of("/proc/cpuinfo"), "flags");
        return flags.contains("avx512_bf16") || flags.contains("amx_bf16");
    }

    private static String field(Path file, String name) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String first(Path file) {
        try {
            return Files.readString(file).split(" ")[0];
        } catch (IOException e) {
            return "unknown";
        }
    }
}
