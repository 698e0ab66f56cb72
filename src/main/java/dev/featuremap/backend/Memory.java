package dev.featuremap.backend;

import dev.featuremap.Failure;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;

/**
 * How much memory may be taken, in bytes.
 *
 * @param heap most that Java's objects may take
 * @param natives most that native arrays may take
 * @param machine what the machine, or the container, has
 */
public record Memory(long heap, long natives, long machine) {
    private static final long MIB = 1 << 20;
    /** What Java's code, threads and classes take beside heap and native arrays, as the launcher counts it. */
    private static final long OWN = 256 * MIB;

    private static final long LEAST = 128 * MIB;
    private static final long LITTLE_HEAP = 400 * MIB;
    private static final long LITTLE_NATIVE = 1000 * MIB;

    /** The limits of this process. */
    public static Memory here() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Memory(Runtime.getRuntime().maxMemory(), Pointer.maxBytes(), system.getTotalMemorySize());
    }

    /**
     * The limits of each of several processes that this one starts, which together take what it may take of native arrays; where
     * nobody has limited these, as in an IDE, three quarters of the machine's memory.
     *
     * @throws Failure (environment) when that is too little for so many
     */
    public static Memory ofEach(int processes) {
        Memory here = here();
        boolean isLimited = Stream.of("maxbytes", "maxBytes")
                .anyMatch(name -> System.getProperty("org.bytedeco.javacpp." + name) != null);
        long natives = isLimited ? here.natives : here.machine / 4 * 3;
        return new Memory(here.heap, natives, here.machine).shared(processes);
    }

    /** Shared among so many processes. */
    Memory shared(int processes) {
        long left = natives / processes - OWN;
        if (left < 2 * LEAST) {
            throw Failure.environment(
                    processes + " processes at a time do not fit into memory: this one may take " + natives / MIB
                            + " MiB for native arrays, and each wants " + (OWN + 2 * LEAST) / MIB + " MiB",
                    "make fewer runs at a time, or raise FEATUREMAP_NATIVE_MEMORY where the machine has more",
                    null);
        }
        long share = Math.min(heap, left / 2);
        return new Memory(share, left - share, machine);
    }

    /** What gives a JVM these limits. */
    public List<String> jvmOptions() {
        return List.of("-Xmx" + heap, "-Dorg.bytedeco.javacpp.maxbytes=" + natives);
    }

    /** The failure to tell when memory ran out. JavaCPP reports its limit with the same class as the JVM its heap's. */
    public static Failure exhausted(OutOfMemoryError error) {
        return exhausted("out of memory", "use a smaller training.batchSize", error);
    }

    /**
     * As {@link #exhausted(OutOfMemoryError)}.
     *
     * @param what did not fit, in words
     * @param remedy that wants less
     */
    public static Failure exhausted(String what, String remedy, OutOfMemoryError error) {
        String message = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
        Memory memory = here();
        return Failure.environment(
                what + " (" + message + "); limits: heap " + memory.heap / MIB + " MiB, native arrays "
                        + memory.natives / MIB + " MiB",
                message.contains("native thread")
                        ? "raise the limits of the process (ulimit -u, ulimit -v, the container's), or set FEATUREMAP_THREADS=1"
                        : remedy + ", or raise FEATUREMAP_HEAP (-Xmx) or FEATUREMAP_NATIVE_MEMORY"
                                + " (-Dorg.bytedeco.javacpp.maxbytes)",
                error);
    }

    Finding limits() {
        String found = "heap " + heap / MIB + " MiB, native arrays " + natives / MIB + " MiB, of the machine's "
                + machine / MIB + " MiB";
        if (heap < LITTLE_HEAP) {
            return Finding.note(
                    "memory",
                    found + ": little heap",
                    "set FEATUREMAP_HEAP=768m, or give the JVM -Xmx768m: MNIST with its pictures wants some 400 MiB");
        }
        if (natives < LITTLE_NATIVE) {
            return Finding.note(
                    "memory",
                    found + ": little for native arrays",
                    "set FEATUREMAP_NATIVE_MEMORY=2g, or give the JVM -Dorg.bytedeco.javacpp.maxbytes=2g");
        }
        if (heap + natives > machine) {
            return Finding.note(
                    "memory",
                    found + ": the limits together are more than there is, so that the system may end a large run",
                    "lower FEATUREMAP_NATIVE_MEMORY (-Dorg.bytedeco.javacpp.maxbytes) or FEATUREMAP_HEAP (-Xmx)");
        }
        return Finding.ok("memory", found);
    }
}
