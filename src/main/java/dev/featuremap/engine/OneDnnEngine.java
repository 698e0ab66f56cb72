package dev.featuremap.engine;

import dev.featuremap.Failure;
import dev.featuremap.experiment.TrainingSpec;
import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import org.bytedeco.dnnl.engine;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The network compiled to oneDNN primitives.
 *
 * <p>Each batch is shared among replicas of one thread each, whose gradients are summed in the replicas' order before one
 * updater step: the same algorithm as one batch at a time, with the same result whenever the number of replicas is the same.
 * Parameters and updater state are stepped where the {@link MultiLayerNetwork} has them, which so is always current.
 */
public final class OneDnnEngine implements Engine {
    /** Of a replica, on its forward pass: about as long as it takes to hand a share over. */
    private static final long LEAST_MULTIPLICATIONS = 500_000;

    private final MultiLayerNetwork network;
    private final NetworkPlan plan;
    private final long leastMultiplications;
    private final engine cpu;
    private final NativeFloats parameters;
    private ParameterUpdate update;
    private final ReplicaTeam team;
    private final List<Replica> replicas = new ArrayList<>();
    /** Grows with every step, so that a chain knows whether what it prepared from parameters still holds. */
    private long version;

    private boolean closed;

    /** An engine that trains in f32. */
    public OneDnnEngine(MultiLayerNetwork network, int replicas) {
        this(network, replicas, TrainingSpec.Precision.F32);
    }

    /**
     * Takes over {@code network} with the updater state it has.
     *
     * @param replicas threads to train with
     * @param precision of training; outputs and scores are f32's whatever it is
     * @throws Failure when oneDNN cannot be loaded, the processor lacks the precision or the network uses what this engine lacks
     */
    public OneDnnEngine(MultiLayerNetwork network, int replicas, TrainingSpec.Precision precision) {
        this(network, replicas, precision, supportedPlan(network.getLayerWiseConfigurations()));
    }

    private OneDnnEngine(MultiLayerNetwork network, int replicas, TrainingSpec.Precision precision, NetworkPlan plan) {
        this(network, replicas, plan, arithmetic(precision, plan), LEAST_MULTIPLICATIONS);
    }

    /** An engine whose replicas all get a share of every batch, however small. */
    OneDnnEngine(MultiLayerNetwork network, int replicas, NetworkPlan plan, Arithmetic training) {
        this(network, replicas, plan, training, 1);
    }

    private OneDnnEngine(
            MultiLayerNetwork network, int replicas, NetworkPlan plan, Arithmetic training, long leastMultiplications) {
        if (replicas < 1) {
            throw new IllegalArgumentException("replicas: " + replicas);
        }
        this.network = network;
        this.plan = plan;
        this.leastMultiplications = leastMultiplications;
        ParameterOrder.mend(network);
        cpu = new engine(engine.kind.cpu, 0);
        parameters = NativeFloats.of(network.params());
        update = new ParameterUpdate(network, parameters);
        team = new ReplicaTeam(replicas);
        Arithmetic inference = Arithmetic.f32(plan);
        Replica.Setting setting = new Replica.Setting(cpu, plan, training, inference, parameters);
        Exchange exchange = new Exchange(team);
        for (int i = 0; i < team.replicas(); i++) {
            this.replicas.add(
                    new Replica(setting, replicas == 1 ? Exchange.Seat.ALONE : new Exchange.Seat(exchange, i)));
        }
    }

    private static NetworkPlan supportedPlan(MultiLayerConfiguration configuration) {
        String remedy = "set training.engine=nd4j, or leave it at auto";
        unavailable().ifPresent(reason -> {
            throw Failure.environment(reason, remedy, null);
        });
        unsupported(configuration).ifPresent(lacking -> {
            throw Failure.usage("engine onednn does not know " + lacking, remedy);
        });
        return NetworkPlan.of(configuration);
    }

    private static Arithmetic arithmetic(TrainingSpec.Precision precision, NetworkPlan plan) {
        return switch (precision) {
            case F32 -> Arithmetic.f32(plan);
            case BF16 -> Arithmetic.bf16(Bfloat16.required());
        };
    }

    /** What this engine lacks for {@code configuration}, such as {@code "layer 2: LSTM"}; the first thing found. */
    public static Optional<String> unsupported(MultiLayerConfiguration configuration) {
        return NetworkPlan.unsupported(configuration);
    }

    /** What this engine lacks for a batch to train with, such as {@code "mask arrays"}. */
    Optional<String> unsupported(DataSet batch) {
        return batch.hasMaskArrays()
                ? Optional.of("mask arrays")
                : Batch.unsupported(plan, batch.getFeatures(), batch.getLabels());
    }

