package dev.featuremap.engine;

import java.util.Optional;

/**
 * How a chain computes.
 *
 * @param layout the order of feature maps
 * @param bf16 what is computed in bf16; empty when all is f32
 */
record Arithmetic(Layout layout, Optional<Bfloat16> bf16) {
    /** All in f32. */
    static Arithmetic f32(NetworkPlan plan) {
        return f32(Layout.of(plan));
    }

    /** All in f32, with a layout that need not be the best. */
    static Arithmetic f32(Layout layout) {
        return new Arithmetic(layout, Optional.empty());
    }

    /** In bf16 where that pays. Its kernels are as fast with channels last as with blocks, and pad less. */
    static Arithmetic bf16(Bfloat16 rule) {
        return new Arithmetic(Layout.CHANNELS_LAST, Optional.of(rule));
    }
}
