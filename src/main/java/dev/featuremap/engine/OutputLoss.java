package dev.featuremap.engine;

import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * A network's loss, worked out from its outputs.
 *
 * @param function DL4J's loss of the last layer
 * @param activation the last layer's
 */
record OutputLoss(ILossFunction function, IActivation activation) {
    /** Below this a probability's logarithm would leave float32. */
    private static final double LEAST = 1e-37;

    static OutputLoss of(MultiLayerNetwork network) {
        FeedForwardLayer last = (FeedForwardLayer)
                network.getLayer(network.getnLayers() - 1).conf().getLayer();
        if (last instanceof BaseOutputLayer output) {
            return new OutputLoss(output.getLossFn(), output.getActivationFn());
        }
        if (last instanceof LossLayer loss) {
            return new OutputLoss(loss.getLossFn(), loss.getActivationFn());
        }
        throw new IllegalStateException("the last layer, " + last.getClass().getSimpleName() + ", computes no loss");
    }

    /**
     * The mean over the examples.
     *
     * <p>DL4J's losses want what goes into the activation. For softmax that is, but for a constant it removes again, the
     * logarithm of what comes out, and DL4J's cross entropies treat softmax specially; for the others the output itself
     * with the identity is the same.
     *
     * @param outputs {@code [n, outputs]}
     * @param labels {@code [n, outputs]}
     */
    double mean(INDArray outputs, INDArray labels) {
        boolean softmax = activation instanceof ActivationSoftmax;
        INDArray before = softmax ? Transforms.log(Transforms.max(outputs, LEAST)) : outputs.dup();
        return function.computeScore(labels, before, softmax ? activation : new ActivationIdentity(), null, true);
    }
}