    /** Why oneDNN cannot be used here, in one line. */
    public static Optional<String> unavailable() {
        return OneDnnLibrary.UNAVAILABLE;
    }

    @Override
    public String name() {
        return "onednn";
    }

    @Override
    public double step(DataSet batch, long seed) {
        if (batch.hasMaskArrays()) {
            throw new IllegalArgumentException("engine onednn does not know mask arrays");
        }
        Batch data = Batch.of(plan, batch.getFeatures(), batch.getLabels());
        double loss = sum(data, (replica, share) -> replica.train(share, version, seed));
        MultiLayerConfiguration configuration = network.getLayerWiseConfigurations();
        int iteration = configuration.getIterationCount();
        update.prepare(iteration, configuration.getEpochCount(), data.examples());
        List<FloatBuffer> gradients = replicas.subList(0, active(data)).stream()
                .map(Replica::gradients)
                .toList();
        int parts = update.worthwhileParts(team.replicas());
        if (update.needsNorms()) {
            team.run(
                    parts,
                    part -> update.measure(
                            gradients, part, parts, replicas.get(part).workspace()));
            update.normalize();
        }
        team.run(
                parts,
                part -> update.apply(gradients, part, parts, replicas.get(part).workspace()));
        version++;
        configuration.setIterationCount(iteration + 1);
        double score = loss / data.examples() + update.penalty();
        network.setScore(score);
        return score;
    }

    @Override
    public void addTo(WeightAverage average, long step) {
        int parts = update.worthwhileParts(team.replicas());
        team.run(parts, part -> average.add(parameters.buffer(), step, part, parts));
    }

    @Override
    public void endEpoch() {
        network.incrementEpochCount();
    }

    @Override
    public Scored score(INDArray features, INDArray labels) {
        Batch batch = Batch.of(plan, features, labels);
        float[] outputs = new float[batch.examples() * plan.outputs()];
        double loss = infer(batch, outputs);
        return new Scored(array(outputs, batch), loss / batch.examples());
    }

    @Override
    public INDArray output(INDArray features) {
        Batch batch = Batch.of(plan, features, null);
        float[] outputs = new float[batch.examples() * plan.outputs()];
        infer(batch, outputs);
        return array(outputs, batch);
    }

    private double infer(Batch batch, float[] outputs) {
        return sum(batch, (replica, share) -> replica.infer(share, version, outputs));
    }

    /** Replicas that have a share of {@code batch}: as many as get enough to do for handing it over to pay. */
    private int active(Batch batch) {
        long worthwhile = batch.examples() * plan.multiplications(batch.shape()) / leastMultiplications;
        return (int) Math.max(1, Math.min(Math.min(team.replicas(), batch.examples()), worthwhile));
    }

    private INDArray array(float[] outputs, Batch batch) {
        return Nd4j.create(outputs, new long[] {batch.examples(), plan.outputs()}, 'c');
    }

    /** Runs {@code part} for each replica's share; the sum is taken in the replicas' order, and NaN if parameters are. */
    private double sum(Batch batch, ToDoubleBiFunction<Replica, Replica.Share> part) {
        if (closed) {
            throw new IllegalStateException("the engine is closed");
        }
        Replica.Share[] shares = batch.shares(active(batch));
        double[] parts = new double[shares.length];
        try {
            team.run(shares.length, i -> parts[i] = part.applyAsDouble(replicas.get(i), shares[i]));
        } catch (OutOfMemoryError e) {
            throw tooLarge(batch, shares[0].examples(), e);
        } finally {
            // Shares are addresses; nothing else says that the arrays are still read.
            Reference.reachabilityFence(batch);
        }
        double sum = update.isFinite() ? 0 : Double.NaN;
        for (double value : parts) {
            sum += value;
        }
        return sum;
    }

    /**
     * The last batch of an epoch has other sizes and memory of its own, and scoring takes for its part of a batch at most half of
     * what training takes: both have room beside a batch that is said to fit.
     */
    private Failure tooLarge(Batch batch, int examplesOfShare, OutOfMemoryError error) {
        long fitting = error instanceof Arena.TooLarge arena
                ? (Pointer.maxBytes() / (arena.bytes() / examplesOfShare + 1)
                                - (long) team.replicas() * Replica.INFERENCE_EXAMPLES / 2)
                        / 2
                : 0;
        return TooLargeBatch.failure(name(), batch.examples(), fitting, error);
    }

    @Override
    public MultiLayerNetwork network() {
        return network;
    }

    @Override
    public void reload() {
        update = new ParameterUpdate(network, parameters);
        version++;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        team.close();
        replicas.forEach(Replica::close);
        cpu.close();
    }
}
