package dev.featuremap.engine;

import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * A network compiled for one number of examples: calls of oneDNN in their order, with all memory they need.
 *
 * <p>Not safe for use by several threads at once, and to be run by a thread with the OpenMP settings of the one that built it.
 */
final class PrimitiveChain implements AutoCloseable {
    /** One step of the way. */
    interface Call {
        void run(stream queue);
    }

    /** What changes from run to run and is neither parameter nor input. */
    static final class Randomness {
        private long seed;
        private long firstExample;

        /** The step's seed. */
        long seed() {
            return seed;
        }

        /** Index in the batch of the chain's first example. */
        long firstExample() {
            return firstExample;
        }
    }

    /** An address that can be pointed elsewhere without making a new object. */
    private static final class Address extends Pointer {
        void set(long value) {
            address = value;
        }
    }

    /** What {@link ChainBuilder} makes. */
    record Parts(
            PointerScope scope,
            Tensor input,
            Tensor logits,
            List<Call> preparations,
            List<Call> forward,
            List<Call> backward,
            Randomness randomness) {}

    private final Parts parts;
    private final stream queue;
    private final Address input = new Address();
    private long preparedVersion = -1;

    PrimitiveChain(Parts parts, stream queue) {
        this.parts = parts;
        this.queue = queue;
    }

    /**
     * Runs the examples through the network.
     *
     * @param address of the examples' features, channels first
     * @param parametersVersion a number that changes when parameters do
     * @return what goes into the output layer's activation function, {@code [examples, outputs]}; a training chain's backward
     *     pass takes the loss's gradient from the same place
     */
    FloatBuffer forward(long address, long parametersVersion, long seed, long firstExample) {
        parts.randomness.seed = seed;
        parts.randomness.firstExample = firstExample;
        input.set(address);
        parts.input.region().moveTo(input);
        if (preparedVersion != parametersVersion) {
            run(parts.preparations);
            preparedVersion = parametersVersion;
        }
        run(parts.forward);
        return parts.logits.region().floats();
    }

    /** Leaves the parameters' gradients, summed over the examples, in the builder's gradients. */
    void backward() {
        run(parts.backward);
    }

    private void run(List<Call> calls) {
        for (Call call : calls) {
            call.run(queue);
        }
    }

    @Override
    public void close() {
        parts.scope.close();
    }
}
