package dev.featuremap.network;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Activation;
import dev.featuremap.experiment.ClassWeights;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.Loss;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossCosineProximity;
import org.nd4j.linalg.lossfunctions.impl.LossHinge;
import org.nd4j.linalg.lossfunctions.impl.LossKLD;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMAPE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossMSLE;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;
import org.nd4j.linalg.lossfunctions.impl.LossPoisson;
import org.nd4j.linalg.lossfunctions.impl.LossSquaredHinge;

/** DL4J's loss function for each {@link Loss}, and which activations it can follow. */
public final class Losses {
    private Losses() {}

    static ILossFunction function(Loss loss) {
        return switch (loss) {
            case MSE -> new LossMSE();
            case MAE -> new LossMAE();
            case L1 -> new LossL1();
            case L2 -> new LossL2();
            case MCXENT -> new LossMCXENT();
            case NLL -> new LossNegativeLogLikelihood();
            case XENT -> new LossBinaryXENT();
            case HINGE -> new LossHinge();
            case SQUARED_HINGE -> new LossSquaredHinge();
            case KLD -> new LossKLD();
            case POISSON -> new LossPoisson();
            case MSLE -> new LossMSLE();
            case MAPE -> new LossMAPE();
            case COSINE -> new LossCosineProximity();
        };
    }

    /** The function of a network's last layer; empty where that computes no loss. */
    static Optional<ILossFunction> function(MultiLayerConfiguration network) {
        Layer last = network.getConf(network.getConfs().size() - 1).getLayer();
        if (last instanceof BaseOutputLayer output) {
            return Optional.of(output.getLossFn());
        }
        return last instanceof LossLayer loss ? Optional.of(loss.getLossFn()) : Optional.empty();
    }

    /**
     * The same loss, each class's examples weighted: those that are a sum over one-hot labels, whose weights DL4J multiplies by, can be.
     * Balanced weights that are no numbers yet leave it as it is.
     *
     * @throws Failure of kind usage for another loss
     */
    static ILossFunction weighted(ILossFunction function, ClassWeights weights) {
        Optional<Loss> loss = loss(function).filter(found -> found == Loss.MCXENT || found == Loss.NLL);
        if (loss.isEmpty()) {
            throw Failure.usage(
                    "training.classWeights: the loss is "
                            + loss(function).map(Losses::name).orElse(function.name())
                            + "; only mcxent and nll are weighted by class",
                    "Set loss=mcxent, or leave training.classWeights away.");
        }
        if (weights.isBalanced()) {
            return function;
        }
        float[] numbers = new float[weights.values().size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = weights.values().get(i).floatValue();
        }
        INDArray row = Nd4j.create(numbers, new long[] {1, numbers.length}, 'c');
        return loss.get() == Loss.MCXENT ? new LossMCXENT(row) : new LossNegativeLogLikelihood(row);
    }

    /**
     * Refuses an output whose numbers are not what the loss takes the logarithm of.
     *
     * @throws Failure of kind usage naming the layer
     */
    static void checkActivation(Loss loss, Activation activation, int outputLayer) {
        whyNot(loss, activation).ifPresent(why -> {
            String usual = name(loss.activations().get(0));
            throw Failure.usage(
                    "network.layers[" + outputLayer + "] (output): " + why,
                    "Set network.layers[" + outputLayer + "].activation=" + usual + ", or another loss such as mse.");
        });
    }

    /**
     * Refuses of a saved network what {@link Loss#misfit} and {@link #checkActivation} refuse of a described one.
     *
     * @throws Failure of kind usage when the experiment names the loss, model when the network brings it
     */
    static void checkSaved(MultiLayerConfiguration network, Experiment experiment, DataShape data) {
        Optional<Loss> loss = function(network).flatMap(Losses::loss);
        if (loss.isEmpty()) {
            return;
        }
        Layer last = network.getConf(network.getConfs().size() - 1).getLayer();
        Activation activation = activation(((BaseLayer) last).getActivationFn());
        Optional<String> why = loss.get()
                .misfit(data.label(), data.outputs(), activation)
                .map(misfit -> misfit.key() + ": found " + misfit.found() + "; needed: " + misfit.needed())
                .or(() -> activation == null ? Optional.empty() : whyNot(loss.get(), activation));
        why.ifPresent(reason -> {
            throw new Failure(
                    experiment.loss().isPresent() ? Failure.Kind.USAGE : Failure.Kind.MODEL,
                    "the saved network's output: " + reason,
                    "Set loss to one that goes with these labels and this output, or save another network.");
        });
    }

    /**
     * Refuses labels that the loss divides by when one of them is 0.
     *
     * @param zeros how many of the examples have the label 0
     * @throws Failure of kind usage with the number of such examples
     */
    public static void checkValues(MultiLayerConfiguration network, int zeros) {
        if (zeros > 0 && function(network).filter(LossMAPE.class::isInstance).isPresent()) {
            throw Failure.usage(
                    "loss: found mape, which divides by the label, but " + zeros
                            + (zeros == 1 ? " example has" : " examples have") + " the label 0",
                    "Set loss=mae, or another loss for values.");
        }
    }

    private static Optional<String> whyNot(Loss loss, Activation found) {
        if (loss.activations().isEmpty() || loss.activations().contains(found)) {
            return Optional.empty();
        }
        String needed = loss == Loss.POISSON
                ? "which takes the logarithm of the outputs and so needs them above 0, as "
                : "which needs the probabilities that ";
        return Optional.of("activation " + name(found) + " with loss " + name(loss) + ", " + needed
                + name(loss.activations().get(0)) + " gives" + (loss == Loss.POISSON ? " them" : ""));
    }

    /** The loss that a function of DL4J's computes, whatever its weights; empty for one that experiment files cannot say. */
    public static Optional<Loss> loss(ILossFunction function) {
        return Stream.of(Loss.values())
                .filter(loss -> function(loss).getClass() == function.getClass())
                .findFirst();
    }

    /** Whether a function of DL4J's is one that experiment files can say, with its own settings and no weights. */
    public static boolean isPlain(ILossFunction function) {
        return loss(function).filter(loss -> function(loss).equals(function)).isPresent();
    }

    /** The activation under our name; null when it has none. */
    private static Activation activation(IActivation function) {
        return Stream.of(Activation.values())
                .filter(activation -> org.nd4j.linalg.activations.Activation.valueOf(activation.name())
                                .getActivationFunction()
                                .getClass()
                        == function.getClass())
                .findFirst()
                .orElse(null);
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
