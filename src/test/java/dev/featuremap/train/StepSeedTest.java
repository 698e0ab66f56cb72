package dev.featuremap.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StepSeedTest {
    @Test
    void differsForEveryRunAndStep() {
        Set<Long> seeds = new HashSet<>();
        for (long run = 0; run < 100; run++) {
            for (long step = 0; step < 1000; step++) {
                seeds.add(StepSeed.of(run, step));
            }
        }
        assertThat(seeds).hasSize(100_000);
    }

    @Test
    void neverChanges() {
        assertThat(StepSeed.of(42, 0)).isEqualTo(StepSeed.of(42, 0)).isNotEqualTo(StepSeed.of(42, 1));
    }
}
