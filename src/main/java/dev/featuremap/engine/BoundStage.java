package dev.featuremap.engine;

/** A {@link Stage} for one shape of input, its forward pass already among the builder's calls. */
sealed interface BoundStage
        permits BoundActivation,
                BoundConvolution,
                BoundDense,
                BoundDropout,
                BoundLocalNormalization,
                BoundNormalization,
                BoundPadding,
                BoundPooling,
                BoundPrelu,
                BoundReshape,
                BoundUpsampling {
    Tensor output();

    /**
     * Adds the backward pass.
     *
     * @param gradient of the output; may be overwritten
     * @param inputNeeded whether somebody asks for the gradient of the input
     * @return the gradient of the input, or null
     */
    Tensor backward(ChainBuilder builder, Tensor gradient, boolean inputNeeded);

    /** Adds the forward pass of {@code stage}. */
    static BoundStage bind(Stage stage, ChainBuilder builder, Tensor input) {
        if (stage instanceof Stage.Convolution convolution) {
            return new BoundConvolution(builder, convolution, input);
        } else if (stage instanceof Stage.Pooling pooling) {
            return new BoundPooling(builder, pooling, input);
        } else if (stage instanceof Stage.Dense dense) {
            return new BoundDense(builder, dense, input);
        } else if (stage instanceof Stage.Normalization normalization) {
            return new BoundNormalization(builder, normalization, input);
        } else if (stage instanceof Stage.Activation activation) {
            return new BoundActivation(builder, activation, input);
        } else if (stage instanceof Stage.Padding padding) {
            return new BoundPadding(builder, padding, input);
        } else if (stage instanceof Stage.Upsampling upsampling) {
            return new BoundUpsampling(builder, upsampling, input);
        } else if (stage instanceof Stage.Prelu prelu) {
            return new BoundPrelu(builder, prelu, input);
        } else if (stage instanceof Stage.LocalNormalization normalization) {
            return new BoundLocalNormalization(builder, normalization, input);
        } else if (stage instanceof Stage.Dropout dropout) {
            return new BoundDropout(builder, dropout, input);
        } else if (stage instanceof Stage.Flatten) {
            return BoundReshape.flatten(builder, input);
        } else if (stage instanceof Stage.Unflatten unflatten) {
            return BoundReshape.unflatten(builder, unflatten, input);
        }
        throw new IllegalArgumentException("stage " + stage);
    }
}
