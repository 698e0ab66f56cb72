package dev.featuremap.engine;

import java.nio.FloatBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.stream;

/**
 * A network's stages on one thread, with gradients of its own and the parameters of all. Chains are built when a number of
 * examples first comes, and the ones used last are kept.
 */
final class Replica implements AutoCloseable {
    /** Examples that go through the network together when it does not train: more would only leave the cache. */
    static final int INFERENCE_EXAMPLES = 128;

    /** Whole batches, the last one of an epoch, and two numbers of examples of each of two evaluations. */
    private static final int KEPT_CHAINS = 6;

    private record Key(Shape shape, boolean training) {}

    private final NetworkPlan plan;
    private final stream queue;
    private final NativeFloats gradients;
    private final ChainBuilder.Context context;
    private final Arithmetic training;
    private final Arithmetic inference;
    private final ParameterUpdate.Workspace workspace = new ParameterUpdate.Workspace();
    private final Map<Key, PrimitiveChain> chains = new LinkedHashMap<>(16, 0.75f, true);
    private OutputValues values = new OutputValues(0, 0);
    private float[] derivative = new float[0];

    /** What all replicas of an engine have alike. */
    record Setting(engine cpu, NetworkPlan plan, Arithmetic training, Arithmetic inference, NativeFloats parameters) {}

    Replica(Setting setting, Exchange.Seat seat) {
        plan = setting.plan;
        training = setting.training;
        inference = setting.inference;
        queue = new stream(setting.cpu);
        gradients = new NativeFloats(setting.parameters.bits().capacity());
        context = new ChainBuilder.Context(setting.cpu, queue, setting.parameters, gradients, seat);
    }

    FloatBuffer gradients() {
        return gradients.buffer();
    }

    ParameterUpdate.Workspace workspace() {
        return workspace;
    }

    /**
     * A share of a batch, in memory.
     *
     * @param features the batch's address; channels first
     * @param labels the batch's, or null where nobody asks for the loss
     * @param shape the batch's
     * @param first index of the share's first example
     * @param examples of the share
     */
    record Share(long features, FloatBuffer labels, Shape shape, int first, int examples) {
        private Share part(int from, int length) {
            return new Share(features, labels, shape, first + from, length);
        }

        private long address() {
            return features + first * shape.unitsPerExample() * Float.BYTES;
        }

        private Shape shapeOfShare() {
            return new Shape(examples, shape.channels(), shape.height(), shape.width());
        }
    }

    /** Leaves the share's summed gradients in {@link #gradients()} and returns its summed loss. */
    double train(Share share, long parametersVersion, long seed) {
        PrimitiveChain chain = chain(share.shapeOfShare(), true);
        FloatBuffer logits = chain.forward(share.address(), parametersVersion, seed, share.first);
        double loss = activateAndScore(logits, share);
        plan.loss().gradient(values, derivative);
        logits.put(0, derivative);
        chain.backward();
        return loss;
    }

    /** Writes the share's outputs to {@code result}, the whole batch's, and returns its summed loss, 0 without labels. */
    double infer(Share share, long parametersVersion, float[] result) {
        int parts = (share.examples + INFERENCE_EXAMPLES - 1) / INFERENCE_EXAMPLES;
        double loss = 0;
        for (int i = 0; i < parts; i++) {
            int from = (int) ((long) share.examples * i / parts);
            int to = (int) ((long) share.examples * (i + 1) / parts);
            Share part = share.part(from, to - from);
            FloatBuffer logits = chain(part.shapeOfShare(), false).forward(part.address(), parametersVersion, 0, 0);
            loss += activateAndScore(logits, part);
            System.arraycopy(values.outputs, 0, result, part.first * plan.outputs(), values.length());
        }
        return loss;
    }

    private double activateAndScore(FloatBuffer logits, Share share) {
        if (values.rows != share.examples) {
            values = new OutputValues(share.examples, plan.outputs());
            derivative = new float[values.length()];
        }
        logits.get(0, values.inputs);
        logits.get(0, values.outputs);
        plan.activation().apply(values.outputs, share.examples, plan.outputs());
        if (share.labels == null) {
            return 0;
        }
        share.labels.get(share.first * plan.outputs(), values.labels);
        return plan.loss().sum(values);
    }

    private PrimitiveChain chain(Shape shape, boolean trains) {
        Key key = new Key(shape, trains);
        PrimitiveChain chain = chains.get(key);
        if (chain == null) {
            if (chains.size() == KEPT_CHAINS) {
                Iterator<PrimitiveChain> leastRecent = chains.values().iterator();
                leastRecent.next().close();
                leastRecent.remove();
            }
            chain = ChainBuilder.build(plan, context, trains ? training : inference, shape, trains);
            chains.put(key, chain);
        }
        return chain;
    }

    @Override
    public void close() {
        chains.values().forEach(PrimitiveChain::close);
        chains.clear();
        gradients.close();
        queue.close();
    }
}
