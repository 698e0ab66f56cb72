package dev.featuremap.engine;

import java.util.List;

/** The order in memory of the feature maps between layers. */
enum Layout {
    /** All channels of a pixel side by side: no padding, whatever the number of channels. */
    CHANNELS_LAST,
    /** As oneDNN likes best, usually blocks of 8 or 16 channels; other numbers of channels are padded up to that. */
    BLOCKED;

    /**
     * The layout for {@code plan}. A rule and no measurement, so that the same network always adds in the same order. Full
     * blocks are a little faster, but {@link MaxPoolConvolutionBackward} wants channels last and saves more.
     */
    static Layout of(NetworkPlan plan) {
        List<Stage> stages = plan.stages();
        boolean convolves = false;
        for (int i = 0; i < stages.size(); i++) {
            if (stages.get(i) instanceof Stage.Convolution convolution) {
                convolves = true;
                if (convolution.filters() % 16 != 0 || isMaxPool(stages.get(i + 1))) {
                    return CHANNELS_LAST;
                }
            }
        }
        return convolves ? BLOCKED : CHANNELS_LAST;
    }

    private static boolean isMaxPool(Stage stage) {
        return stage instanceof Stage.Pooling pooling && pooling.kind() == Stage.Pooling.Kind.MAX;
    }
}
