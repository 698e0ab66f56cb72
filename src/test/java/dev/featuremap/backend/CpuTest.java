package dev.featuremap.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CpuTest {
    /** The rows of {@code LauncherTest}: both choose the same. */
    @ParameterizedTest
    @CsvSource({
        "linux-x86_64,  fpu sse2 avx avx2 avx512f avx512vl, -onednn-avx512",
        "linux-x86_64,  fpu sse2 avx avx2,                  -onednn-avx2",
        "linux-x86_64,  fpu sse2 avx,                       -onednn",
        "linux-x86_64,  '',                                 -onednn",
        "linux-arm64,   fp asimd,                           ''",
        "macosx-x86_64, fpu avx2 avx512f,                   -onednn-avx2",
        "macosx-x86_64, fpu sse2,                           -onednn",
        "macosx-arm64,  '',                                 ''",
        "windows-x86_64, avx avx2 avx512f,                  -onednn-avx512",
    })
    void choosesTheNativesAsTheLauncherDoes(String platform, String features, String extension) {
        assertThat(cpu(platform, features).bestExtension()).contains(extension);
    }

    @Test
    void choosesNothingWhereTheSystemDoesNotTellTheFeatures() {
        Cpu unknown = new Cpu("windows-x86_64", "amd64", Optional.empty());
        assertThat(unknown.bestExtension()).isEmpty();
        assertThat(unknown.canRun("-onednn-avx512")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "avx avx2,         -onednn-avx512, false",
        "avx avx2,         -avx512,        false",
        "avx avx2 avx512f, -onednn-avx512, true",
        "avx,              -onednn-avx2,   false",
        "avx avx2,         -onednn-avx2,   true",
        "'',               -onednn,        true",
        "'',               '',             true",
    })
    void knowsWhichNativesItCanRun(String features, String extension, boolean runs) {
        assertThat(cpu("linux-x86_64", features).canRun(extension)).isEqualTo(runs);
    }

    @Test
    void readsWhatLinuxTells() {
        Cpu cpu = Cpu.of(
                "linux-x86_64",
                List.of(
                        "processor\t: 0",
                        "model name\t: Some CPU @ 2 GHz",
                        "flags\t\t: fpu AVX avx2",
                        "flags\t\t: none"));
        assertThat(cpu)
                .isEqualTo(new Cpu("linux-x86_64", "Some CPU @ 2 GHz", Optional.of(Set.of("fpu", "avx", "avx2"))));
        assertThat(Cpu.of("linux-arm64", List.of("Features\t: fp asimd")).features())
                .contains(Set.of("fp", "asimd"));
        assertThat(Cpu.of("linux-x86_64", List.of()).features()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "AuthenticAMD, 25, true", // Zen 3 and 4
        "AuthenticAMD, 26, false", // Zen 5 has them whole
        "GenuineIntel, 25, false",
        "GenuineIntel, 6, false",
    })
    void knowsWhoHalvesWideVectors(String maker, int family, boolean halves) {
        List<String> told = List.of("vendor_id\t: " + maker, "cpu family\t: " + family, "model\t\t: 17");
        assertThat(Cpu.of("linux-x86_64", told).halvesWideVectors()).isEqualTo(halves);
    }

    @Test
    void takesWideVectorsForWholeWhereTheSystemTellsNoFamily() {
        assertThat(Cpu.of("linux-arm64", List.of("CPU implementer\t: 0x41")).halvesWideVectors())
                .isFalse();
        assertThat(new Cpu("windows-x86_64", "amd64", Optional.empty()).halvesWideVectors())
                .isFalse();
    }

    @Test
    void knowsThisMachine() {
        assertThat(Cpu.here().platform()).isEqualTo(Natives.inUse().platform());
        assertThat(Cpu.here().name()).isNotBlank();
    }

    private static Cpu cpu(String platform, String features) {
        return new Cpu(
                platform, "some", Optional.of(Arrays.stream(features.split(" ")).collect(Collectors.toSet())));
    }
}
