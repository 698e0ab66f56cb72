package dev.featuremap.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedComparisonsTest {
    @ParameterizedTest
    @ValueSource(strings = {"xo-losses", "mnist-linear-losses", "mnist-losses", "mnist-label-noise"})
    void fitsItsBase(String name) {
        Comparison comparison = ComparisonFile.read(Path.of("conf/compare", name + ".yaml"), List.of());

        ComparisonPlan plan = new ComparisonPlan(comparison, Path.of(comparison.base()));

        assertThat(comparison.name()).isEqualTo(name);
        assertThat(comparison.seeds().values()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(comparison.allMembers())
                .extracting(member -> member.name().split("-", 2)[0])
                .contains("mse", "mae");
        assertThat(plan.metrics()).contains(plan.metric());
    }
}
