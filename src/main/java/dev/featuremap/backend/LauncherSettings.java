package dev.featuremap.backend;

import java.util.List;
import java.util.Map;

/**
 * The settings that the launcher makes and that a run started from an IDE lacks, as they are in this process.
 *
 * @param environment the process's environment variables
 * @param physicalLimit JavaCPP's, in bytes; 0 is none
 * @param platform JavaCPP's name of operating system and architecture
 */
record LauncherSettings(Map<String, String> environment, long physicalLimit, String platform) {
    /** Up to as many, the launcher takes OpenBLAS's choice of threads from ND4J. */
    static final int FEW_THREADS = 2;

    /** What glibc needs to keep memory between steps: at least what the launcher sets, each more than its default. */
    private static final List<String> MALLOC =
            List.of("MALLOC_MMAP_THRESHOLD_", "MALLOC_TOP_PAD_", "MALLOC_TRIM_THRESHOLD_");

    private static final String START = "start through ./featuremap, or set ";
    private static final String IN_IDE = " in the environment of the IDE's run configuration";

    Finding openMpWaiting() {
        String policy = environment.get("OMP_WAIT_POLICY");
        if ("passive".equalsIgnoreCase(policy)) {
            return Finding.ok("openmp waiting", "passive");
        }
        return Finding.note(
                "openmp waiting",
                policy == null
                        ? "OMP_WAIT_POLICY is not set: threads that wait take the processor from those that work"
                        : "OMP_WAIT_POLICY is " + policy
                                + ": threads that wait take the processor from those that work",
                START + "OMP_WAIT_POLICY=passive" + IN_IDE);
    }

    /**
     * OpenBLAS has threads of its own beside OpenMP's. ND4J gives it as many as OpenMP has, whatever OPENBLAS_NUM_THREADS
     * says, unless ND4J_SKIP_BLAS_THREADS is set.
     *
     * @param vendor the library's name as ND4J tells it
     * @param openMpThreads of ND4J's own loops
     */
    Finding blas(String vendor, int openMpThreads) {
        boolean own = !environment.getOrDefault("ND4J_SKIP_BLAS_THREADS", "").isEmpty();
        String threads = own ? environment.get("OPENBLAS_NUM_THREADS") : String.valueOf(openMpThreads);
        String found = (own ? "OPENBLAS" : vendor) + ", threads: " + (threads == null ? "its own choice" : threads);
        return "1".equals(threads) || openMpThreads > FEW_THREADS || !platform.endsWith("x86_64")
                ? Finding.ok("blas", found)
                : Finding.note(
                        "blas",
                        found + "; they fight with OpenMP's in engine nd4j",
                        START + "ND4J_SKIP_BLAS_THREADS=true OPENBLAS_NUM_THREADS=1" + IN_IDE);
    }

    Finding malloc() {
        if (!platform.startsWith("linux")) {
            return Finding.ok("malloc", "nothing to set on " + platform);
        }
        List<String> lacking = MALLOC.stream().filter(name -> !isAsSet(name)).toList();
        if (lacking.isEmpty()) {
            return Finding.ok("malloc", "keeps memory between steps");
        }
        return Finding.note(
                "malloc",
                "memory goes back to the system between steps and is fetched again: not set, or low: "
                        + String.join(", ", lacking),
                START
                        + String.join(
                                " ",
                                lacking.stream()
                                        .map(name -> name + "=" + NativeSettings.ENVIRONMENT.get(name))
                                        .toList())
                        + IN_IDE);
    }

    private boolean isAsSet(String name) {
        String value = environment.getOrDefault(name, "").trim();
        return value.matches("\\d{1,18}")
                && Long.parseLong(value) >= Long.parseLong(NativeSettings.ENVIRONMENT.get(name));
    }

    Finding javaCpp() {
        return physicalLimit == 0
                ? Finding.ok("javacpp", "does not ask for the process's size before each allocation")
                : Finding.note(
                        "javacpp",
                        "asks the system for the process's size before each allocation",
                        "start through ./featuremap, or give the JVM -Dorg.bytedeco.javacpp.maxphysicalbytes=0");
    }
}
