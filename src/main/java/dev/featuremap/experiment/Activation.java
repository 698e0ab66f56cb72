package dev.featuremap.experiment;

/** An activation function of DL4J's, under its own name in lower case. */
public enum Activation {
    IDENTITY,
    RELU,
    RELU6,
    LEAKYRELU,
    ELU,
    SELU,
    GELU,
    SWISH,
    MISH,
    SOFTPLUS,
    SOFTSIGN,
    SIGMOID,
    HARDSIGMOID,
    TANH,
    HARDTANH,
    SOFTMAX,
    CUBE
}
