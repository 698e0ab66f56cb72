package dev.featuremap.backend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final long MIB = 1 << 20;

    @Test
    void doctorSaysWhatAffinityAndControlGroupsLeave() {
        assertThat(new Limits(1, 2, 1024 * MIB, 24152 * MIB).finding())
                .isEqualTo(
                        Finding.ok(
                                "limits",
                                "1 of 2 processors (affinity or a control group), 1024 of 24152 MiB of memory (a control group)"));
        assertThat(new Limits(1, 1, 8000 * MIB, 8000 * MIB).finding().found())
                .isEqualTo("1 of 1 processor, 8000 of 8000 MiB of memory");
    }

    @Test
    void aProcessHasNoMoreThanItsMachine() {
        Limits here = Limits.here();
        assertThat((long) here.processors()).isBetween(1L, here.machineProcessors());
        assertThat(here.memory()).isBetween(1L, here.machineMemory());
    }
}
