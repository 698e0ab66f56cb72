package dev.featuremap.engine;

import static java.util.Map.entry;
import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationCube;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationMish;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/**
 * An activation function of single values, as DL4J has it.
 *
 * <p>Where DL4J's own arithmetic leaves float32's range, this does not: its softplus is infinite from 89 on, and the derivatives
 * of its gelu, swish and mish are no number from 26, 45 and 30 on.
 *
 * @param value the output for an input
 * @param slope the derivative, told from the input if {@code needsInput}, else from the output
 * @param oneDnn oneDNN's name for the function; null where it has none
 */
record ElementwiseFunction(Value value, Value slope, boolean needsInput, boolean isMonotone, OneDnn oneDnn)
        implements ActivationFunction {
    interface Value {
        float of(float x);
    }

    /**
     * {@code scale} times an algorithm of oneDNN's.
     *
     * @param backward the algorithm of the derivative; 0 where oneDNN's is not DL4J's
     */
    record OneDnn(int forward, int backward, float alpha, float beta, float scale) {
        OneDnn(int forward, int backward, float alpha) {
            this(forward, backward, alpha, 0, 1);
        }

        private static OneDnn clip(float from, float to) {
            return new OneDnn(dnnl_eltwise_clip_v2, dnnl_eltwise_clip_v2_use_dst_for_bwd, from, to, 1);
        }
    }

    private static final double SELU_SCALE = 1.0507009873554805;
    private static final double SELU_ALPHA = 1.6732632423543772;
    private static final float SELU_SLOPE = (float) (SELU_SCALE * SELU_ALPHA);

    /** DL4J's gelu is Hendrycks and Gimpel's approximation by the logistic function. */
    private static final float GELU_ALPHA = 1.702f;

    static final ElementwiseFunction IDENTITY =
            ofOutput(x -> x, y -> 1, new OneDnn(dnnl_eltwise_linear, dnnl_eltwise_linear, 1));

    static final ElementwiseFunction RELU = ofOutput(
            x -> Math.max(x, 0),
            y -> y > 0 ? 1 : 0,
            new OneDnn(dnnl_eltwise_relu, dnnl_eltwise_relu_use_dst_for_bwd, 0));

    private static final Map<Class<? extends IActivation>, ElementwiseFunction> BY_CLASS = Map.ofEntries(
            entry(ActivationIdentity.class, IDENTITY),
            entry(ActivationReLU.class, RELU),
            entry(
                    ActivationReLU6.class,
                    ofOutput(x -> Math.min(Math.max(x, 0), 6), y -> y > 0 && y < 6 ? 1 : 0, OneDnn.clip(0, 6))),
            entry(
                    ActivationELU.class,
                    ofOutput(
                            x -> x > 0 ? x : (float) Math.expm1(x),
                            y -> y > 0 ? 1 : y + 1,
                            new OneDnn(dnnl_eltwise_elu, dnnl_eltwise_elu_use_dst_for_bwd, 1))),
            entry(
                    ActivationSELU.class,
                    ofOutput(
                            x -> (float) (SELU_SCALE * (x > 0 ? x : SELU_ALPHA * Math.expm1(x))),
                            y -> y > 0 ? (float) SELU_SCALE : y + SELU_SLOPE,
                            new OneDnn(dnnl_eltwise_elu, 0, (float) SELU_ALPHA, 0, (float) SELU_SCALE))),
            entry(
                    ActivationTanH.class,
                    ofOutput(
                            x -> (float) Math.tanh(x),
                            y -> 1 - y * y,
                            new OneDnn(dnnl_eltwise_tanh, dnnl_eltwise_tanh_use_dst_for_bwd, 0))),
            entry(
                    ActivationHardTanH.class,
                    ofOutput(x -> Math.min(Math.max(x, -1), 1), y -> Math.abs(y) < 1 ? 1 : 0, OneDnn.clip(-1, 1))),
            entry(
                    ActivationSigmoid.class,
                    ofOutput(
                            x -> (float) logistic(x),
                            y -> y * (1 - y),
                            new OneDnn(dnnl_eltwise_logistic, dnnl_eltwise_logistic_use_dst_for_bwd, 0))),
            entry(
                    ActivationHardSigmoid.class,
                    ofOutput(x -> Math.min(Math.max(0.2f * x + 0.5f, 0), 1), y -> y > 0 && y < 1 ? 0.2f : 0, null)),
            entry(
                    ActivationSoftSign.class,
                    ofOutput(x -> x / (1 + Math.abs(x)), y -> (1 - Math.abs(y)) * (1 - Math.abs(y)), null)),
            entry(ActivationCube.class, ofInput(x -> x * x * x, x -> 3 * x * x, true, null)),
            entry(
                    ActivationSoftPlus.class,
                    ofInput(
                            x -> (float) softPlus(x),
                            x -> (float) logistic(x),
                            true,
                            new OneDnn(dnnl_eltwise_soft_relu, dnnl_eltwise_soft_relu, 0))),
            entry(ActivationSwish.class, swish(1)),
            entry(ActivationGELU.class, swish(GELU_ALPHA)),
            entry(
                    ActivationMish.class,
                    ofInput(
                            x -> (float) (x * Math.tanh(softPlus(x))),
                            x -> (float) mishSlope(x),
                            false,
                            new OneDnn(dnnl_eltwise_mish, dnnl_eltwise_mish, 0))));

    /** The form of DL4J's {@code function}, if it has one. */
    static Optional<ElementwiseFunction> of(IActivation function) {
        if (function instanceof ActivationLReLU leaky) {
            return leaky.getAlpha() > 0 ? Optional.of(leakyRelu((float) leaky.getAlpha())) : Optional.empty();
        }
        boolean asDescribed = true;
        if (function instanceof ActivationReLU relu) {
            asDescribed = relu.getMax() == null && relu.getThreshold() == null && relu.getNegativeSlope() == null;
        } else if (function instanceof ActivationELU elu) {
            asDescribed = elu.getAlpha() == ActivationELU.DEFAULT_ALPHA;
        } else if (function instanceof ActivationGELU gelu) {
            asDescribed = !gelu.isPrecise();
        }
        return Optional.ofNullable(asDescribed ? BY_CLASS.get(function.getClass()) : null);
    }

    /** At 0, where whole black regions of a picture lie while biases are 0, DL4J's slope is 1 and oneDNN's the smaller one. */
    private static ElementwiseFunction leakyRelu(float slope) {
        return ofOutput(x -> x < 0 ? slope * x : x, y -> y >= 0 ? 1 : slope, new OneDnn(dnnl_eltwise_relu, 0, slope));
    }

    /** {@code x · logistic(alpha · x)}. */
    private static ElementwiseFunction swish(float alpha) {
        return ofInput(
                x -> (float) (x * logistic(alpha * x)),
                x -> {
                    double share = logistic(alpha * x);
                    return (float) (share + alpha * x * share * (1 - share));
                },
                false,
                new OneDnn(dnnl_eltwise_swish, dnnl_eltwise_swish, alpha));
    }

    private static ElementwiseFunction ofOutput(Value value, Value slope, OneDnn oneDnn) {
        return new ElementwiseFunction(value, slope, false, true, oneDnn);
    }

    private static ElementwiseFunction ofInput(Value value, Value slope, boolean isMonotone, OneDnn oneDnn) {
        return new ElementwiseFunction(value, slope, true, isMonotone, oneDnn);
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double softPlus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    private static double mishSlope(double x) {
        double tanh = Math.tanh(softPlus(x));
        return tanh + x * (1 - tanh * tanh) * logistic(x);
    }

    /** Whether oneDNN can apply it as a convolution or a dense layer writes its outputs, with no input left to tell a slope from. */
    boolean canBeFused() {
        return oneDnn != null && !needsInput;
    }

    @Override
    public void apply(float[] values, int rows, int columns) {
        int length = rows * columns;
        for (int i = 0; i < length; i++) {
            values[i] = value.of(values[i]);
        }
    }

    @Override
    public void applyDerivative(float[] known, float[] gradient, int rows, int columns) {
        int length = rows * columns;
        for (int i = 0; i < length; i++) {
            gradient[i] *= slope.of(known[i]);
        }
    }
}
