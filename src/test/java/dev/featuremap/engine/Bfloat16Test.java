package dev.featuremap.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Bfloat16Test {
    private static final Window.Pair ONE = new Window.Pair(1, 1);
    private static final Bfloat16 TILES = new Bfloat16(true, 8, 1 << 15);
    private static final Bfloat16 VECTORS = new Bfloat16(false, 8, 1 << 15);

    @Test
    void aPictureOfOneChannelStaysF32() {
        assertThat(VECTORS.suits(convolution(1, 20))).isFalse();
        assertThat(VECTORS.suits(convolution(20, 50))).isTrue();
    }

    @Test
    void tilesTakeWeightGradientsOfWholeTilesOnly() {
        assertThat(TILES.suitsWeightGradient(convolution(20, 50), 8)).isFalse();
        assertThat(TILES.suitsWeightGradient(convolution(64, 128), 24)).isTrue();
        assertThat(TILES.suitsWeightGradient(convolution(128, 128), 4)).isFalse();
        assertThat(VECTORS.suitsWeightGradient(convolution(20, 50), 8)).isTrue();
        assertThat(VECTORS.suitsWeightGradient(convolution(1, 50), 8)).isFalse();
    }

    @Test
    void theMaximaAreLeftOnlyWhereTilesAreFull() {
        assertThat(TILES.beatsMaxima(convolution(64, 128), 24)).isTrue();
        assertThat(TILES.beatsMaxima(convolution(20, 50), 8)).isFalse();
        assertThat(VECTORS.beatsMaxima(convolution(64, 128), 24)).isFalse();
    }

    @Test
    void smallMatricesStayF32() {
        assertThat(VECTORS.suits(dense(800, 500))).isTrue();
        assertThat(VECTORS.suits(dense(500, 10))).isFalse();
    }

    private static Stage.Convolution convolution(long channels, long filters) {
        Window window = new Window(new Window.Pair(3, 3), ONE, new Window.Pair(0, 0), ONE, true);
        return new Stage.Convolution(
                0, -1, channels, filters, Stage.Convolution.Filters.DENSE, window, ElementwiseFunction.IDENTITY);
    }

    private static Stage.Dense dense(long inputs, long outputs) {
        return new Stage.Dense(0, -1, inputs, outputs, ElementwiseFunction.IDENTITY);
    }
}
