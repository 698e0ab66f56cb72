package dev.featuremap.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.Failure;
import dev.featuremap.backend.Doctor.Check;
import dev.featuremap.backend.Finding.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    private static final long MIB = 1 << 20;
    private static final String LINUX = "linux-x86_64";
    private static final Cpu NO_AVX = cpu("sse2");
    private static final Cpu AVX2 = cpu("avx", "avx2");
    private static final Cpu AVX512 = cpu("avx", "avx2", "avx512f");

    @Test
    void whateverACheckThrowsBecomesABadFinding() {
        List<Finding> findings = Doctor.examine(List.of(
                new Check("a", () -> {
                    throw new UnsatisfiedLinkError("no such library\nsecond line");
                }),
                new Check("b", () -> {
                    throw Failure.environment("no disk", "buy one", null);
                }),
                new Check("c", () -> {
                    throw new NullPointerException();
                }),
                new Check("d", () -> Finding.ok("d", "fine"))));
        assertThat(findings)
                .extracting(Finding::verdict)
                .containsExactly(Verdict.BAD, Verdict.BAD, Verdict.BAD, Verdict.OK);
        assertThat(findings)
                .extracting(Finding::found)
                .containsExactly(
                        "looking failed: UnsatisfiedLinkError: no such library",
                        "no disk",
                        "looking failed: NullPointerException: null",
                        "fine");
        assertThat(findings.get(1).remedy()).isEqualTo("buy one");
    }

    @Test
    void theChecksOfThisMachineAllComeToAnEnd() {
        List<Check> checks = Doctor.machineChecks();
        List<Finding> findings = Doctor.examine(checks);
        assertThat(findings)
                .extracting(Finding::check)
                .containsExactlyElementsOf(checks.stream().map(Check::name).toList());
        assertThat(findings).noneMatch(finding -> finding.verdict() == Verdict.BAD);
    }

    @Test
    void refusesAJavaThatIsTooOld() {
        assertThat(Doctor.java(11, "11.0.2").verdict()).isEqualTo(Verdict.BAD);
        assertThat(Doctor.java(17, "17.0.1")).isEqualTo(Finding.ok("java", "17.0.1"));
    }

    @Test
    void notesAProcessorWithoutAvx() {
        Finding finding = Doctor.cpu(NO_AVX, 4);
        assertThat(finding.verdict()).isEqualTo(Verdict.NOTE);
        assertThat(finding.found()).isEqualTo("some, 4 processors, no AVX");
        assertThat(Doctor.cpu(AVX2, 1)).isEqualTo(Finding.ok("cpu", "some, 1 processor, avx, avx2"));
        Cpu arm = new Cpu("macosx-arm64", "M", Optional.empty());
        assertThat(Doctor.cpu(arm, 8)).isEqualTo(Finding.ok("cpu", "M, 8 processors"));
    }

    @Test
    void notesNativesSlowerThanTheProcessorCanTake() {
        Finding finding = Doctor.natives(natives("-onednn"), AVX512, "cpu", false);
        assertThat(finding.verdict()).isEqualTo(Verdict.NOTE);
        assertThat(finding.found())
                .isEqualTo("linux-x86_64-onednn in use; this processor can take linux-x86_64-onednn-avx512");
        assertThat(finding.remedy()).contains("./featuremap", "-Dnatives.extension=-onednn-avx512");
        assertThat(Doctor.natives(natives("-onednn"), AVX512, "cpu", true).remedy())
                .isEqualTo("take a distribution made with mvn -Pdist,levels package, which holds them");
        assertThat(Doctor.natives(natives("-onednn-avx2"), AVX2, "cpu", false))
                .isEqualTo(Finding.ok("natives", "linux-x86_64-onednn-avx2 in use, the best for this processor"));
    }

    @Test
    void refusesNativesTheProcessorCannotRun() {
        Finding finding = Doctor.natives(natives("-onednn-avx512"), AVX2, "", false);
        assertThat(finding.verdict()).isEqualTo(Verdict.BAD);
        assertThat(finding.found()).isEqualTo("linux-x86_64-onednn-avx512 in use; this processor has avx, avx2");
    }

    @Test
    void refusesAClassPathWithoutNativesUnlessCudaWasAskedFor() {
        Natives none = new Natives(LINUX, Optional.empty());
        assertThat(Doctor.natives(none, AVX2, "cpu", false).verdict()).isEqualTo(Verdict.BAD);
        assertThat(Doctor.natives(none, AVX2, "cuda", false).verdict()).isEqualTo(Verdict.OK);
        assertThat(Doctor.engineNd4j(none, true, "CUDA").verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void tellsWhetherDl4jsLayersRunOnOneDnn() {
        assertThat(Doctor.engineNd4j(natives("-onednn"), true, "").verdict()).isEqualTo(Verdict.OK);
        assertThat(Doctor.engineNd4j(natives("-onednn"), false, "").found())
                .contains("org.eclipse.deeplearning4j.helpers.disable is true");
        assertThat(Doctor.engineNd4j(natives("-avx2"), true, "").remedy()).contains("-Dnatives.extension=-onednn");
        Natives arm = new Natives("linux-arm64", Optional.of(""));
        assertThat(Doctor.engineNd4j(arm, true, "").verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void notesMoreThreadsThanProcessors() {
        assertThat(Doctor.threads(8, 2).remedy()).contains("OMP_NUM_THREADS to 2");
        assertThat(Doctor.threads(2, 2)).isEqualTo(Finding.ok("threads", "2 for the arithmetic, on 2 processors"));
    }

    @Test
    void notesMemoryLimitsThatAreTooLowOrTooHigh() {
        assertThat(new Memory(768 * MIB, 6000 * MIB, 8000 * MIB).limits())
                .isEqualTo(Finding.ok("memory", "heap 768 MiB, native arrays 6000 MiB, of the machine's 8000 MiB"));
        assertThat(new Memory(128 * MIB, 6000 * MIB, 8000 * MIB).limits().remedy())
                .contains("FEATUREMAP_HEAP");
        assertThat(new Memory(768 * MIB, 128 * MIB, 8000 * MIB).limits().remedy())
                .contains("FEATUREMAP_NATIVE_MEMORY");
        assertThat(new Memory(768 * MIB, 8000 * MIB, 8000 * MIB).limits().found())
                .endsWith("the limits together are more than there is, so that the system may end a large run");
    }

    @Test
    void looksAtAFolderWithoutLeavingAnything(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("not/there/yet");
        assertThat(Folder.look("runs", missing).found()).startsWith(missing + ": writable, ");
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void refusesAFolderThatCannotBeWritten(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("runs"));
        Finding finding = Folder.look("runs", file);
        assertThat(finding.verdict()).isEqualTo(Verdict.BAD);
        assertThat(finding.found()).startsWith("cannot write into " + file + ": ");
    }

    @Test
    void saysWhenADiskIsNearlyFull() {
        Path runs = Path.of("runs");
        assertThat(Folder.space("runs", runs, 99 * MIB).verdict()).isEqualTo(Verdict.BAD);
        assertThat(Folder.space("runs", runs, 500 * MIB).verdict()).isEqualTo(Verdict.NOTE);
        assertThat(Folder.space("runs", runs, 5000 * MIB))
                .isEqualTo(Finding.ok("runs", "runs: writable, 5000 MiB free"));
    }

    private static Natives natives(String extension) {
        return new Natives(LINUX, Optional.of(extension));
    }

    private static Cpu cpu(String... features) {
        return new Cpu(LINUX, "some", Optional.of(Set.of(features)));
    }
}
