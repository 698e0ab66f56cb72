package dev.featuremap.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessorTest {
    @Test
    void zen4HalvesWideVectors() {
        Processor epyc = Processor.of(List.of(
                "processor\t: 0",
                "vendor_id\t: AuthenticAMD",
                "cpu family\t: 25",
                "model\t\t: 17",
                "flags\t\t: fpu avx512f",
                "",
                "processor\t: 1",
                "vendor_id\t: SomebodyElse",
                "cpu family\t: 6"));
        assertThat(epyc).isEqualTo(new Processor("AuthenticAMD", 25));
        assertThat(epyc.halvesWideVectors()).isTrue();
    }

    @Test
    void intelAndZen5DoNot() {
        assertThat(Processor.of(List.of("vendor_id\t: GenuineIntel", "cpu family\t: 6"))
                        .halvesWideVectors())
                .isFalse();
        assertThat(Processor.of(List.of("vendor_id\t: AuthenticAMD", "cpu family\t: 26"))
                        .halvesWideVectors())
                .isFalse();
    }

    @Test
    void aProcessorThatDoesNotTellIsUnknown() {
        Processor unknown = new Processor("", 0);
        assertThat(Processor.of(List.of("processor\t: 0", "CPU implementer\t: 0x41")))
                .isEqualTo(unknown);
        assertThat(Processor.of(List.of("cpu family\t: twenty-five"))).isEqualTo(unknown);
        assertThat(Processor.of(List.of())).isEqualTo(unknown);
        assertThat(unknown.halvesWideVectors()).isFalse();
    }
}
