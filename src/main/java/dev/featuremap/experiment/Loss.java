package dev.featuremap.experiment;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A loss of DL4J's under its usual short name (the constant in lower case).
 *
 * <p>{@code y} is the label, {@code p} the prediction, {@code N} the examples of a batch, {@code nOut} the outputs.
 */
public enum Loss {
    /** Mean squared error, Σ(y−p)²/(N·nOut). */
    MSE,
    /** Mean absolute error, Σ|y−p|/(N·nOut). */
    MAE,
    /** Σ|y−p|/N: MAE without the division by the outputs. */
    L1,
    /** Σ(y−p)²/N: MSE without the division by the outputs. */
    L2,
    /** Multi-class cross entropy, −Σ y·log p/N. */
    MCXENT,
    /** Negative log likelihood; in DL4J the same arithmetic as {@link #MCXENT}. */
    NLL,
    /** Binary cross entropy of each output on its own, for sigmoid outputs. */
    XENT,
    /** Hinge, Σ max(0, 1 − y·p)/N with labels −1 and +1. */
    HINGE,
    /** Squared hinge, Σ max(0, 1 − y·p)²/N with labels −1 and +1. */
    SQUARED_HINGE,
    /** Kullback–Leibler divergence, Σ y·log(y/p)/N. */
    KLD,
    /** Poisson, Σ(p − y·log p)/N, for outputs above 0. */
    POISSON,
    /** Mean squared logarithmic error. */
    MSLE,
    /** Mean absolute percentage error; divides by the label, so labels must not be 0. */
    MAPE,
    /** Cosine proximity, −Σ cos(y, p)/N, for two outputs or more. */
    COSINE;

    /**
     * Why the loss makes no sense for labels and an output, whatever the data hold.
     *
     * @param found what does not fit, {@code needed} what would
     */
    public record Misfit(String key, String found, String needed) {}

    /**
     * Looks whether the loss goes with the labels and the output it compares; the same for a described and a saved network.
     *
     * @param outputs the network's outputs
     * @param activation of the output; null for one that is none of ours
     * @return what does not fit; empty when all does
     */
    public Optional<Misfit> misfit(LabelMode label, int outputs, Activation activation) {
        if (label == LabelMode.VALUE) {
            if (needsClasses()) {
                return Optional.of(new Misfit(
                        "loss",
                        word(this),
                        "a loss for values (mse, mae, l1, l2, msle, mape, poisson), as data.label is value"));
            }
            if (outputs != 1) {
                return Optional.of(
                        new Misfit("network", "an output of " + outputs + " units", "1 unit, as data.label is value"));
            }
            if (activation == Activation.SOFTMAX) {
                return Optional.of(new Misfit(
                        "network",
                        "an output of 1 unit with softmax, which is always 1",
                        "another activation, such as identity"));
            }
        } else if (this == MAPE) {
            return Optional.of(
                    new Misfit("loss", "mape", "another loss: mape divides by the label, and class labels hold zeros"));
        }
        if (this == COSINE && outputs == 1) {
            return Optional.of(new Misfit(
                    "loss",
                    "cosine with 1 output",
                    "another loss: the cosine of two single numbers tells only their signs"));
        }
        return Optional.empty();
    }

    /** The activations of the output that the loss can follow, the usual one first; empty: any. */
    public List<Activation> activations() {
        return switch (this) {
            case MCXENT, NLL -> List.of(Activation.SOFTMAX);
            case XENT -> List.of(Activation.SIGMOID, Activation.HARDSIGMOID);
            case POISSON -> List.of(Activation.SOFTPLUS, Activation.SIGMOID, Activation.SOFTMAX);
            default -> List.of();
        };
    }

    private static String word(Loss loss) {
        return loss.name().toLowerCase(Locale.ROOT);
    }

    /** Whether the loss wants class labels as −1 and +1 instead of 0 and 1. */
    public boolean wantsSignedLabels() {
        return this == HINGE || this == SQUARED_HINGE;
    }

    /** Whether the loss reads its labels as the shares of classes and so makes no sense for a value to be predicted. */
    public boolean needsClasses() {
        return switch (this) {
            case MCXENT, NLL, XENT, HINGE, SQUARED_HINGE, KLD -> true;
            default -> false;
        };
    }
}
