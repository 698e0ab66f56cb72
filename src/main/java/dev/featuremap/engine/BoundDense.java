package dev.featuremap.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.inner_product_backward_data;
import org.bytedeco.dnnl.inner_product_backward_weights;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;

/** A fully connected layer on rows. Weights stay in DL4J's order: reordering them costs more than it brings. */
final class BoundDense implements BoundStage {
    private final Stage.Dense stage;
    private final memory.data_type type;
    private final inner_product_forward.primitive_desc forward;
    private final Tensor input;
    /** The input as the passes take it. */
    private final Tensor taken;

    private final Tensor weights;
    private final Tensor preparedWeights;
    private final Tensor output;

    BoundDense(ChainBuilder builder, Stage.Dense stage, Tensor input) {
        if (input.shape().unitsPerExample() != stage.inputs()) {
            throw new IllegalArgumentException("features " + input.shape() + " have "
                    + input.shape().unitsPerExample() + " units; the dense layer takes " + stage.inputs());
        }
        this.stage = stage;
        this.input = BoundReshape.rows(builder, input);
        Shape shape = Shape.flat(input.shape().examples(), stage.outputs());
        memory.desc target = ChainBuilder.descriptor(format_tag.nc, shape.flatDimensions());
        type = builder.bf16().filter(rule -> rule.suits(stage)).isPresent()
                ? memory.data_type.bf16
                : memory.data_type.f32;
        taken = builder.reordered(this.input, rows(type, this.input.shape()));
        weights = builder.parameter(matrix(memory.data_type.f32), stage.weights());
        preparedWeights = builder.preparedParameter(weights, matrix(type));
        int kind = builder.forwardKind();
        inner_product_forward.desc descriptor =
                new inner_product_forward.desc(kind, taken.descriptor(), matrix(type), biasDescriptor(), target);
        forward =
                new inner_product_forward.primitive_desc(descriptor, builder.attributes(stage.fused()), builder.cpu());
        output = builder.tensor(target, shape);
        ChainBuilder.Arguments arguments = new ChainBuilder.Arguments()
                .with(DNNL_ARG_SRC, taken)
                .with(DNNL_ARG_WEIGHTS, preparedWeights)
                .with(DNNL_ARG_DST, output);
        if (stage.bias() >= 0) {
            arguments.with(DNNL_ARG_BIAS, builder.parameter(biasDescriptor(), stage.bias()));
        }
        builder.call(new inner_product_forward(forward), forward, arguments);
    }

    private memory.desc matrix(memory.data_type type) {
        return ChainBuilder.descriptor(type, format_tag.oi, stage.outputs(), stage.inputs());
    }

    private static memory.desc rows(memory.data_type type, Shape shape) {
        return ChainBuilder.descriptor(type, format_tag.nc, shape.flatDimensions());
    }

    /** Empty where there is none, which oneDNN takes for that. */
    private memory.desc biasDescriptor() {
        return stage.bias() >= 0 ? ChainBuilder.descriptor(format_tag.x, stage.outputs()) : new memory.desc();
    }

    @Override
    public Tensor output() {
        return output;
    }

    @Override
    public Tensor backward(ChainBuilder builder, Tensor gradient, boolean inputNeeded) {
        Tensor given = builder.reordered(gradient, output.descriptor());
        backwardWeights(builder, given);
        return inputNeeded ? backwardData(builder, builder.reordered(given, rows(type, output.shape()))) : null;
    }

    /** In f32 always: bf16's products would save less than it takes to bring their sums into DL4J's order. */
    private void backwardWeights(ChainBuilder builder, Tensor gradient) {
        Tensor source = builder.floats(input);
        inner_product_backward_weights.desc descriptor = new inner_product_backward_weights.desc(
                source.descriptor(), weights.descriptor(), biasDescriptor(), gradient.descriptor());
        inner_product_backward_weights.primitive_desc primitive = new inner_product_backward_weights.primitive_desc(
                descriptor, builder.attributes(), builder.cpu(), forward);
        ChainBuilder.Arguments arguments = new ChainBuilder.Arguments()
                .with(DNNL_ARG_SRC, source)
                .with(DNNL_ARG_DIFF_DST, gradient)
                .with(DNNL_ARG_DIFF_WEIGHTS, builder.gradient(weights.descriptor(), stage.weights()));
        if (stage.bias() >= 0) {
            arguments.with(DNNL_ARG_DIFF_BIAS, builder.gradient(biasDescriptor(), stage.bias()));
        }
        builder.call(new inner_product_backward_weights(primitive), primitive, arguments);
    }

    private Tensor backwardData(ChainBuilder builder, Tensor gradient) {
        Tensor result =
                builder.tensor(rows(type == input.type() ? type : memory.data_type.f32, input.shape()), input.shape());
        inner_product_backward_data.primitive_desc primitive = new inner_product_backward_data.primitive_desc(
                new inner_product_backward_data.desc(result.descriptor(), matrix(type), gradient.descriptor()),
                builder.attributes(),
                builder.cpu(),
                forward);
        builder.call(
                new inner_product_backward_data(primitive),
                primitive,
                new ChainBuilder.Arguments()
                        .with(DNNL_ARG_DIFF_DST, gradient)
                        .with(DNNL_ARG_WEIGHTS, preparedWeights)
                        .with(DNNL_ARG_DIFF_SRC, result));
        return builder.reordered(result, input.descriptor());
    }
}
