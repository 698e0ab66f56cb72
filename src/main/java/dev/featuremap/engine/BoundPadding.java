package dev.featuremap.engine;

import java.nio.ByteBuffer;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;

/**
 * Zeros around a picture: it is copied into the midst of them, and its gradient out of there. Where it is cut instead, its midst is copied
 * out of it, and the gradient into the midst of zeros.
 */
final class BoundPadding implements BoundStage {
    private static final byte[] ZEROS = new byte[1 << 14];

    private final Stage.Padding stage;
    private final Tensor input;
    private final Tensor output;

    BoundPadding(ChainBuilder builder, Stage.Padding stage, Tensor input) {
        this.stage = stage;
        this.input = input;
        Shape shape = stage.output(input.shape());
        format_tag order = builder.layout() == Layout.CHANNELS_LAST ? format_tag.nhwc : format_tag.nchw;
        output = builder.tensor(ChainBuilder.descriptor(input.type(), order, shape.dimensions()), shape);
        if (stage.cuts()) {
            builder.reorder(midst(builder, input), output);
        } else {
            putAmongZeros(builder, input, output);
        }
    }

    private void putAmongZeros(ChainBuilder builder, Tensor from, Tensor to) {
        builder.call(queue -> clear(to.region().memory()), to);
        builder.reorder(from, midst(builder, to));
    }

    private static void clear(ByteBuffer memory) {
        for (int at = 0; at < memory.capacity(); at += ZEROS.length) {
            memory.put(at, ZEROS, 0, Math.min(ZEROS.length, memory.capacity() - at));
        }
    }

    /** What lies within the padding, or stays of what is cut. */
    private Tensor midst(ChainBuilder builder, Tensor whole) {
        Shape shape = stage.cuts() ? output.shape() : input.shape();
        long[] place = {
            0, 0, Math.abs(stage.before().height()), Math.abs(stage.before().width())
        };
        memory.desc within = whole.descriptor().submemory_desc(shape.dimensions(), place);
        return builder.view(whole, within, shape);
    }

    @Override
    public Tensor output() {
        return output;
    }

    @Override
    public Tensor backward(ChainBuilder builder, Tensor gradient, boolean inputNeeded) {
        if (stage.cuts()) {
            Tensor result = builder.tensor(input.descriptor(), input.shape());
            putAmongZeros(builder, gradient, result);
            return result;
        }
        Tensor given = builder.reordered(gradient, output.descriptor());
        return builder.reordered(midst(builder, given), input.descriptor());
    }
}
