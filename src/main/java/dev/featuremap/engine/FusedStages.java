package dev.featuremap.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts activation functions where they cost least.
 *
 * <p>ReLU stays fused into the convolution or dense layer, where it is free, but its derivative moves behind a max pool that
 * follows: a pool of ReLUs is positive exactly where the gradient passes, and has fewer values. Any other monotone function
 * moves behind the pool altogether, since the largest of the outputs is the output of the largest.
 */
final class FusedStages {
    private FusedStages() {}

    static NetworkPlan fuse(NetworkPlan plan) {
        List<Stage> stages = new ArrayList<>(plan.stages());
        for (int i = 0; i + 2 < stages.size(); i++) {
            if (stages.get(i) instanceof Stage.Convolution convolution
                    && stages.get(i + 1) instanceof Stage.Activation activation
                    && stages.get(i + 2) instanceof Stage.Pooling pooling
                    && pooling.kind() == Stage.Pooling.Kind.MAX
                    && activation.function().isMonotone()) {
                boolean relu = activation.function().equals(ElementwiseFunction.RELU);
                stages.set(i, relu ? convolution : convolution.unfused());
                stages.set(i + 1, pooling);
                stages.set(i + 2, new Stage.Activation(activation.function(), relu));
            }
        }
        return new NetworkPlan(stages, plan.activation(), plan.loss(), plan.outputs(), plan.sequences());
    }
}
