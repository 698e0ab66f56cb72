package dev.featuremap.engine;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;

/** Dropout: nothing at all unless the chain trains. */
final class BoundDropout implements BoundStage {
    private final Tensor output;
    /** A factor for each value, in the order in which they lie in memory; drawn by the forward pass, used again by the backward pass. */
    private final float[] mask;

    private final Pieces pieces = new Pieces();

    BoundDropout(ChainBuilder builder, Stage.Dropout stage, Tensor input) {
        if (!builder.training()) {
            output = input;
            mask = null;
            return;
        }
        Tensor source = builder.floats(input);
        if (input.region().isForeign()) {
            boolean last = builder.layout() == Layout.CHANNELS_LAST;
            memory.desc order = ChainBuilder.descriptor(
                    last ? format_tag.nhwc : format_tag.nchw, input.shape().dimensions());
            source = builder.tensor(order, input.shape());
            builder.reorder(input, source);
        }
        Tensor from = source;
        output = builder.successor(source);
        mask = new float[(int) (source.descriptor().get_size() / Float.BYTES)];
        int units = mask.length / (int) source.shape().examples();
        DropoutMask drawn = new DropoutMask(stage.layer(), stage.retain());
        PrimitiveChain.Randomness randomness = builder.randomness();
        builder.call(
                queue -> {
                    drawn.fill(mask, units, randomness.seed(), randomness.firstExample());
                    multiply(from.region().floats(), output.region().floats());
                },
                from,
                output);
    }

    @Override
    public Tensor output() {
        return output;
    }

    @Override
    public Tensor backward(ChainBuilder builder, Tensor gradient, boolean inputNeeded) {
        Tensor result = builder.reordered(gradient, output.descriptor());
        builder.call(queue -> multiply(result.region().floats(), result.region().floats()), result);
        return result;
    }

    private void multiply(FloatBuffer from, FloatBuffer to) {
        float[] values = pieces.values();
        for (int at = 0; at < mask.length; at += Pieces.LENGTH) {
            int length = Math.min(Pieces.LENGTH, mask.length - at);
            from.get(at, values, 0, length);
            for (int i = 0; i < length; i++) {
                values[i] *= mask[at + i];
            }
            to.put(at, values, 0, length);
        }
    }
}
