package dev.featuremap.backend;

import dev.featuremap.Failure;
import java.util.Objects;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
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

    private static final String THREADS = "OMP_NUM_THREADS";

    /**
     * Loads the backend, once; later calls only describe it.
     *
     * @throws Failure (environment) when no native can be loaded, or not the one that was asked for, (usage) when a variable
     *     that it reads cannot be
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
        refuseWhatCannotBe();
        try {
            String kind = Nd4j.getExecutioner().getEnvironmentInformation().getProperty("backend");
            boolean cpu = Nd4j.getExecutioner().type() == OpExecutioner.ExecutionerType.NATIVE_CPU;
            return new Backend(
                    kind,
                    cpu ? Natives.inUse().classifier() : "cuda-11.6",
                    cpu && OneDnnSwitch.isOn(),
                    threads(NativeOpsHolder.getInstance().getDeviceNativeOps()));
        } catch (LinkageError | RuntimeException e) {
            throw UnloadedNatives.failure(e);
        }
    }

    /** ND4J takes as many as OpenMP does, which knows of the affinity, but not of a control group's quota, as Java does. */
    private static int threads(NativeOps operations) {
        int threads = operations.ompGetMaxThreads();
        int processors = Runtime.getRuntime().availableProcessors();
        if (System.getenv(THREADS) != null || threads <= processors) {
            return threads;
        }
        operations.setOmpNumThreads(processors);
        return processors;
    }

    /** What would end the process in native code, or in ND4J's with words that name nothing. */
    private static void refuseWhatCannotBe() {
        String threads = System.getenv(THREADS);
        if (threads != null && !threads.matches("([1-9]\\d{0,2})?")) {
            throw Failure.usage(
                    THREADS + " is " + threads, "set it to a whole number from 1 to 999, or leave it unset");
        }
        Natives natives = Natives.inUse();
        Cpu cpu = Cpu.here();
        if (natives.extension().filter(extension -> !cpu.canRun(extension)).isPresent()) {
            throw Failure.environment(
                    "natives " + natives.classifier() + " cannot run on this processor, which has "
                            + cpu.decidingFeatures(),
                    "build through ./featuremap with FEATUREMAP_NATIVES unset, which takes the natives that suit it",
                    null);
        }
    }
}
