package dev.featuremap.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import dev.featuremap.backend.Cpu;
import java.nio.FloatBuffer;
import java.util.Objects;
import java.util.stream.Stream;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;

/** A convolution by oneDNN's direct algorithm: Winograd's is less exact. */
final class BoundConvolution implements BoundStage {
    private static final int DIRECT = dnnl_convolution_direct;
    /** How oneDNN calls its kernels of 256-bit vectors. */
    private static final String NARROW = "jit:avx2";

    /** Values of f32 in a vector. */
    private static final int VECTOR = 16;

    private static final Cpu CPU = Cpu.here();

    private final Stage.Convolution stage;
    private final Window.Fitted fitted;
    private final long[] stride;
    private final long[] dilation;
    /** Of input, weights and output in the forward pass. */
    private final memory.data_type type;

    private final convolution_forward.primitive_desc forward;
    private final Tensor input;
    /** The input as the forward pass takes it. */
    private final Tensor taken;

    private final Tensor weights;
    private final Tensor output;

    BoundConvolution(ChainBuilder builder, Stage.Convolution stage, Tensor input) {
        if (input.shape().channels() != stage.channels()) {
            throw new IllegalArgumentException("features " + input.shape() + " have "
                    + input.shape().channels() + " channels; the convolution takes " + stage.channels());
        }
        this.stage = stage;
        this.input = input;
        Window window = stage.window();
        fitted = window.fit(input.shape(), stage.filters());
        stride = window.stride().toArray();
        // oneDNN counts the pixels left out.
        dilation = new long[] {window.dilation().height() - 1, window.dilation().width() - 1};
        type = type(builder.bf16().filter(rule -> rule.suits(stage)).isPresent());
        forward = forward(builder, type);
        long[] dimensions = weightDimensions();
        weights = builder.parameter(ChainBuilder.descriptor(orderOfWeights(), dimensions), stage.weights());
        taken = builder.reordered(input, forward.src_desc());
        output = builder.tensor(forward.dst_desc(), fitted.output());
        ChainBuilder.Arguments arguments = new ChainBuilder.Arguments()
                .with(DNNL_ARG_SRC, taken)
                .with(DNNL_ARG_WEIGHTS, builder.preparedParameter(weights, forward.weights_desc()))
                .with(DNNL_ARG_DST, output);
        if (stage.bias() >= 0) {
            arguments.with(DNNL_ARG_BIAS, builder.parameter(biasDescriptor(), stage.bias()));
        }
        builder.call(new convolution_forward(forward), forward, arguments);
    }

    private static memory.data_type type(boolean bf16) {
        return bf16 ? memory.data_type.bf16 : memory.data_type.f32;
    }

    /**
     * Pools and activation functions are slower in bf16 than in f32 where channels do not fill their vectors, and of a fused function other
     * than ReLU the derivative is told from the output, which needs its digits.
     */
    private memory.data_type outputType(memory.data_type type) {
        boolean needsNoDigits = stage.fused().equals(ElementwiseFunction.IDENTITY)
                || stage.fused().equals(ElementwiseFunction.RELU);
        return stage.filters() % VECTOR == 0 && needsNoDigits ? type : memory.data_type.f32;
    }

    /** With as many groups as channels, in front, where each filter sees one channel. */
    private long[] weightDimensions() {
        Window.Pair kernel = stage.window().kernel();
        return stage.isDense()
                ? new long[] {stage.filters(), stage.channels(), kernel.height(), kernel.width()}
                : new long[] {stage.channels(), stage.filters() / stage.channels(), 1, kernel.height(), kernel.width()};
    }

    /** DL4J's order. */
    private format_tag orderOfWeights() {
        return switch (stage.kind()) {
            case DENSE -> format_tag.oihw;
            case DEPTHWISE -> format_tag.hwigo;
            case DEPTHWISE_OF_SEPARABLE -> format_tag.bacde;
            case OF_SEQUENCE -> format_tag.hwio;
        };
    }

    /** Empty where there is none, which oneDNN takes for that. */
    private memory.desc biasDescriptor() {
        return stage.bias() >= 0 ? ChainBuilder.descriptor(format_tag.x, stage.filters()) : new memory.desc();
    }

    private static format_tag order(ChainBuilder builder) {
        return builder.layout() == Layout.CHANNELS_LAST ? format_tag.nhwc : format_tag.any;
    }

