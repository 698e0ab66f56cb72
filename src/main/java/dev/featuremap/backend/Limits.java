package dev.featuremap.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What affinity and control groups (containers) leave to this process of the machine.
 *
 * @param processors that it may use, part of one counted as one
 * @param machineProcessors that the machine has
 * @param memory that it may take, in bytes
 * @param machineMemory that the machine has, in bytes
 */
record Limits(int processors, long machineProcessors, long memory, long machineMemory) {
    private static final long MIB = 1 << 20;

    /** Of this process; where the system does not tell what the machine has, nothing counts as held back. */
    static Limits here() {
        int processors = Runtime.getRuntime().availableProcessors();
        long memory = Memory.here().machine();
        long machineProcessors = lines("/proc/cpuinfo").stream()
                .filter(line -> line.startsWith("processor"))
                .count();
        long machineMemory = lines("/proc/meminfo").stream()
                .filter(line -> line.startsWith("MemTotal:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElse(memory);
        return new Limits(processors, Math.max(machineProcessors, processors), memory, machineMemory);
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException e) {
            return List.of();
        }
    }

    Finding finding() {
        return Finding.ok(
                "limits",
                processors + " of " + machineProcessors + (machineProcessors == 1 ? " processor" : " processors")
                        + reason(processors < machineProcessors, "affinity or a control group")
                        + ", " + memory / MIB + " of " + machineMemory / MIB + " MiB of memory"
                        + reason(memory < machineMemory, "a control group"));
    }

    private static String reason(boolean limited, String by) {
        return limited ? " (" + by + ")" : "";
    }
}
