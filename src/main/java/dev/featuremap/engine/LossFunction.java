package dev.featuremap.engine;

import dev.featuremap.experiment.Loss;
import dev.featuremap.network.Losses;
import java.util.Optional;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** A loss the executor knows. Sums are over the examples given; who asks divides by the batch. */
sealed interface LossFunction permits ElementwiseLoss, CosineLoss, Dl4jLoss {
    /** The loss summed over the examples. */
    double sum(OutputValues values);

    /** Fills {@code gradient} with the summed loss's derivative with respect to what went into the activation function. */
    void gradient(OutputValues values, float[] gradient);

    /**
     * The form of DL4J's {@code function} behind an activation function, if it is a loss that experiment files can say: arithmetic
     * of the executor's own, or DL4J's for what it has none for, such as weights of classes.
     */
    static Optional<LossFunction> of(ILossFunction function, IActivation dl4j, ActivationFunction activation) {
        return Losses.loss(function).map(loss -> {
            Optional<LossFunction> own = Losses.isPlain(function) ? own(loss, activation) : Optional.empty();
            return own.orElseGet(() -> new Dl4jLoss(function, dl4j));
        });
    }

    private static Optional<LossFunction> own(Loss loss, ActivationFunction activation) {
        return loss == Loss.COSINE
                ? Optional.of(new CosineLoss(activation))
                : ElementwiseLoss.of(loss, activation).map(own -> own);
    }
}
