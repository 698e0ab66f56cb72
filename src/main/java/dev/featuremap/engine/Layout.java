package dev.featuremap.engine;

import java.util.List;

/** The order in memory of the feature maps between layers. */
enum Layout {
    /** All channels of a pixel side by side: no padding, whatever the number of channels. */
    CHANNELS_LAST,
    /** As oneDNN likes best, usually blocks of 8 or 16 channels; other numbers of channels are padded up to that. */
    BLOCKED;

    /** The layout for {@code plan}. A rule and no measurement, so that the same network always adds in the same order. */
    static Layout of(NetworkPlan plan) {
        List<Stage.Convolution> convolutions = plan.stages().stream()
                .filter(stage -> stage instanceof Stage.Convolution)
                .map(stage -> (Stage.Convolution) stage)
                .toList();
        boolean fits = convolutions.stream().allMatch(convolution -> convolution.filters() % 16 == 0);
        return fits && !convolutions.isEmpty() ? BLOCKED : CHANNELS_LAST;
    }
}
