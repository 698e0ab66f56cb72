package dev.featuremap.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.resampling_backward;
import org.bytedeco.dnnl.resampling_forward;

/** Pixels repeated; the gradient of one is the sum of those of its copies. */
final class BoundUpsampling implements BoundStage {
    private final resampling_forward.primitive_desc forward;
    private final Tensor input;
    private final Tensor output;

    BoundUpsampling(ChainBuilder builder, Stage.Upsampling stage, Tensor input) {
        this.input = input;
        Shape shape = stage.output(input.shape());
        memory.desc any = ChainBuilder.descriptor(input.type(), format_tag.any, shape.dimensions());
        forward = new resampling_forward.primitive_desc(
                new resampling_forward.desc(builder.forwardKind(), dnnl_resampling_nearest, input.descriptor(), any),
                builder.attributes(),
                builder.cpu());
        output = builder.tensor(forward.dst_desc(), shape);
        builder.call(
                new resampling_forward(forward),
                forward,
                new ChainBuilder.Arguments().with(DNNL_ARG_SRC, input).with(DNNL_ARG_DST, output));
    }

    @Override
    public Tensor output() {
        return output;
    }

    @Override
    public Tensor backward(ChainBuilder builder, Tensor gradient, boolean inputNeeded) {
        resampling_backward.primitive_desc primitive = new resampling_backward.primitive_desc(
                new resampling_backward.desc(dnnl_resampling_nearest, input.descriptor(), output.descriptor()),
                builder.attributes(),
                builder.cpu(),
                forward);
        Tensor result = builder.tensor(input.descriptor(), input.shape());
        builder.call(
                new resampling_backward(primitive),
                primitive,
                new ChainBuilder.Arguments()
                        .with(DNNL_ARG_DIFF_DST, builder.reordered(gradient, output.descriptor()))
                        .with(DNNL_ARG_DIFF_SRC, result));
        return result;
    }
}
