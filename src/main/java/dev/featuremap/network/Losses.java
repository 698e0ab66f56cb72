package dev.featuremap.network;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Activation;
import dev.featuremap.experiment.Loss;
import java.util.Locale;
import java.util.stream.Stream;
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
final class Losses {
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

    /** Whether a loss of DL4J's wants class labels of −1 and +1: a saved network tells no other name of it. */
    static boolean wantsSignedLabels(ILossFunction function) {
        return Stream.of(Loss.values())
                .anyMatch(loss -> loss.wantsSignedLabels() && function(loss).getClass() == function.getClass());
    }

    /** Refuses an output whose numbers are not the probabilities that the loss takes the logarithm of. */
    static void checkActivation(Loss loss, Activation activation, int outputLayer) {
        switch (loss) {
            case MCXENT, NLL -> require(loss, activation, outputLayer, Activation.SOFTMAX, Activation.SOFTMAX);
            case XENT -> require(loss, activation, outputLayer, Activation.SIGMOID, Activation.HARDSIGMOID);
            default -> {}
        }
    }

    private static void require(Loss loss, Activation found, int layer, Activation usual, Activation other) {
        if (found != usual && found != other) {
            throw Failure.usage(
                    "network.layers[" + layer + "] (output): activation " + name(found) + " with loss " + name(loss)
                            + ", which needs the probabilities that " + name(usual) + " gives",
                    "Set network.layers[" + layer + "].activation=" + name(usual) + ", or another loss such as mse.");
        }
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
