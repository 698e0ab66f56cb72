package dev.featuremap.experiment;

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
    /** Poisson, Σ(p − y·log p)/N. */
    POISSON,
    /** Mean squared logarithmic error. */
    MSLE,
    /** Mean absolute percentage error; divides by the label, so labels must not be 0. */
    MAPE,
    /** Cosine proximity, −Σ cos(y, p)/N. */
    COSINE;

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
