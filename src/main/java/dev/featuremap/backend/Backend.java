package dev.featuremap.backend;

import dev.featuremap.Failure;
import java.util.Objects;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * ND4J's native backend in use.
 *
 * @param kind {@code CPU} or {@code CUDA}
 * @param classifier of the CPU native's jar, such as {@code linux-x86_64-onednn-avx2}
 * @param oneDnn whether DL4J's layers run on oneDNN
 * @param threads of ND4J's own parallel loops
 */
public record Backend(String kind, String classifier, boolean oneDnn, int threads) {
    public Backend {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(classifier);
    }

    /** Asks for a kind of backend by name: {@code cpu} or {@code cuda}; unset, what is on the classpath is taken. */
    public static final String WANTED = "featuremap.backend";

    /**
     * Loads the backend, once; later calls only describe it.
     *
     * @throws Failure (environment) when no native can be loaded, or not the one that was asked for
     */
    public static Backend start() {
        OneDnnSwitch.turnOn();
        Backend backend = load();
        String wanted = System.getProperty(WANTED, "");
        if (!wanted.isEmpty() && !wanted.equalsIgnoreCase(backend.kind)) {
            throw Failure.environment(
                    "backend " + wanted + " was asked for, but ND4J runs on " + backend.kind,
                    "for CUDA: an NVIDIA GPU with CUDA 11.6 and FEATUREMAP_BACKEND=cuda; for the CPU: leave FEATUREMAP_BACKEND unset",
                    null);
        }
        return backend;
    }

    /** Sets how many native threads ND4J's arithmetic gets that the calling thread begins. */
    public static void useThreads(int threads) {
        start(); // ND4J's native operations are there once it has chosen its backend
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
    }

    /** Whether arithmetic runs on the CPU. */
    public boolean isCpu() {
        return kind.equals("CPU");
    }

    private static Backend load() {
        try {
            String kind = Nd4j.getExecutioner().getEnvironmentInformation().getProperty("backend");
            int threads = NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads();
            boolean cpu = Nd4j.getExecutioner().type() == OpExecutioner.ExecutionerType.NATIVE_CPU;
            return new Backend(
                    kind, cpu ? Natives.inUse().classifier() : "cuda-11.6", cpu && OneDnnSwitch.isOn(), threads);
        } catch (LinkageError | RuntimeException e) {
            throw Failure.environment(
                    "no native of ND4J could be loaded for " + Natives.inUse().platform() + " (on the classpath: "
                            + Natives.inUse().classifier() + "): " + rootCause(e),
                    "build again on this machine with ./featuremap, which takes the natives that suit it",
                    e);
        }
    }

    private static String rootCause(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage())
                .lines()
                .findFirst()
                .orElse(cause.getClass().getName());
    }
}
