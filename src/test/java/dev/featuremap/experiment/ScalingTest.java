package dev.featuremap.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalingTest {
    @ParameterizedTest
    @CsvSource({
        "UNIT,   0, 1, 0.2, 255, 0",
        "SIGNED, -1, 1, -0.6, 127.5, -1",
        "RAW,    0, 255, 51, 1, 0",
    })
    void scalesBlackWhiteAndLevel51(
            Scaling scaling, float black, float white, float level51, float divisor, float offset) {
        assertThat(scaling.apply(0)).isEqualTo(black);
        assertThat(scaling.apply(255)).isEqualTo(white);
        assertThat(scaling.apply(51)).isEqualTo(level51);
        assertThat(scaling.divisor()).isEqualTo(divisor);
        assertThat(scaling.offset()).isEqualTo(offset);

        float[] scaled = new float[2];
        scaling.apply(new byte[] {(byte) 255, 51}, scaled);
        assertThat(scaled).containsExactly(white, level51);
    }
}
