package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.featuremap.JavaCommand;
import dev.featuremap.backend.NativeSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fault")
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    @ParameterizedTest
    @CsvSource({
        "Linux,  x86_64, fpu sse2 avx avx2 avx512f avx512vl, -onednn-avx512",
        "Linux,  x86_64, fpu sse2 avx avx2,                  -onednn-avx2",
        "Linux,  x86_64, fpu sse2 avx,                       -onednn",
        "Linux,  x86_64, '',                                 -onednn",
        "Linux,  aarch64, fp asimd,                          none",
        "Darwin, x86_64, fpu avx2 avx512f,                   -onednn-avx2",
        "Darwin, x86_64, fpu sse2,                           -onednn",
        "Darwin, arm64,  '',                                 none",
    })
    void choosesTheNativesByTheCpu(String os, String arch, String flags, String extension) throws Exception {
        assertThat(output(processor(os, arch, flags), "./featuremap", "--print-natives"))
                .isEqualTo(extension + "\n");
    }

    /** What the launcher takes its machine for. */
    private static Map<String, String> processor(String os, String arch, String flags) {
        return Map.of("FEATUREMAP_OS", os, "FEATUREMAP_ARCH", arch, "FEATUREMAP_CPU_FLAGS", flags);
    }

    @ParameterizedTest
    @CsvSource({"--help", "--version", "train --help"})
    void helpLoadsNoNd4j(String arguments) throws Exception {
        List<String> command = JavaCommand.of(
                List.of("-Xlog:class+load:stdout"), JavaCommand.FEATUREMAP, List.of(arguments.split(" ")));
        String loaded = output(Map.of(), command.toArray(String[]::new));
        assertThat(loaded).contains("dev.featuremap.cli.Main").doesNotContain("org.nd4j", "org.deeplearning4j");
    }

    @ParameterizedTest
    @CsvSource({
        "FEATUREMAP_BACKEND,       tpu,         2",
        "FEATUREMAP_THREADS,       zero,        2",
        "FEATUREMAP_THREADS,       0,           2",
        "FEATUREMAP_HEAP,          lots,        2",
        "FEATUREMAP_HEAP,          1k,          2",
        "FEATUREMAP_HEAP,          900000g,     5",
        "FEATUREMAP_NATIVE_MEMORY, -3,          2",
        "FEATUREMAP_NATIVES,       avx9,        2",
        "FEATUREMAP_JAVA_OPTS,     -Xnonsense,  2",
        "FEATUREMAP_JAVA_OPTS,     -XX:+UseG1GC, 2",
        "OMP_NUM_THREADS,          many,        2",
        "JAVA_HOME,                /no/such,    5",
    })
    void aVariableThatCannotBeIsNamedWithWhatWasFound(String variable, String value, int exitCode) throws Exception {
        Map<String, String> environment = Map.of(variable, value);
        Process process = process(environment, "./featuremap", "train", "--run-dir", "target/never");
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(err).isEqualTo(exitCode);
        assertThat(err.lines()).hasSize(2);
        assertThat(err).startsWith("error: ").contains(variable, value, "\nremedy: ");

        Process json = process(environment, "./featuremap", "train", "--json");
        JsonNode error = new ObjectMapper().readTree(json.getInputStream()).get("error");
        assertThat(error.get("code").asInt()).isEqualTo(exitCode);
        assertThat(error.get("cause").asText()).contains(variable, value);
        assertThat(json.getErrorStream().readAllBytes()).isEmpty();
        assertThat(Path.of("target/never")).doesNotExist();
    }

    @Test
    void aTrainingThatFailsIsOneLineOfCauseAndOneOfRemedy(@TempDir Path folder) throws Exception {
        output(Map.of(), "./featuremap", "--version"); // builds where it must
        String run = folder.resolve("run").toString();
        Process process =
                process(Map.of(), "./featuremap", "train", "data={source: images, folder: no/such}", "--run-dir", run);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(err).isEqualTo(3);
        assertThat(err.lines()).hasSize(2);
        assertThat(err).startsWith("error: ").contains("no/such: no such folder\nremedy: ");
    }

    @ParameterizedTest
    @CsvSource({"11.0.2", "1.8.0_402"})
    void aJavaThatIsTooOldIsNamedWithItsVersion(String version, @TempDir Path old) throws Exception {
        Files.createDirectory(old.resolve("bin"));
        Files.writeString(old.resolve("bin/java"), "#!/bin/sh\nexit 1\n");
        assertThat(old.resolve("bin/java").toFile().setExecutable(true)).isTrue();
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        Process process = process(Map.of("JAVA_HOME", old.toString()), "./featuremap", "train");
        assertThat(process.getErrorStream())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("error: the Java found, " + old.toRealPath() + "/bin/java, is version " + version
                        + "\nremedy: install a JDK 17 or newer, or set JAVA_HOME to one\n");
        assertThat(process.waitFor()).isEqualTo(5);
    }

    @Test
    void whatIsFoundIsQuotedForJson() throws Exception {
        Process process = process(Map.of("FEATUREMAP_BACKEND", "a\"b\\c\nd"), "./featuremap", "train", "--json");
        JsonNode error = new ObjectMapper().readTree(process.getInputStream()).get("error");
        assertThat(error.get("cause").asText()).isEqualTo("FEATUREMAP_BACKEND is a\"b\\c?d");
    }

    @ParameterizedTest
    @CsvSource({
        "onednn-avx512, fpu avx avx2, 5",
        "onednn-avx2,   fpu avx,      5",
        "onednn-avx2,   fpu avx avx2 avx512f, 0",
        "none,          fpu,          0"
    })
    void nativesThatTheCpuLacksAreRefused(String natives, String flags, int exitCode) throws Exception {
        Map<String, String> environment = new HashMap<>(processor("Linux", "x86_64", flags));
        environment.put("FEATUREMAP_NATIVES", natives);
        Process process = process(environment, "./featuremap", "--print-natives");
        assertThat(process.waitFor()).isEqualTo(exitCode);
        if (exitCode != 0) {
            assertThat(process.getErrorStream())
                    .asString(StandardCharsets.UTF_8)
                    .contains("FEATUREMAP_NATIVES is " + natives);
        }
    }

    @Test
    void ofAListOfThreadsTheFirstNumberIsTaken() throws Exception {
        assertThat(output(Map.of("OMP_NUM_THREADS", "3,1"), "./featuremap", "--print-settings"))
                .contains("threads 3\n");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void processorsAreThoseThatTasksetLeaves() throws Exception {
        String printed = output(Map.of(), "taskset", "-c", "0", "nice", "./featuremap", "--print-settings");
        assertThat(printed).contains("processors 1\n", "threads 1\n");
    }

    /** A control group as Linux tells of it, this process two levels deep in it, the limits at one of them. */
    @ParameterizedTest
    @CsvSource({
        "0::/a/b,          a/b/cpu.max=50000 100000,                                        processors 1",
        "0::/a/b,          cpu.max=100000 100000,                                           processors 1",
        "3:cpu,            cpu/a/b/cpu.cfs_quota_us=100000;cpu/a/b/cpu.cfs_period_us=100000, processors 1",
        "3:cpu/cpuacct,    cpu/a/cpu.cfs_quota_us=20000;cpu/a/cpu.cfs_period_us=100000,      processors 1",
        "0::/a/b,          a/memory.max=1073741824;a/b/memory.max=max,             native memory 384m",
        "0::/elsewhere,    memory.max=1073741824,                                  heap 384m",
        "4:memory,         memory/a/b/memory.limit_in_bytes=1073741824,             native memory 384m",
        "4:memory,         memory/a/memory.limit_in_bytes=1073741824,               heap 384m",
        "4:memory,         memory/a/b/memory.limit_in_bytes=9223372036854771712,    heap 768m",
    })
    @EnabledOnOs(OS.LINUX)
    void limitsAreTheSmallestOfTheControlGroupsUpTheTree(
            String group, String files, String expected, @TempDir Path groups) throws Exception {
        String self = group.contains("::") ? group : group.replace('/', ',') + ":/a/b";
        Files.writeString(groups.resolve("self"), "7:pids:/x\n" + self + "\n");
        for (String file : files.split(";", -1)) {
            String[] parts = file.split("=", -1);
            Path path = groups.resolve(parts[0]);
            Files.createDirectories(path.getParent());
            Files.writeString(path, parts[1] + "\n");
        }
        assertThat(output(Map.of("FEATUREMAP_CGROUPS", groups.toString()), "./featuremap", "--print-settings"))
                .contains(expected + "\n");
    }

    @ParameterizedTest
    @CsvSource({"1000000", "2500000"})
    @EnabledOnOs(OS.LINUX)
    void tooFewAddressesAreRefusedByTheNameOfTheirLimit(String kibibytes) throws Exception {
        Process process = process(Map.of(), "bash", "-c", "ulimit -v " + kibibytes + "; ./featuremap train --json");
        JsonNode error = new ObjectMapper().readTree(process.getInputStream()).get("error");
        assertThat(process.waitFor()).isEqualTo(5);
        assertThat(error.get("cause").asText()).contains("ulimit -v");
    }

    /** Mounting takes root. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void nativesUnpackedWhereNoCodeMayRunNameThatFolder(@TempDir Path folder) throws Exception {
        Path cache = Files.createDirectory(folder.resolve("cache"));
        String mounting = "mount -t tmpfs -o noexec,size=600m tmpfs " + cache;
        assumeThat(process(Map.of(), "bash", "-c", mounting).waitFor())
                .as("exit code of mounting a tmpfs")
                .isZero();
        try {
            Map<String, String> environment =
                    Map.of("FEATUREMAP_JAVA_OPTS", "-Dorg.bytedeco.javacpp.cachedir=" + cache);
            for (String command : List.of("train", "bench")) {
                Process process = process(environment, "./featuremap", command, "--json");
                JsonNode error =
                        new ObjectMapper().readTree(process.getInputStream()).get("error");
                assertThat(process.waitFor()).as(command).isEqualTo(5);
                assertThat(error.get("cause").asText()).contains(cache.toString(), "noexec");
                assertThat(error.get("remedy").asText()).contains("cachedir");
            }
        } finally {
            process(Map.of(), "umount", cache.toString()).waitFor();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aHomeThatIsNotThereKeepsNothingFromWorking(@TempDir Path folder) throws Exception {
        Map<String, String> environment = Map.of("HOME", folder.resolve("none").toString());
        output(environment, "./featuremap", "train", "training.epochs=1", "--quiet", "--run-dir", folder + "/run");
        assertThat(folder.resolve("run/model.zip")).isNotEmptyFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CDPATH", "colon:", "space quote'\" $x #", "-dash", "line\nbreak\n"})
    @EnabledOnOs(OS.LINUX)
    void worksFromACheckoutOfAnyPath(String name, @TempDir Path folder) throws Exception {
        checkout(folder.resolve(name));
        ProcessBuilder builder =
                new ProcessBuilder("./" + name + "/featuremap", "config", "show").directory(folder.toFile());
        builder.environment().put("CDPATH", ".");
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(out).contains("name: xo-cnn");
    }

    /** A copy is of another class path than the archive it brings along; its own is made where the one told of is missing. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void startsFromAnArchiveOfItsClassesAndPassesOverOneThatDoesNotFit(@TempDir Path folder) throws Exception {
        Path home = checkout(folder.resolve("home"));
        Path size = archive(home, ".size");
        Path archive = archive(home, ".jsa");
        String version = output(Map.of(), home + "/featuremap", "--version");
        assertThat(isArchiveUsed(home)).as("another class path's").isFalse();
        assertThat(told(home)).isEqualTo(version);

        Files.delete(size);
        assertThat(told(home)).isEqualTo("featuremap: preparing faster starts ...\n" + version);
        assertThat(isArchiveUsed(home)).as("its own").isTrue();
        assertThat(told(home)).isEqualTo(version);

        byte[] sound = Files.readAllBytes(archive);
        byte[] damaged = sound.clone();
        Arrays.fill(damaged, damaged.length / 2, damaged.length / 2 + 4096, (byte) 7);
        Files.delete(archive);
        for (byte[] unsound : List.of(damaged, Arrays.copyOf(sound, sound.length / 2), new byte[sound.length])) {
            Files.write(archive, unsound);
            assertThat(told(home)).isEqualTo(version);
            assertThat(isArchiveUsed(home)).isFalse();
        }
        Files.write(archive, sound);
        Path jar = archive(home, ".jar");
        Files.write(jar, Arrays.copyOf(Files.readAllBytes(jar), 100_000));
        assertThat(told(home)).as("with a jar cut short").isEqualTo(version);
        Files.delete(archive);
        assertThat(told(home)).isEqualTo(version);
    }

    /** Mounting takes root. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void worksWithoutAnArchiveWhereNoneCanBeWritten(@TempDir Path folder) throws Exception {
        Path home = checkout(folder.resolve("home"));
        Files.delete(archive(home, ".size"));
        String target = home.resolve("target").toString();
        String mounting = "mount --bind $0 $0 && mount -o remount,bind,ro $0";
        assumeThat(process(Map.of(), "bash", "-c", mounting, target).waitFor())
                .as("exit code of mounting a folder to be read only")
                .isZero();
        try {
            assertThat(told(home)).isEqualTo(output(Map.of(), home + "/featuremap", "--version"));
            assertThat(isArchiveUsed(home)).isFalse();
        } finally {
            process(Map.of(), "umount", target).waitFor();
        }
    }

    /** The one file of the archive with an ending. */
    private static Path archive(Path home, String ending) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("target"))) {
            String java = Runtime.version().toString();
            return files.filter(file -> file.toString().endsWith(java + ending))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static boolean isArchiveUsed(Path home) throws Exception {
        return output(Map.of("FEATUREMAP_JAVA_OPTS", "-Xlog:class+load"), home + "/featuremap", "--version")
                .contains(JavaCommand.FEATUREMAP + " source: shared objects file");
    }

    /** What {@code --version} prints, on standard error first. */
    private static String told(Path home) throws Exception {
        Process process = process(Map.of(), home + "/featuremap", "--version");
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(err).isZero();
        return err + out;
    }

    /** A copy of this checkout, built. */
    private static Path checkout(Path home) throws Exception {
        output(Map.of(), "./featuremap", "--version"); // builds where it must
        Files.createDirectory(home);
        for (String part : List.of("featuremap", "conf", "pom.xml", "src", "target")) {
            output(Map.of(), "cp", "-a", part, home.toString());
        }
        return home;
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void outputThatCannotBeWrittenIsExitCode5AndAReaderThatHasEnoughIsNot() throws Exception {
        Process full = process(Map.of(), "bash", "-c", "./featuremap config show >/dev/full");
        assertThat(full.getErrorStream())
                .asString(StandardCharsets.UTF_8)
                .startsWith("error: standard output cannot be written: No space left on device\nremedy: ");
        assertThat(full.waitFor()).isEqualTo(5);
        Process closed = process(Map.of(), "bash", "-c", "./featuremap config show >&-");
        assertThat(closed.waitFor()).isEqualTo(5);
        Process enough = process(
                Map.of("LC_ALL", "C.UTF-8"), "bash", "-c", "set -o pipefail; ./featuremap config keys | head -1");
        assertThat(enough.getErrorStream().readAllBytes()).isEmpty();
        assertThat(enough.waitFor()).isZero();
    }

    @Test
    void givesTheJvmWhatTheFilesInConfSayWhereTheUserHasNot(@TempDir Path folder) throws Exception {
        output(Map.of(), "./featuremap", "--version"); // builds where it must
        Path java = Files.createDirectory(folder.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nenv\nprintf '%s\\n' \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Map<String, String> environment =
                Map.of("JAVA_HOME", folder.toString(), "FEATUREMAP_THREADS", "2", "OMP_WAIT_POLICY", "active");
        String given = output(environment, "./featuremap", "--version");
        Map<String, String> expected = new HashMap<>(NativeSettings.ENVIRONMENT);
        expected.putAll(Map.of("OMP_NUM_THREADS", "2", "OMP_WAIT_POLICY", "active"));
        if (output(Map.of(), "./featuremap", "--print-natives").equals("none\n")) {
            expected.remove("ND4J_SKIP_BLAS_THREADS");
        }
        assertThat(given.lines())
                .containsAll(expected.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList())
                .contains("@" + Path.of("").toRealPath() + "/conf/jvm.options");
    }

    @Test
    void tellsTheJvmHowWideTheTerminalIs(@TempDir Path folder) throws Exception {
        assumeThat(Path.of("/usr/bin/script")).exists();
        output(Map.of(), "./featuremap", "--version"); // builds where it must
        Path java = Files.createDirectory(folder.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nenv\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Map<String, String> environment = Map.of("JAVA_HOME", folder.toString());
        String asked = "stty rows 24 cols 57; %s ./featuremap --version";
        assertThat(output(environment, "script", "-qec", String.format(asked, "env -u COLUMNS"), "/dev/null"))
                .contains("COLUMNS=57");
        assertThat(output(environment, "script", "-qec", String.format(asked, "env COLUMNS=99"), "/dev/null"))
                .contains("COLUMNS=99");
    }

    @Test
    void leavesOpenBlasItsThreadsWhereTheyDoTheWork(@TempDir Path folder) throws Exception {
        assertThat(given(folder, "FEATUREMAP_THREADS=3"))
                .contains("OPENBLAS_NUM_THREADS=1\n")
                .doesNotContain("ND4J_SKIP_BLAS_THREADS");
    }

    /** OpenBLAS 0.3.19 takes Intel's newer processors for its oldest. */
    @ParameterizedTest
    @CsvSource({
        "GenuineIntel avx2 avx512f, '', SkylakeX",
        "GenuineIntel avx2, '', Haswell",
        "GenuineIntel sse2, '', its own choice",
        "AuthenticAMD avx2 avx512f, '', its own choice",
        "GenuineIntel avx2, Zen, Zen"
    })
    void tellsOpenBlasItsKernelsOnIntelsProcessors(String flags, String set, String kernels) throws Exception {
        Map<String, String> environment = new HashMap<>(processor("Linux", "x86_64", flags));
        environment.put("OPENBLAS_CORETYPE", set);
        assertThat(output(environment, "./featuremap", "--print-settings"))
                .contains("\nblas kernels " + kernels + "\n");
    }

    /** What the launcher gives to a Java that prints its environment and its arguments. */
    private static String given(Path folder, String... environment) throws Exception {
        Path java = Files.createDirectory(folder.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nenv\nprintf '%s\\n' \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        List<String> command =
                new ArrayList<>(List.of("env", "-i", "PATH=" + System.getenv("PATH"), "JAVA_HOME=" + folder));
        command.addAll(List.of(environment));
        command.addAll(List.of("./featuremap", "--version"));
        return output(Map.of(), command.toArray(String[]::new));
    }

    /** Both read the files in conf rather than saying the same again. */
    @ParameterizedTest
    @ValueSource(strings = {"featuremap", "featuremap.cmd"})
    void noLauncherRepeatsWhatTheFilesInConfSay(String launcher) throws Exception {
        String text = Files.readString(Path.of(launcher));
        assertThat(text.replace('\\', '/')).contains("/conf/native.env\"", "/conf/jvm.options\"");
        NativeSettings.ENVIRONMENT.forEach(
                (name, value) -> assertThat(text).as(name).doesNotContain(name + "=" + value));
        assertThat(text).doesNotContain("UseSerialGC", "maxphysicalbytes");
    }

    /** The table in each head, the variables with their meanings and defaults. */
    @Test
    void bothLaunchersKnowTheSameVariables() throws Exception {
        List<String> bash = variables("featuremap", "# ");
        assertThat(bash).hasSize(8).first().asString().startsWith("FEATUREMAP_HOME_DIR");
        assertThat(variables("featuremap.cmd", "rem ")).isEqualTo(bash);
    }

    private static List<String> variables(String launcher, String comment) throws IOException {
        return Files.readAllLines(Path.of(launcher)).stream()
                .filter(line -> line.matches(comment + "[A-Z_]+  +.*"))
                .map(line -> line.substring(comment.length()))
                .toList();
    }

    @Test
    void givesTheJvmAFilterAgainstJavaObjects() throws Exception {
        assertThat(Files.readString(Path.of("featuremap"))).contains(" '-Djdk.serialFilter=!*' ");
        assertThat(Files.readString(Path.of("featuremap.cmd"))).contains("\"-Djdk.serialFilter=!*\"");
    }

    private static String output(Map<String, String> environment, String... command) throws Exception {
        Process process = process(environment, command);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return out;
    }

    private static Process process(Map<String, String> environment, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder.start();
    }
}
