package dev.featuremap.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.prelu_backward;
import org.bytedeco.dnnl.prelu_forward;

/** ReLU with slopes that are learnt; in f32, as a slope's gradient is a sum over all negative values. */
final class BoundPrelu implements BoundStage {
    private final Stage.Prelu stage;
    private final prelu_forward.primitive_desc forward;
    private final Tensor given;
    private final Tensor input;
    private final Tensor slopes;
    private final Tensor output;

    BoundPrelu(ChainBuilder builder, Stage.Prelu stage, Tensor input) {
        this.stage = stage;
        given = builder.floats(input);
        this.input = BoundReshape.pictures(builder, given);
        forward = new prelu_forward.primitive_desc(
                new prelu_forward.desc(builder.forwardKind(), this.input.descriptor(), slopes(format_tag.any)),
                builder.attributes(),
                builder.cpu());
        slopes = builder.parameter(slopes(format_tag.nchw), stage.slopes());
        Tensor result = builder.tensor(this.input.descriptor(), this.input.shape());
        builder.call(
                new prelu_forward(forward),
                forward,
                new ChainBuilder.Arguments()
                        .with(DNNL_ARG_SRC, this.input)
                        .with(DNNL_ARG_WEIGHTS, builder.preparedParameter(slopes, forward.weights_desc()))
                        .with(DNNL_ARG_DST, result));
        output = BoundReshape.asGiven(builder, result, given);
    }

    private memory.desc slopes(format_tag order) {
        return ChainBuilder.descriptor(order, 1, stage.channels(), 1, 1);
    }

    @Override
    public Tensor output() {
        return output;
    }

    @Override
    public Tensor backward(ChainBuilder builder, Tensor gradient, boolean inputNeeded) {
        Tensor source = BoundReshape.pictures(builder, builder.reordered(gradient, output.descriptor()));
        memory.desc values = input.descriptor();
        memory.desc anySlopes = slopes(format_tag.any);
        prelu_backward.primitive_desc primitive = new prelu_backward.primitive_desc(
                new prelu_backward.desc(values, anySlopes, values, anySlopes),
                builder.attributes(),
                builder.cpu(),
                forward);
        Tensor result = builder.tensor(values, input.shape());
        Tensor sums = builder.tensor(primitive.diff_weights_desc(), null);
        builder.call(
                new prelu_backward(primitive),
                primitive,
                new ChainBuilder.Arguments()
                        .with(DNNL_ARG_SRC, input)
                        .with(DNNL_ARG_WEIGHTS, builder.preparedParameter(slopes, primitive.weights_desc()))
                        .with(DNNL_ARG_DIFF_DST, source)
                        .with(DNNL_ARG_DIFF_SRC, result)
                        .with(DNNL_ARG_DIFF_WEIGHTS, sums));
        builder.reorder(sums, builder.gradient(slopes.descriptor(), stage.slopes()));
        return BoundReshape.asGiven(builder, result, given);
    }
}
