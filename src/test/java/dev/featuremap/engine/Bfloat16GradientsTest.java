package dev.featuremap.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.featuremap.experiment.TrainingSpec;
import java.util.Arrays;
import java.util.Random;
import org.bytedeco.dnnl.engine;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Gradients with every layer in bf16 against those in f32, for random networks.
 *
 * <p>A value of 8 significant bits is off by at most 2^-9 of itself, and a layer rounds six times: input, weights and output, forward and
 * back. So L layers are off by about e = 6 L 2^-9 where the network is smooth. Where it has kinks (ReLU, maxima, absolute errors), the
 * share e of values that lie within e of one may take the other side, which moves the gradient by the root of e.
 */
@Tag("slow")
class Bfloat16GradientsTest {
    private final boolean tiles = Bfloat16.here().map(Bfloat16::tiles).orElse(false);

    @BeforeEach
    void needsAProcessorThatHasIt() {
        assumeTrue(Bfloat16.here().isPresent(), "a processor with bf16");
    }

    @Test
    void gradientsAreThoseOfF32ButForTheRoundings() {
        Arithmetic everywhere = Arithmetic.bf16(new Bfloat16(tiles, 1, 1));
        Random random = new Random(3);
        double[] ofExpected = new double[60];
        for (int i = 0; i < ofExpected.length; i++) {
            long seed = 1L + random.nextInt(1_000_000);
            RandomNetwork network = RandomNetwork.gentle(seed);
            MultiLayerNetwork start = TestNetworks.network(network.configuration());
            NetworkPlan plan = NetworkPlan.of(network.configuration());
            DataSet batch = network.batch(16, seed);
            float[] expected = gradients(start, plan, Arithmetic.f32(Layout.CHANNELS_LAST), batch);
            float[] actual = gradients(start, plan, everywhere, batch);
            double error = 6 * layers(plan) / 512.0;
            double distance = norm(actual, expected) / (norm(expected, new float[expected.length]) + 1e-12);
            assertThat(distance).as("network %d", seed).isLessThanOrEqualTo(Math.sqrt(error) + error);
            ofExpected[i] = distance / error;
            assertThat(gradients(start, plan, everywhere, batch))
                    .as("network %d again, to the bit", seed)
                    .containsExactly(actual);
        }
        Arrays.sort(ofExpected);
        assertThat(ofExpected[ofExpected.length / 2]).as("the median network").isLessThan(1);
        assertThat(ofExpected[ofExpected.length / 2]).as("something is rounded").isGreaterThan(0.01);
    }

    @Test
    void aStoppedTrainingGoesOnToTheBitsOfAnUnbrokenOne() {
        MultiLayerNetwork unbroken = TestNetworks.network(TestNetworks.lenet());
        train(unbroken, 0, 6);
        MultiLayerNetwork stopped = TestNetworks.network(TestNetworks.lenet());
        train(stopped, 0, 3);
        train(stopped, 3, 6);
        assertThat(stopped.params().toFloatVector())
                .containsExactly(unbroken.params().toFloatVector());
    }

    @Test
    void scoresAreF32s() {
        MultiLayerNetwork network = TestNetworks.network(TestNetworks.lenet());
        DataSet batch = TestNetworks.batch(32, 1, 28, 10, 0);
        try (OneDnnEngine bf16 = new OneDnnEngine(network, 2, TrainingSpec.Precision.BF16);
                OneDnnEngine f32 = new OneDnnEngine(network, 2)) {
            assertThat(bf16.score(batch.getFeatures(), batch.getLabels()))
                    .isEqualTo(f32.score(batch.getFeatures(), batch.getLabels()));
        }
    }

    private static void train(MultiLayerNetwork network, int from, int to) {
        try (OneDnnEngine engine = new OneDnnEngine(network, 2, TrainingSpec.Precision.BF16)) {
            for (int step = from; step < to; step++) {
                engine.step(TestNetworks.batch(32, 1, 28, 10, step), step);
            }
        }
    }

    private static long layers(NetworkPlan plan) {
        return plan.stages().stream()
                .filter(stage -> stage instanceof Stage.Convolution || stage instanceof Stage.Dense)
                .count();
    }

    private static float[] gradients(MultiLayerNetwork network, NetworkPlan plan, Arithmetic training, DataSet batch) {
        try (engine cpu = new engine(engine.kind.cpu, 0);
                NativeFloats parameters = NativeFloats.of(network.params());
                Replica replica = new Replica(
                        new Replica.Setting(cpu, plan, training, training, parameters), Exchange.Seat.ALONE)) {
            replica.train(Batch.of(plan, batch.getFeatures(), batch.getLabels()).shares(1)[0], 1, 5);
            float[] gradients = new float[(int) network.numParams()];
            replica.gradients().get(0, gradients);
            return gradients;
        }
    }

    private static double norm(float[] values, float[] from) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += Math.pow((double) values[i] - from[i], 2);
        }
        return Math.sqrt(sum);
    }
}
