package dev.featuremap.network;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;

/**
 * A layer as it evaluates, under its kind's name in experiment files. Shapes are {@code [channels, height, width]}
 * or {@code [units]}; places count floats among the
 * network's weights, −1 stands for none.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public sealed interface InferenceLayer {
    /** What it is given. */
    List<Integer> in();

    /** What it gives. */
    List<Integer> out();

    /**
     * Filters over all channels, or over those of a group: as many groups of filters as of channels, in their order.
     *
     * @param groups 1 where filters see all channels
     * @param before padding above and left of the picture
     * @param weights place of {@code [filters, channels of a group, height, width]}
     */
    @JsonTypeName("convolution")
    record Convolution(
            List<Integer> in,
            List<Integer> out,
            int groups,
            List<Integer> kernel,
            List<Integer> stride,
            List<Integer> before,
            List<Integer> dilation,
            String activation,
            int weights,
            int bias)
            implements InferenceLayer {}

    /** Filters over each channel by itself, then filters of one pixel over all that these give. */
    @JsonTypeName("separableConvolution")
    record SeparableConvolution(List<Integer> in, List<Integer> out, Convolution depthwise, Convolution pointwise)
            implements InferenceLayer {}

    /**
     * A window over each channel by itself.
     *
     * @param pooling max, mean, meanWithPadding or pnorm
     * @param pnorm of which norm; 0 for others
     */
    @JsonTypeName("subsampling")
    record Subsampling(
            List<Integer> in,
            List<Integer> out,
            List<Integer> kernel,
            List<Integer> stride,
            List<Integer> before,
            List<Integer> dilation,
            String pooling,
            int pnorm)
            implements InferenceLayer {}

    /** Of each channel the mean or the largest number; {@code pooling} is max or mean. */
    @JsonTypeName("globalPooling")
    record GlobalPooling(List<Integer> in, List<Integer> out, String pooling) implements InferenceLayer {}

    /** Zeros around the picture; {@code before}: rows above, columns left. */
    @JsonTypeName("zeroPadding")
    record ZeroPadding(List<Integer> in, List<Integer> out, List<Integer> before) implements InferenceLayer {}

    /** Units that each weigh all inputs; {@code weights} is the place of {@code [units, inputs]}. */
    @JsonTypeName("dense")
    record Dense(List<Integer> in, List<Integer> out, String activation, int weights, int bias)
            implements InferenceLayer {}

    /** A dense layer whose units are the answer. */
    @JsonTypeName("output")
    record Output(List<Integer> in, List<Integer> out, String activation, int weights, int bias)
            implements InferenceLayer {}

    /** Batch normalisation; {@code weights} is the place of gamma, beta, mean and variance of each channel or unit. */
    @JsonTypeName("batchNormalization")
    record BatchNormalization(List<Integer> in, List<Integer> out, double epsilon, int weights)
            implements InferenceLayer {}

    /** Each number by its square and those of {@code neighbours} channels to either side: {@code x / (k + alpha · Σ x²)^beta}. */
    @JsonTypeName("localResponseNormalization")
    record LocalResponseNormalization(
            List<Integer> in, List<Integer> out, int neighbours, double k, double alpha, double beta)
            implements InferenceLayer {}

    /** Multiplies what is below 0 by a slope; {@code weights} is the place of that of each channel or unit. */
    @JsonTypeName("prelu")
    record Prelu(List<Integer> in, List<Integer> out, int weights) implements InferenceLayer {}

    /** Passes everything; while training it drops inputs at this rate. */
    @JsonTypeName("dropout")
    record Dropout(List<Integer> in, List<Integer> out, double rate) implements InferenceLayer {}

    /** An activation function on its own. */
    @JsonTypeName("activation")
    record Activation(List<Integer> in, List<Integer> out, String activation) implements InferenceLayer {}
}
