package dev.featuremap.engine;

import java.util.List;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.stepfunctions.NegativeDefaultStepFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/** Which ways of getting from gradients to parameters the executor knows; the layers themselves are {@link PlanReader}'s. */
final class UpdaterSupport {
    private UpdaterSupport() {}

    /** Throws when {@code configuration} trains in a way the executor lacks. */
    static void check(MultiLayerConfiguration configuration) {
        if (configuration.getDataType() != DataType.FLOAT) {
            throw new UnsupportedNetworkException("data type " + configuration.getDataType());
        }
        if (configuration.getBackpropType() != BackpropType.Standard) {
            throw new UnsupportedNetworkException("backpropagation " + configuration.getBackpropType());
        }
        List<NeuralNetConfiguration> layers = configuration.getConfs();
        for (int i = 0; i < layers.size(); i++) {
            checkOptimisation(i, layers.get(i));
            checkLayer(i, layers.get(i).getLayer());
        }
    }

    private static void checkOptimisation(int index, NeuralNetConfiguration conf) {
        OptimizationAlgorithm algorithm = conf.getOptimizationAlgo();
        if (algorithm != null && algorithm != OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT) {
            throw UnsupportedNetworkException.inLayer(index, "optimisation algorithm " + algorithm);
        }
        if (!conf.isMiniBatch()) {
            throw UnsupportedNetworkException.inLayer(index, "gradients that are not divided by the batch");
        }
        if (!conf.isMinimize()) {
            throw UnsupportedNetworkException.inLayer(index, "maximising the loss");
        }
        if (conf.getStepFunction() != null && !(conf.getStepFunction() instanceof NegativeDefaultStepFunction)) {
            throw UnsupportedNetworkException.inLayer(
                    index, "step function " + conf.getStepFunction().getClass().getSimpleName());
        }
    }

    private static void checkLayer(int index, Layer layer) {
        if (layer.getConstraints() != null && !layer.getConstraints().isEmpty()) {
            throw UnsupportedNetworkException.inLayer(index, "constraints");
        }
        if (!(layer instanceof BaseLayer base)) {
            return;
        }
        if (base.getWeightNoise() != null) {
            throw UnsupportedNetworkException.inLayer(index, "weight noise");
        }
        for (String parameter : base.initializer().paramKeys(base)) {
            checkParameter(index, base, parameter);
        }
    }

    private static void checkParameter(int index, BaseLayer layer, String parameter) {
        var updater = layer.getUpdaterByParam(parameter);
        if (updater == null || UpdaterStep.of(updater).isEmpty()) {
            throw UnsupportedNetworkException.inLayer(
                    index,
                    "updater " + (updater == null ? "none" : updater.getClass().getSimpleName()));
        }
        List<Regularization> regularizations = layer.getRegularizationByParam(parameter);
        for (Regularization regularization : regularizations == null ? List.<Regularization>of() : regularizations) {
            if (!(regularization instanceof L1Regularization)
                    && !(regularization instanceof L2Regularization)
                    && !(regularization instanceof WeightDecay)) {
                throw UnsupportedNetworkException.inLayer(
                        index, "regularisation " + regularization.getClass().getSimpleName());
            }
        }
    }
}
