package dev.featuremap.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One contestant as it is started: what runs in how many processes, with which settings.
 *
 * @param name such as {@code onednn 2}: the engine or framework and its threads
 * @param module the module of this build whose class path it gets
 * @param processes that share every batch, each doing its part without exchanging gradients
 * @param environment variables; those of {@link #CLEARED} that are not here are unset
 */
record Setup(
        String name,
        String module,
        String mainClass,
        int processes,
        Map<String, String> environment,
        List<String> jvm) {
    /** Which of its kernels OpenBLAS takes: bench/common.sh sets what the launcher would. */
    private static final String KERNELS = "OPENBLAS_CORETYPE";

    /** Variables whose inherited values would favour or hurt a contestant. */
    static final List<String> CLEARED = List.of(
            "OMP_NUM_THREADS",
            "OMP_WAIT_POLICY",
            "OMP_PROC_BIND",
            "OMP_PLACES",
            "GOMP_SPINCOUNT",
            "OPENBLAS_NUM_THREADS",
            KERNELS,
            "ND4J_SKIP_BLAS_THREADS",
            "MKL_NUM_THREADS",
            "MALLOC_ARENA_MAX",
            "MALLOC_MMAP_THRESHOLD_",
            "MALLOC_TRIM_THRESHOLD_",
            "MALLOC_TOP_PAD_",
            "JAVA_TOOL_OPTIONS");

    private static final String PACKAGE = "dev.featuremap.bench.";

    /** conf/native.env. Of it, libtorch's processes get what keeps glibc's memory between steps, which makes them faster too. */
    private static final Map<String, String> OF_THE_LAUNCHER = ofTheLauncher();

    /** DL4J as a newcomer gets it: nothing is set. */
    static final Setup STOCK = new Setup("stock", "stock", PACKAGE + "stock.StockWorker", 1, Map.of(), List.of());

    /** The same program with the two lines of {@code FastTraining}; nothing is set here either. */
    static final Setup FAST_TRAINING =
            new Setup("fast training", "engines", PACKAGE + "engines.FastTrainingWorker", 1, Map.of(), List.of());

    static final Setup ND4J = engine("nd4j", 2, Precision.F32);
    static final Setup ONEDNN_1 = engine("onednn", 1, Precision.F32);
    static final Setup ONEDNN_2 = engine("onednn", 2, Precision.F32);

    /** Two processes of one thread that exchange nothing: the most that this machine's two processors can do. */
    static final Setup ONEDNN_2X1 = engine("onednn", 1, 2, Precision.F32);

    static final Setup ONEDNN_1_BF16 = engine("onednn", 1, Precision.BF16);
    static final Setup ONEDNN_2_BF16 = engine("onednn", 2, Precision.BF16);
    static final Setup LIBTORCH_1 = libtorch(1, 1, Precision.F32);
    static final Setup LIBTORCH_1_BF16 = libtorch(1, 1, Precision.BF16);

    /** Two threads of libtorch's own. */
    static final Setup LIBTORCH_2 = libtorch(2, 1, Precision.F32);

    static final Setup LIBTORCH_2_BF16 = libtorch(2, 1, Precision.BF16);

    /** Two processes of one thread: faster than any data-parallel training, which must also exchange gradients. */
    static final Setup LIBTORCH_2X1 = libtorch(1, 2, Precision.F32);

    static final Setup LIBTORCH_2X1_BF16 = libtorch(1, 2, Precision.BF16);

    /** One thread in the layout that libtorch has when nothing is said, [n, channels, height, width]. */
    static final Setup LIBTORCH_1_NCHW = libtorch(1, 1, Precision.F32, false);

    /** What a contestant trains in. */
    private enum Precision {
        F32(""),
        BF16(" bf16");

        private final String ending;

        Precision(String ending) {
            this.ending = ending;
        }

        private String option() {
            return "-Dbench.bf16=" + (this == BF16);
        }
    }

    /** libtorch's on one thread; the fastest is what this project is compared with. */
    static final List<Setup> LIBTORCH_OF_ONE = List.of(LIBTORCH_1, LIBTORCH_1_NCHW, LIBTORCH_1_BF16);

    /** libtorch's on two threads. */
    static final List<Setup> LIBTORCH_OF_TWO = List.of(LIBTORCH_2, LIBTORCH_2X1, LIBTORCH_2_BF16, LIBTORCH_2X1_BF16);

    /** All that this machine can run. */
    static final List<Setup> ALL = Stream.of(
                    STOCK,
                    FAST_TRAINING,
                    ND4J,
                    ONEDNN_1,
                    LIBTORCH_1,
                    ONEDNN_1_BF16,
                    LIBTORCH_1_BF16,
                    ONEDNN_2,
                    ONEDNN_2X1,
                    LIBTORCH_2,
                    ONEDNN_2_BF16,
                    LIBTORCH_2_BF16,
                    LIBTORCH_2X1,
                    LIBTORCH_2X1_BF16,
                    LIBTORCH_1_NCHW)
            .filter(setup -> !setup.bf16() || Machine.hasBf16())
            .toList();

    /** As the launcher {@code featuremap} starts this project. */
    private static Setup engine(String engine, int threads, Precision precision) {
        return engine(engine, threads, 1, precision);
    }

    private static Setup engine(String engine, int threads, int processes, Precision precision) {
        Map<String, String> environment = new TreeMap<>(OF_THE_LAUNCHER);
        Optional.ofNullable(System.getenv(KERNELS)).ifPresent(kernels -> environment.put(KERNELS, kernels));
        environment.put("OMP_NUM_THREADS", String.valueOf(threads));
        List<String> jvm = List.of(
                "@conf/jvm.options",
                "-Xmx1g",
                "-Dorg.bytedeco.javacpp.maxbytes=4g",
                "-Dbench.engine=" + engine,
                "-Dbench.threads=" + threads,
                precision.option());
        String name = engine + " " + times(processes) + threads + precision.ending;
        return new Setup(name, "engines", PACKAGE + "engines.EngineWorker", processes, environment, jvm);
    }

    private static Setup libtorch(int threads, int processes, Precision precision) {
        return libtorch(threads, processes, precision, true);
    }

    /** Of several threads, each is kept on its core and awake: libtorch's fastest setting. */
    private static Setup libtorch(int threads, int processes, Precision precision, boolean channelsLast) {
        Map<String, String> environment = new TreeMap<>(OF_THE_LAUNCHER);
        environment.keySet().removeIf(variable -> !variable.startsWith("MALLOC_"));
        environment.put("OMP_NUM_THREADS", String.valueOf(threads));
        environment.put("OPENBLAS_NUM_THREADS", "1");
        if (threads > 1) {
            environment.putAll(Map.of("OMP_PROC_BIND", "true", "OMP_WAIT_POLICY", "active"));
        }
        List<String> jvm = List.of(
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "-Dbench.threads=" + threads,
                "-Dbench.channelsLast=" + channelsLast,
                precision.option());
        String name = "libtorch " + times(processes) + threads + (channelsLast ? "" : " nchw") + precision.ending;
        return new Setup(name, "libtorch", PACKAGE + "libtorch.LibtorchWorker", processes, environment, jvm);
    }

    private static String times(int processes) {
        return processes > 1 ? processes + "x" : "";
    }

    private static Map<String, String> ofTheLauncher() {
        Properties all = new Properties();
        try (InputStream file = Setup.class.getResourceAsStream("/native.env")) {
            all.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.stringPropertyNames().stream().collect(Collectors.toMap(name -> name, all::getProperty));
    }

    boolean bf16() {
        return jvm.contains(Precision.BF16.option());
    }

    boolean oneThread() {
        return processes == 1 && "1".equals(environment.get("OMP_NUM_THREADS"));
    }

    List<String> command(String java, String classPath, String home, List<Task> tasks) {
        List<String> command = new ArrayList<>(List.of(java));
        jvm.forEach(option -> command.add(option.replaceFirst("^@", "@" + home + "/")));
        command.addAll(List.of("-cp", classPath, mainClass, home));
        tasks.forEach(task -> command.add(task.among(processes).toString()));
        return command;
    }

    @Override
    public String toString() {
        return name;
    }
}
