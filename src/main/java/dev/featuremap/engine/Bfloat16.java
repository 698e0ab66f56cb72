package dev.featuremap.engine;

import dev.featuremap.Failure;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;

/**
 * Which passes take their factors in bf16 (8 significant bits, f32's range) and add their products in f32: a rule on shapes and
 * processor and never a measurement, so that the same network always rounds at the same places. The figures behind it are in
 * docs/decisions/0036-bf16.md.
 *
 * @param tiles whether the processor multiplies whole tiles (AMX), else pairs of values in vectors (AVX512_BF16)
 * @param leastChannels of a convolution's input: with fewer, products by padding eat up what is won
 * @param leastWeights of a dense layer: smaller matrices cost as much to round as they save
 */
record Bfloat16(boolean tiles, long leastChannels, long leastWeights) {
    /** oneDNN's bits for instructions, of what {@code dnnl_get_effective_cpu_isa} tells. */
    private static final int VECTORS = 0x80;

    private static final int TILES = 0x200;

    private static final long LEAST_CHANNELS = 8;
    private static final long LEAST_WEIGHTS = 1 << 15;

    /** Below that, tiles of a weight's gradient, which run along a row of pixels, stay mostly empty. */
    private static final int LEAST_WIDTH = 8;

    /** This processor's, or empty where it has no instructions for bf16. */
    static Optional<Bfloat16> here() {
        int instructions = dnnl.dnnl_get_effective_cpu_isa();
        return (instructions & VECTORS) == 0
                ? Optional.empty()
                : Optional.of(new Bfloat16((instructions & TILES) != 0, LEAST_CHANNELS, LEAST_WEIGHTS));
    }

    /** @throws Failure (environment) where the processor has none */
    static Bfloat16 required() {
        return here().orElseThrow(() -> Failure.environment(
                "this processor has no instructions for bf16 (AVX512_BF16 or AMX)",
                "train with training.precision=f32, or where the processor has them",
                null));
    }

    /** The forward pass, and the gradient of the input. */
    boolean suits(Stage.Convolution convolution) {
        return convolution.isDense() && convolution.channels() >= leastChannels;
    }

    /** The gradient of the weights, for an output of so many pixels in a row. */
    boolean suitsWeightGradient(Stage.Convolution convolution, long width) {
        boolean full = convolution.channels() % LEAST_CHANNELS == 0 && width >= LEAST_WIDTH;
        return suits(convolution) && (full || !tiles);
    }

    /** Whether going back through all pixels takes less time than {@link MaxPoolConvolutionBackward} in f32. */
    boolean beatsMaxima(Stage.Convolution convolution, long width) {
        return tiles && suitsWeightGradient(convolution, width);
    }

    /** A dense layer's forward pass, and the gradient of its input. */
    boolean suits(Stage.Dense dense) {
        return dense.inputs() * dense.outputs() >= leastWeights;
    }
}