    private memory.desc inputDescriptor(ChainBuilder builder, memory.data_type type) {
        return ChainBuilder.descriptor(type, order(builder), input.shape().dimensions());
    }

    private memory.desc outputDescriptor(ChainBuilder builder, memory.data_type type) {
        return ChainBuilder.descriptor(type, order(builder), fitted.output().dimensions());
    }

    private memory.desc anyWeights(memory.data_type type) {
        return ChainBuilder.descriptor(type, format_tag.any, weightDimensions());
    }

    private convolution_forward.primitive_desc forward(ChainBuilder builder, memory.data_type type) {
        memory.desc source = inputDescriptor(builder, type);
        memory.desc target = outputDescriptor(builder, outputType(type));
        long[] before = fitted.paddingTopLeft().toArray();
        long[] after = fitted.paddingBottomRight().toArray();
        int kind = builder.forwardKind();
        convolution_forward.desc descriptor = new convolution_forward.desc(
                kind, DIRECT, source, anyWeights(type), biasDescriptor(), target, stride, dilation, before, after);
        if (type == memory.data_type.f32
                && stage.isDense()
                && builder.layout() == Layout.CHANNELS_LAST
                && fillsNarrowVectorsBetter(stage.filters())) {
            convolution_forward.primitive_desc narrow = primitive(builder, descriptor);
            while (narrow.next_impl()) {
                if (narrow.impl_info_str().getString().startsWith(NARROW)) {
                    return narrow;
                }
            }
        }
        return primitive(builder, descriptor);
    }

    private convolution_forward.primitive_desc primitive(ChainBuilder builder, convolution_forward.desc descriptor) {
        return new convolution_forward.primitive_desc(descriptor, builder.attributes(stage.fused()), builder.cpu());
    }

    /** Whether vectors of 8 values, where they are as fast as those of 16, leave less empty: 50 filters take 7 instead of 4. */
    private static boolean fillsNarrowVectorsBetter(long filters) {
        return CPU.halvesWideVectors() && (filters + 7) / 8 * 8 < (filters + 15) / 16 * 16;
    }

    @Override
    public Tensor output() {
        return output;
    }

    @Override
    public Tensor backward(ChainBuilder builder, Tensor gradient, boolean inputNeeded) {
        backwardWeights(builder, gradient);
        return inputNeeded ? backwardData(builder, gradient) : null;
    }

    private void backwardWeights(ChainBuilder builder, Tensor gradient) {
        memory.data_type factors = type(builder.bf16()
                .filter(rule -> rule.suitsWeightGradient(stage, fitted.output().width()))
                .isPresent());
        memory.desc source = inputDescriptor(builder, factors);
        memory.desc target = outputDescriptor(builder, factors);
        long[] before = fitted.paddingTopLeft().toArray();
        long[] after = fitted.paddingBottomRight().toArray();
        memory.desc summed = anyWeights(memory.data_type.f32);
        convolution_backward_weights.desc descriptor = new convolution_backward_weights.desc(
                DIRECT, source, summed, biasDescriptor(), target, stride, dilation, before, after);
        convolution_backward_weights.primitive_desc primitive = new convolution_backward_weights.primitive_desc(
                descriptor, builder.attributes(), builder.cpu(), factors == type ? forward : forward(builder, factors));
        Tensor place = builder.gradient(weights.descriptor(), stage.weights());
        boolean inPlace = place.descriptor().equals(primitive.diff_weights_desc());
        Tensor result = inPlace ? place : builder.tensor(primitive.diff_weights_desc(), null);
        ChainBuilder.Arguments arguments = new ChainBuilder.Arguments()
                .with(DNNL_ARG_SRC, builder.reordered(taken, primitive.src_desc()))
                .with(DNNL_ARG_DIFF_DST, builder.reordered(gradient, primitive.diff_dst_desc()))
                .with(DNNL_ARG_DIFF_WEIGHTS, result);
        if (stage.bias() >= 0) {
            arguments.with(DNNL_ARG_DIFF_BIAS, builder.gradient(biasDescriptor(), stage.bias()));
        }
        builder.call(new convolution_backward_weights(primitive), primitive, arguments);
        if (!inPlace) {
            builder.reorder(result, place);
        }
    }

