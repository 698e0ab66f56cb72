package dev.featuremap.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.backend.Finding.Verdict;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LauncherSettingsTest {
    @Test
    void findsNothingToMendInWhatTheLauncherSets() {
        LauncherSettings settings = new LauncherSettings(NativeSettings.ENVIRONMENT, 0, "linux-x86_64");
        assertThat(settings.openMpWaiting()).isEqualTo(Finding.ok("openmp waiting", "passive"));
        assertThat(settings.blas("OPENBLAS", 2)).isEqualTo(Finding.ok("blas", "OPENBLAS, threads: 1"));
        assertThat(settings.malloc()).isEqualTo(Finding.ok("malloc", "keeps memory between steps"));
        assertThat(settings.javaCpp().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void namesEachSettingThatARunFromAnIdeLacks() {
        LauncherSettings settings = new LauncherSettings(Map.of(), 1L << 34, "linux-x86_64");
        assertThat(settings.openMpWaiting().verdict()).isEqualTo(Verdict.NOTE);
        assertThat(settings.openMpWaiting().remedy()).contains("OMP_WAIT_POLICY=passive", "IDE's run configuration");
        assertThat(settings.blas("OPENBLAS", 2).found())
                .isEqualTo("OPENBLAS, threads: 2; they fight with OpenMP's in engine nd4j");
        assertThat(settings.blas("OPENBLAS", 2).remedy())
                .contains("ND4J_SKIP_BLAS_THREADS=true OPENBLAS_NUM_THREADS=1");
        assertThat(settings.malloc().remedy())
                .contains(
                        "MALLOC_MMAP_THRESHOLD_=1073741824 MALLOC_TOP_PAD_=67108864 MALLOC_TRIM_THRESHOLD_=2147483648");
        assertThat(settings.javaCpp().remedy()).contains("-Dorg.bytedeco.javacpp.maxphysicalbytes=0");
    }

    @Test
    void namesAPolicyThatLetsThreadsSpin() {
        Finding finding = new LauncherSettings(Map.of("OMP_WAIT_POLICY", "active"), 0, "linux-x86_64").openMpWaiting();
        assertThat(finding.verdict()).isEqualTo(Verdict.NOTE);
        assertThat(finding.found()).startsWith("OMP_WAIT_POLICY is active");
    }

    @ParameterizedTest
    @CsvSource({"1", "12x", "''"})
    void namesOneMemorySettingThatIsTooLow(String value) {
        Map<String, String> environment = new HashMap<>(NativeSettings.ENVIRONMENT);
        environment.put("MALLOC_TOP_PAD_", value);
        assertThat(new LauncherSettings(environment, 0, "linux-x86_64").malloc().found())
                .endsWith("not set, or low: MALLOC_TOP_PAD_");
    }

    @Test
    void asksForNoGlibcSettingsElsewhere() {
        assertThat(new LauncherSettings(Map.of(), 0, "macosx-arm64").malloc())
                .isEqualTo(Finding.ok("malloc", "nothing to set on macosx-arm64"));
    }

    /** Only there was it measured that its threads are in the way. */
    @ParameterizedTest
    @CsvSource({"linux-x86_64, 4", "linux-arm64, 2", "linux-x86_64, 1"})
    void leavesOpenBlasItsThreadsWhereTheLauncherDoes(String platform, int threads) {
        Finding finding = new LauncherSettings(Map.of(), 0, platform).blas("OPENBLAS", threads);
        assertThat(finding).isEqualTo(Finding.ok("blas", "OPENBLAS, threads: " + threads));
    }

    /** What these tests run under is what the launchers set. */
    @Test
    void theTestsRunWithTheLaunchersSettings() {
        assertThat(System.getenv()).containsAllEntriesOf(NativeSettings.ENVIRONMENT);
        assertThat(ManagementFactory.getRuntimeMXBean().getInputArguments())
                .containsAll(NativeSettings.JVM_OPTIONS.stream()
                        .filter(option -> option.startsWith("-"))
                        .toList());
    }
}
