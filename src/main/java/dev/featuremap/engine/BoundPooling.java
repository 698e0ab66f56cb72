package dev.featuremap.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;

/** A pool; a max pool that is trained remembers where its maxima stood. */
final class BoundPooling implements BoundStage {
    private final Window window;
    private final int algorithm;
    private final Window.Fitted fitted;
    private final pooling_forward.primitive_desc forward;
    private final Tensor input;
    private final Tensor output;
    private final Tensor maxima;

    BoundPooling(ChainBuilder builder, Stage.Pooling stage, Tensor input) {
        this.input = input;
        window = stage.window(input.shape());
        algorithm = switch (stage.kind()) {
            case MAX -> dnnl_pooling_max;
            case MEAN -> dnnl_pooling_avg_exclude_padding;
            case MEAN_WITH_PADDING -> dnnl_pooling_avg_include_padding;
        };
        fitted = window.fit(input.shape(), input.shape().channels());
        memory.desc any = ChainBuilder.descriptor(
                input.type(), format_tag.any, fitted.output().dimensions());
        forward = new pooling_forward.primitive_desc(
                new pooling_forward.desc(
                        builder.forwardKind(),
                        algorithm,
                        input.descriptor(),
                        any,
                        window.stride().toArray(),
                        window.kernel().toArray(),
                        fitted.paddingTopLeft().toArray(),
                        fitted.paddingBottomRight().toArray()),
                builder.attributes(),
                builder.cpu());
        output = builder.tensor(forward.dst_desc(), fitted.output());
        ChainBuilder.Arguments arguments =
                new ChainBuilder.Arguments().with(DNNL_ARG_SRC, input).with(DNNL_ARG_DST, output);
        boolean remembers = builder.training() && stage.kind() == Stage.Pooling.Kind.MAX;
        maxima = remembers ? builder.tensor(forward.workspace_desc(), null) : null;
        if (remembers) {
            arguments.with(DNNL_ARG_WORKSPACE, maxima);
        }
        builder.call(new pooling_forward(forward), forward, arguments);
    }

    @Override
    public Tensor output() {
        return output;
    }

    /** Where in its window each maximum stood: a byte each, in the output's order. Null when nothing is remembered. */
    Tensor maxima() {
        return maxima;
    }

    Window window() {
        return window;
    }

    @Override
    public Tensor backward(ChainBuilder builder, Tensor gradient, boolean inputNeeded) {
        pooling_backward.primitive_desc primitive = new pooling_backward.primitive_desc(
                new pooling_backward.desc(
                        algorithm,
                        input.descriptor(),
                        output.descriptor(),
                        window.stride().toArray(),
                        window.kernel().toArray(),
                        fitted.paddingTopLeft().toArray(),
                        fitted.paddingBottomRight().toArray()),
                builder.attributes(),
                builder.cpu(),
                forward);
        Tensor result = builder.tensor(input.descriptor(), input.shape());
        ChainBuilder.Arguments arguments = new ChainBuilder.Arguments()
                .with(DNNL_ARG_DIFF_DST, builder.reordered(gradient, output.descriptor()))
                .with(DNNL_ARG_DIFF_SRC, result);
        if (maxima != null) {
            arguments.with(DNNL_ARG_WORKSPACE, maxima);
        }
        builder.call(new pooling_backward(primitive), primitive, arguments);
        return result;
    }
}
