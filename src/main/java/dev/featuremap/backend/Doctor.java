package dev.featuremap.backend;

import dev.featuremap.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at what a run needs of this machine and this process, one check after the other, whatever any of them throws. */
public final class Doctor {
    private static final Logger LOG = LoggerFactory.getLogger(Doctor.class);
    private static final int LEAST_JAVA = 17;

    private Doctor() {}

    /**
     * One thing to look at.
     *
     * @param name what its finding is called when looking fails
     */
    public record Check(String name, Supplier<Finding> look) {}

    /** Java, processor, natives, threads and memory, in the order in which they explain each other. */
    public static List<Check> machineChecks() {
        Cpu cpu = Cpu.here();
        Natives natives = Natives.inUse();
        String wanted = System.getProperty(Backend.WANTED, "");
        return List.of(
                new Check("java", () -> java(Runtime.version().feature(), javaName())),
                new Check("cpu", () -> cpu(cpu, processors())),
                new Check("limits", () -> Limits.here().finding()),
                new Check("natives", () -> natives(natives, cpu, wanted, PackedNatives.areUsed())),
                new Check("backend", () -> backend(Backend.start())),
                new Check("threads", () -> threads(Backend.start().threads(), processors())),
                new Check("openmp waiting", () -> settings(cpu).openMpWaiting()),
                new Check("blas", () -> {
                    Backend.start();
                    Properties told = Nd4j.getExecutioner().getEnvironmentInformation();
                    return settings(cpu)
                            .blas(
                                    String.valueOf(told.get("blas.vendor")),
                                    Backend.start().threads());
                }),
                new Check("malloc", () -> settings(cpu).malloc()),
                new Check("javacpp", () -> settings(cpu).javaCpp()),
                new Check("engine nd4j", () -> {
                    OneDnnSwitch.turnOn();
                    return engineNd4j(natives, OneDnnSwitch.isAllowed(), wanted);
                }),
                new Check("memory", () -> Memory.here().limits()));
    }

    /** Runs the checks; one that throws becomes a bad finding. */
    public static List<Finding> examine(List<Check> checks) {
        List<Finding> findings = new ArrayList<>();
        for (Check check : checks) {
            findings.add(examine(check));
        }
        return findings;
    }

    private static Finding examine(Check check) {
        try {
            return check.look().get();
        } catch (Failure e) {
            return Finding.bad(check.name(), e.getMessage(), e.remedy());
        } catch (RuntimeException | Error e) {
            LOG.debug("check {}", check.name(), e);
            String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            return Finding.bad(
                    check.name(),
                    "looking failed: " + e.getClass().getSimpleName() + ": " + message,
                    "if the lines above do not explain it, please report it with the output of --debug");
        }
    }

    static Finding java(int version, String name) {
        return version < LEAST_JAVA
                ? Finding.bad("java", name, "install a JDK of version " + LEAST_JAVA + " or newer")
                : Finding.ok("java", name);
    }

    private static String javaName() {
        return Runtime.version() + ", " + System.getProperty("java.vendor");
    }

    static Finding cpu(Cpu cpu, int processors) {
        String found = cpu.name() + ", " + processors + (processors == 1 ? " processor" : " processors")
                + (cpu.hasChoice() ? ", " + cpu.decidingFeatures() : "");
        boolean slow = cpu.hasChoice()
                && cpu.features().filter(known -> !known.contains("avx2")).isPresent();
        return slow
                ? Finding.note(
                        "cpu", found, "train on a processor with AVX2 where time counts: it is several times faster")
                : Finding.ok("cpu", found);
    }

    static Finding natives(Natives natives, Cpu cpu, String wantedBackend, boolean packed) {
        if (wantedBackend.equalsIgnoreCase("cuda")) {
            return Finding.ok("natives", "CUDA was asked for");
        }
        String build = "build through ./featuremap, which takes the natives that suit the processor";
        if (natives.extension().isEmpty()) {
            return Finding.bad("natives", "none for " + natives.platform() + " on the classpath", build);
        }
        String inUse = natives.classifier() + " in use";
        if (!cpu.canRun(natives.extension().get())) {
            return Finding.bad("natives", inUse + "; this processor has " + cpu.decidingFeatures(), build);
        }
        Optional<String> best = cpu.bestExtension();
        if (best.isPresent() && !best.equals(natives.extension())) {
            return Finding.note(
                    "natives",
                    inUse + "; this processor can take " + natives.platform() + best.get(),
                    packed
                            ? "take a distribution made with mvn -Pdist,levels package, which holds them"
                            : "start through ./featuremap, or give Maven -Dnatives.extension=" + best.get());
        }
        return Finding.ok("natives", inUse + (best.isPresent() ? ", the best for this processor" : ""));
    }

    private static Finding backend(Backend backend) {
        return Finding.ok("backend", backend.kind() + ", " + backend.classifier());
    }

    static Finding threads(int threads, int processors) {
        String found =
                threads + " for the arithmetic, on " + processors + (processors == 1 ? " processor" : " processors");
        return threads > processors
                ? Finding.note(
                        "threads", found, "set FEATUREMAP_THREADS or OMP_NUM_THREADS to " + processors + " or fewer")
                : Finding.ok("threads", found);
    }

    static Finding engineNd4j(Natives natives, boolean allowed, String wantedBackend) {
        if (wantedBackend.equalsIgnoreCase("cuda")) {
            return Finding.ok("engine nd4j", "DL4J's layers run on CUDA");
        }
        if (!natives.hasOneDnn()) {
            return natives.platform().endsWith("x86_64")
                    ? Finding.note(
                            "engine nd4j",
                            "DL4J's layers run without oneDNN, which the natives lack",
                            "start through ./featuremap, or give Maven -Dnatives.extension=-onednn")
                    : Finding.ok(
                            "engine nd4j",
                            "DL4J's layers run without oneDNN: ND4J has no build with it for " + natives.platform());
        }
        return allowed
                ? Finding.ok("engine nd4j", "DL4J's layers run on oneDNN")
                : Finding.note(
                        "engine nd4j",
                        "DL4J's layers run without oneDNN: " + OneDnnSwitch.DISABLE_HELPERS + " is true",
                        "do not set that property, or set it to false");
    }

    private static LauncherSettings settings(Cpu cpu) {
        return new LauncherSettings(System.getenv(), Pointer.maxPhysicalBytes(), cpu.platform());
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }
}
