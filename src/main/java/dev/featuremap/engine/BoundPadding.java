package dev.featuremap.engine;

import java.nio.ByteBuffer;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;

/** Zeros around a picture: it is copied into the midst of them, and its gradient out of there. */
final class BoundPadding implements BoundStage {
    private static final byte[] ZEROS = new byte[1 << 14];

    private final Window.Pair before;
    private final Tensor input;
    private final Tensor output;

    BoundPadding(ChainBuilder builder, Stage.Padding stage, Tensor input) {
        this.input = input;
        before = stage.before();
        Shape shape = stage.output(input.shape());
        format_tag order = builder.layout() == Layout.CHANNELS_LAST ? format_tag.nhwc : format_tag.nchw;
        output = builder.tensor(ChainBuilder.descriptor(input.type(), order, shape.dimensions()), shape);
        builder.call(queue -> clear(output.region().memory()), output);
        builder.reorder(input, picture(builder, output));
    }

    private static void clear(ByteBuffer memory) {
        for (int at = 0; at < memory.capacity(); at += ZEROS.length) {
            memory.put(at, ZEROS, 0, Math.min(ZEROS.length, memory.capacity() - at));
        }
    }

    /** What lies within the padding. */
    private Tensor picture(ChainBuilder builder, Tensor padded) {
        long[] place = {0, 0, before.height(), before.width()};
        memory.desc within = padded.descriptor().submemory_desc(input.shape().dimensions(), place);
        return builder.view(padded, within, input.shape());
    }

    @Override
    public Tensor output() {
        return output;
    }

    @Override
    public Tensor backward(ChainBuilder builder, Tensor gradient, boolean inputNeeded) {
        Tensor given = builder.reordered(gradient, output.descriptor());
        return builder.reordered(picture(builder, given), input.descriptor());
    }
}