    /** Whether {@link #backwardThrough} can be taken for the max pool behind this. */
    boolean canGoBackThrough(ChainBuilder builder, BoundPooling pooling) {
        boolean slower = builder.bf16()
                .filter(rule -> rule.beatsMaxima(stage, fitted.output().width()))
                .isPresent();
        return !slower
                && stage.isDense()
                && builder.layout() == Layout.CHANNELS_LAST
                && pooling.maxima() != null
                && isChannelsLast(taken)
                && isChannelsLast(pooling.output())
                && !taken.region().isForeign()
                && !weights.descriptor().equals(byFilter())
                && geometry(pooling).suits();
    }

    private memory.desc byFilter() {
        return ChainBuilder.descriptor(format_tag.ohwi, weightDimensions());
    }

    private static boolean isChannelsLast(Tensor tensor) {
        return tensor.descriptor()
                .equals(ChainBuilder.descriptor(
                        tensor.type(), format_tag.nhwc, tensor.shape().dimensions()));
    }

    private MaxPoolConvolutionBackward.Geometry geometry(BoundPooling pooling) {
        Shape shape = taken.shape();
        Shape picture = new Shape(1, shape.channels(), shape.height(), shape.width());
        Window.Fitted convolution = stage.window().fit(picture, stage.filters());
        Window.Fitted pooled = pooling.window().fit(convolution.output(), stage.filters());
        return new MaxPoolConvolutionBackward.Geometry(picture, stage.window(), convolution, pooling.window(), pooled);
    }

    /**
     * Adds the backward pass through the max pool behind this and through this.
     *
     * @param gradient of the pool's output
     * @return as {@link #backward}
     */
    Tensor backwardThrough(ChainBuilder builder, BoundPooling pooling, Tensor gradient, boolean inputNeeded) {
        memory.desc filters = byFilter();
        Tensor picture = builder.floats(taken);
        Tensor given =
                builder.floats(builder.reordered(gradient, pooling.output().descriptor()));
        Tensor weightGradient = builder.tensor(filters, null);
        Tensor inputGradient = inputNeeded ? builder.tensor(picture.descriptor(), picture.shape()) : null;
        Tensor ordered = builder.preparedParameter(weights, filters);
        MaxPoolConvolutionBackward maxima = builder.maxPoolConvolutionBackward(geometry(pooling));
        MaxPoolConvolutionBackward.Tensors tensors = new MaxPoolConvolutionBackward.Tensors(
                picture, given, pooling.maxima(), ordered, weightGradient, inputGradient);
        FloatBuffer gradients = builder.gradients().buffer();
        int bias = (int) stage.bias();
        builder.call(
                queue -> {
                    maxima.run(tensors);
                    if (bias >= 0) {
                        gradients.put(bias, maxima.biasGradient());
                    }
                },
                Stream.of(picture, given, pooling.maxima(), ordered, weightGradient, inputGradient)
                        .filter(Objects::nonNull)
                        .toArray(Tensor[]::new));
        builder.reorder(weightGradient, builder.gradient(weights.descriptor(), stage.weights()));
        return inputNeeded ? builder.reordered(inputGradient, input.descriptor()) : null;
    }

    private Tensor backwardData(ChainBuilder builder, Tensor gradient) {
        convolution_backward_data.primitive_desc primitive = new convolution_backward_data.primitive_desc(
                new convolution_backward_data.desc(
                        DIRECT,
                        inputDescriptor(builder, input.isFloats() ? memory.data_type.f32 : type),
                        anyWeights(type),
                        outputDescriptor(builder, type),
                        stride,
                        dilation,
                        fitted.paddingTopLeft().toArray(),
                        fitted.paddingBottomRight().toArray()),
                builder.attributes(),
                builder.cpu(),
                forward);
        Tensor result = builder.tensor(primitive.diff_src_desc(), input.shape());
        builder.call(
                new convolution_backward_data(primitive),
                primitive,
                new ChainBuilder.Arguments()
                        .with(DNNL_ARG_DIFF_DST, builder.reordered(gradient, primitive.diff_dst_desc()))
                        .with(DNNL_ARG_WEIGHTS, builder.preparedParameter(weights, primitive.weights_desc()))
                        .with(DNNL_ARG_DIFF_SRC, result));
        return builder.reordered(result, input.descriptor());
    }
}
