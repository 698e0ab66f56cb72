package dev.featuremap.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.lrn_backward;
import org.bytedeco.dnnl.lrn_forward;
import org.bytedeco.dnnl.primitive_desc;

/** Local response normalisation across channels, in f32. */
final class BoundLocalNormalization implements BoundStage {
    private final Stage.LocalNormalization stage;
    private final lrn_forward.primitive_desc forward;
    private final Tensor input;
    private final Tensor output;

    BoundLocalNormalization(ChainBuilder builder, Stage.LocalNormalization stage, Tensor given) {
        this.stage = stage;
        input = builder.floats(given);
        forward = plain(new lrn_forward.primitive_desc(
                new lrn_forward.desc(
                        builder.forwardKind(),
                        dnnl_lrn_across_channels,
                        input.descriptor(),
                        stage.size(),
                        meanAlpha(),
                        stage.beta(),
                        stage.k()),
                builder.attributes(),
                builder.cpu()));
        output = builder.tensor(input.descriptor(), input.shape());
        builder.call(
                new lrn_forward(forward),
                forward,
                new ChainBuilder.Arguments().with(DNNL_ARG_SRC, input).with(DNNL_ARG_DST, output));
    }

    /** The implementation without generated code: 2.5.2's dies with the process on some numbers of channels. */
    private static <T extends primitive_desc> T plain(T descriptor) {
        while (!descriptor.impl_info_str().getString().startsWith("lrn_ref")) {
            if (!descriptor.next_impl()) {
                throw new IllegalStateException("oneDNN has no plain local response normalisation");
            }
        }
        return descriptor;
    }

    /** oneDNN divides the sum of squares by their number. */
    private float meanAlpha() {
        return stage.alpha() * stage.size();
    }

    @Override
    public Tensor output() {
        return output;
    }

    @Override
    public Tensor backward(ChainBuilder builder, Tensor gradient, boolean inputNeeded) {
        lrn_backward.primitive_desc primitive = plain(new lrn_backward.primitive_desc(
                new lrn_backward.desc(
                        dnnl_lrn_across_channels,
                        input.descriptor(),
                        input.descriptor(),
                        stage.size(),
                        meanAlpha(),
                        stage.beta(),
                        stage.k()),
                builder.attributes(),
                builder.cpu(),
                forward));
        Tensor result = builder.tensor(input.descriptor(), input.shape());
        builder.call(
                new lrn_backward(primitive),
                primitive,
                new ChainBuilder.Arguments()
                        .with(DNNL_ARG_SRC, input)
                        .with(DNNL_ARG_DIFF_DST, builder.reordered(gradient, input.descriptor()))
                        .with(DNNL_ARG_DIFF_SRC, result));
        return result;
    }
}
