package dev.featuremap.engine;

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
        // Worked out from SplitMix64's formulas outside Java: with others, dropout would be another when a run is gone
        // on with.
        assertThat(StepSeed.of(42, 0)).isEqualTo(6332618229526065668L);
        assertThat(StepSeed.of(42, 1)).isEqualTo(-816328817471504299L);
        assertThat(StepSeed.of(42, 1000)).isEqualTo(-5621463743594346343L);
        assertThat(StepSeed.of(-7, 5)).isEqualTo(-8657974942061788725L);
    }
}
