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
    private final inner_product_forward.primitive_desc forward;
    private final Tensor input;
    private final Tensor weights;
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
        memory.desc matrix = ChainBuilder.descriptor(format_tag.oi, stage.outputs(), stage.inputs());
        weights = builder.parameter(matrix, stage.weights());
        int kind = builder.forwardKind();
        inner_product_forward.desc descriptor =
                new inner_product_forward.desc(kind, this.input.descriptor(), matrix, biasDescriptor(), target);
        forward =
                new inner_product_forward.primitive_desc(descriptor, builder.attributes(stage.fused()), builder.cpu());
        output = builder.tensor(target, shape);
        ChainBuilder.Arguments arguments = new ChainBuilder.Arguments()
                .with(DNNL_ARG_SRC, this.input)
                .with(DNNL_ARG_WEIGHTS, weights)
                .with(DNNL_ARG_DST, output);
        if (stage.bias() >= 0) {
            arguments.with(DNNL_ARG_BIAS, builder.parameter(biasDescriptor(), stage.bias()));
        }
        builder.call(new inner_product_forward(forward), forward, arguments);
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
        backwardWeights(builder, gradient);
        return inputNeeded ? backwardData(builder, gradient) : null;
    }

    private void backwardWeights(ChainBuilder builder, Tensor gradient) {
        inner_product_backward_weights.desc descriptor = new inner_product_backward_weights.desc(
                input.descriptor(), weights.descriptor(), biasDescriptor(), output.descriptor());
        inner_product_backward_weights.primitive_desc primitive = new inner_product_backward_weights.primitive_desc(
                descriptor, builder.attributes(), builder.cpu(), forward);
        ChainBuilder.Arguments arguments = new ChainBuilder.Arguments()
                .with(DNNL_ARG_SRC, input)
                .with(DNNL_ARG_DIFF_DST, gradient)
                .with(DNNL_ARG_DIFF_WEIGHTS, builder.gradient(weights.descriptor(), stage.weights()));
        if (stage.bias() >= 0) {
            arguments.with(DNNL_ARG_DIFF_BIAS, builder.gradient(biasDescriptor(), stage.bias()));
        }
        builder.call(new inner_product_backward_weights(primitive), primitive, arguments);
    }

    private Tensor backwardData(ChainBuilder builder, Tensor gradient) {
        inner_product_backward_data.primitive_desc primitive = new inner_product_backward_data.primitive_desc(
                new inner_product_backward_data.desc(input.descriptor(), weights.descriptor(), output.descriptor()),
                builder.attributes(),
                builder.cpu(),
                forward);
        Tensor result = builder.tensor(input.descriptor(), input.shape());
        builder.call(
                new inner_product_backward_data(primitive),
                primitive,
                new ChainBuilder.Arguments()
                        .with(DNNL_ARG_DIFF_DST, gradient)
                        .with(DNNL_ARG_WEIGHTS, weights)
                        .with(DNNL_ARG_DIFF_SRC, result));
        return result;
    }
}
