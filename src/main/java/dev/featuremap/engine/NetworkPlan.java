package dev.featuremap.engine;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;

/**
 * A network as stages from its input to the values that go into the output layer's activation function.
 *
 * @param stages the last is the output layer's {@link Stage.Dense}
 * @param activation the output layer's
 * @param loss of the outputs, summed over examples
 * @param outputs of one example
 * @param sequences whether examples are {@code [channels, length]}, and no pictures or rows
 */
record NetworkPlan(
        List<Stage> stages, ActivationFunction activation, LossFunction loss, int outputs, boolean sequences) {
    NetworkPlan {
        stages = List.copyOf(stages);
    }

    /**
     * The plan of {@code configuration}.
     *
     * @throws UnsupportedNetworkException when the executor lacks something
     */
    static NetworkPlan of(MultiLayerConfiguration configuration) {
        UpdaterSupport.check(configuration);
        return FusedStages.fuse(new PlanReader(configuration).read());
    }

    /** What the executor lacks for {@code configuration}, such as {@code "layer 2: LSTM"}; the first thing found. */
    static Optional<String> unsupported(MultiLayerConfiguration configuration) {
        try {
            of(configuration);
            return Optional.empty();
        } catch (UnsupportedNetworkException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Multiplications that an example of {@code input}'s shape takes on its way through convolutions and dense layers. */
    long multiplications(Shape input) {
        Shape shape = new Shape(1, input.channels(), input.height(), input.width());
        long count = 0;
        for (Stage stage : stages) {
            if (stage instanceof Stage.Convolution convolution) {
                Window window = convolution.window();
                shape = window.fit(shape, convolution.filters()).output();
                long filter = convolution.channelsOfFilter()
                        * window.kernel().height()
                        * window.kernel().width();
                count += shape.unitsPerExample() * filter;
            } else if (stage instanceof Stage.Pooling pooling) {
                shape = pooling.window(shape).fit(shape, shape.channels()).output();
            } else if (stage instanceof Stage.Padding padding) {
                shape = padding.output(shape);
            } else if (stage instanceof Stage.Upsampling upsampling) {
                shape = upsampling.output(shape);
            } else if (stage instanceof Stage.Unflatten unflatten) {
                shape = new Shape(1, unflatten.channels(), unflatten.height(), unflatten.width());
            } else if (stage instanceof Stage.Dense dense) {
                shape = Shape.flat(1, dense.outputs());
                count += dense.inputs() * dense.outputs();
            }
        }
        return count;
    }
}
