package dev.featuremap.experiment;

/** How weights are drawn at the start; DL4J's schemes under their own names in lower case. */
public enum WeightInit {
    /** Gaussian with variance 2/(fanIn+fanOut) (Glorot and Bengio 2010). */
    XAVIER,
    /** Uniform in ±√(6/(fanIn+fanOut)). */
    XAVIER_UNIFORM,
    /** Gaussian with variance 2/fanIn (He et al. 2015). */
    RELU,
    /** Uniform in ±√(6/fanIn). */
    RELU_UNIFORM,
    /** Gaussian with variance 1/fanIn (LeCun et al. 1998). */
    LECUN_NORMAL,
    /** Uniform in ±√(3/fanIn). */
    LECUN_UNIFORM,
    /** Gaussian with mean 0 and variance 1/fanIn; DL4J's NORMAL. */
    NORMAL,
    /** Uniform in ±1/√fanIn. */
    UNIFORM,
    /** All zero: only sound for networks of one layer. */
    ZERO,
    /** All one. */
    ONES
}
