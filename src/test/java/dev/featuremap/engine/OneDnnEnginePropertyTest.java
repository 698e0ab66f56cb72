package dev.featuremap.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.bytedeco.dnnl.engine;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * The executor against DL4J's own layers, for random networks. The seeds are fixed: two pools or units in a thousand million are
 * so near a tie that rounding decides it.
 */
@Tag("slow")
class OneDnnEnginePropertyTest {
    @Test
    void lossAndEveryGradientAreDl4js() {
        Random random = new Random(1);
        int compared = 0;
        for (int i = 0; i < 120; i++) {
            long seed = 1L + random.nextInt(1_000_000);
            int examples = 4 + random.nextInt(6);
            for (Layout layout : Layout.values()) {
                compared += assertGradientsOf(seed, examples, layout) ? 1 : 0;
            }
        }
        assertThat(compared).as("networks of which DL4J knows the gradients").isGreaterThan(230);
    }

    /** Not where DL4J's own are no numbers, as a gelu's of inputs above 26. */
    private static boolean assertGradientsOf(long seed, int examples, Layout layout) {
        RandomNetwork random = new RandomNetwork(seed);
        MultiLayerNetwork network = TestNetworks.network(random.configuration());
        DataSet batch = random.batch(examples, seed);
        float[] expected = Gradients.of(network, batch);
        if (Double.isNaN(Gradients.largest(expected, 0, expected.length))) {
            return false;
        }
        double penalty = network.calcRegularizationScore(true);

        NetworkPlan plan = NetworkPlan.of(network.getLayerWiseConfigurations());
        try (engine cpu = new engine(engine.kind.cpu, 0);
                NativeFloats parameters = NativeFloats.of(network.params());
                Replica replica = new Replica(
                        new Replica.Setting(cpu, plan, Arithmetic.f32(layout), Arithmetic.f32(layout), parameters),
                        Exchange.Seat.ALONE)) {
            Replica.Share share =
                    Batch.of(plan, batch.getFeatures(), batch.getLabels()).shares(1)[0];
            double loss = replica.train(share, 1, seed) / examples + penalty;
            assertThat(loss).isCloseTo(network.score(), within(1e-4 * (1e-3 + Math.abs(network.score()))));
            float[] actual = new float[expected.length];
            replica.gradients().get(0, actual);
            Gradients.assertClose(network, actual, expected);
            return true;
        }
    }

    @Test
    void tenStepsLeadWhereDl4jsLead() {
        Random random = new Random(2);
        int compared = 0;
        for (int i = 0; i < 60; i++) {
            compared += assertTenSteps(
                            1L + random.nextInt(1_000_000),
                            1 + i % 3,
                            i % 2 == 0 ? Layout.BLOCKED : Layout.CHANNELS_LAST)
                    ? 1
                    : 0;
        }
        assertThat(compared).as("networks whose parameters could be compared").isGreaterThan(40);
    }

    /** Every step's score; then, unless rounding decides them or DL4J's diverged, parameters, updater's state and outputs. */
    private static boolean assertTenSteps(long seed, int replicas, Layout layout) {
        RandomNetwork random = new RandomNetwork(seed);
        MultiLayerNetwork expected = TestNetworks.network(random.configuration());
        MultiLayerNetwork actual = TestNetworks.network(random.configuration());
        try (OneDnnEngine executor =
                new OneDnnEngine(actual, replicas, NetworkPlan.of(random.configuration()), Arithmetic.f32(layout))) {
            for (int step = 0; step < 10; step++) {
                DataSet batch = random.batch(step % 3 == 2 ? 4 : 7, seed + step);
                expected.fit(batch);
                double score = executor.step(batch, step);
                assertThat(score)
                        .as("step %d of network %d", step, seed)
                        .isCloseTo(expected.score(), within(1e-3 * (1 + Math.abs(expected.score()))));
                if (step == 4) {
                    expected.incrementEpochCount();
                    executor.network().incrementEpochCount();
                }
            }
            assertThat(actual.getIterationCount()).isEqualTo(10);
            if (drifts(TestNetworks.network(random.configuration()), random.batch(7, seed))
                    || !Double.isFinite(expected.params().norm2Number().doubleValue())) {
                return false;
            }
            assertThat(distance(executor.network().params(), expected.params())).isLessThan(1e-3);
            assertSameState(executor.network(), expected);
            assertSameOutputs(executor, expected, random.batch(9, seed));
            return true;
        }
    }

    /**
     * Whether a parameter's gradient is nothing but rounding, such as a bias's that a batch normalisation takes out again, or a
     * single weight's by chance: Adam and its kin make whole steps of it, in a direction that only rounding decides, and running
     * means go along.
     */
    private static boolean drifts(MultiLayerNetwork network, DataSet batch) {
        float[] gradients = Gradients.of(network, batch);
        double rounding = 1e-6 * Gradients.largest(gradients, 0, gradients.length);
        for (float gradient : gradients) {
            if (gradient != 0 && Math.abs(gradient) <= rounding) {
                return true;
            }
        }
        return false;
    }

    private static void assertSameState(MultiLayerNetwork actual, MultiLayerNetwork expected) {
        INDArray state = expected.getUpdater().getStateViewArray();
        if (state != null) {
            assertThat(distance(actual.getUpdater().getStateViewArray(), state)).isLessThan(1e-2);
        }
    }

    private static void assertSameOutputs(OneDnnEngine executor, MultiLayerNetwork expected, DataSet batch) {
        Engine.Scored actual = executor.score(batch.getFeatures(), batch.getLabels());
        Engine.Scored reference = new Nd4jEngine(expected).score(batch.getFeatures(), batch.getLabels());
        assertThat(distance(actual.outputs(), reference.outputs())).isLessThan(2e-3);
        assertThat(actual.loss()).isCloseTo(reference.loss(), within(5e-3 * (1 + Math.abs(reference.loss()))));
    }

    private static double distance(INDArray a, INDArray b) {
        return a.sub(b).norm2Number().doubleValue() / (1e-9 + b.norm2Number().doubleValue());
    }
}
