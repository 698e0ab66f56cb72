package dev.featuremap.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.dnnl.engine;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** The yardstick itself: DL4J's gradients in double precision against differences of its loss, and the executor against both. */
class GradientCheckTest {
    private static final double STEP = 1e-6;

    /** Networks of smooth functions without regularisation, picked by their seeds. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    @Tag("slow")
    void gradientsAreTheDifferencesOfTheLoss(int which) {
        MultiLayerConfiguration configuration = SmoothNetworks.all().get(which);
        DataSet batch = TestNetworks.batch(5, 2, 8, 3, 11);
        MultiLayerNetwork exact = inDoublePrecision(configuration);
        INDArray parameters = exact.params();
        double[] gradient = gradient(exact, batch);
        for (int i = 0; i < gradient.length; i++) {
            double value = parameters.getDouble(i);
            parameters.putScalar(i, value + STEP);
            double above = exact.score(batch, true);
            parameters.putScalar(i, value - STEP);
            double below = exact.score(batch, true);
            parameters.putScalar(i, value);
            double difference = (above - below) / (2 * STEP) * batch.numExamples();
            assertThat(gradient[i])
                    .as("parameter %d", i)
                    .isCloseTo(difference, within(1e-6 * (1 + Math.abs(difference))));
        }

        MultiLayerNetwork single = TestNetworks.network(configuration);
        single.params().assign(parameters.castTo(DataType.FLOAT));
        float[] actual = executorGradient(single, batch);
        double largest = exact.gradient().gradient().amaxNumber().doubleValue();
        for (int i = 0; i < gradient.length; i++) {
            assertThat(actual[i]).as("parameter %d", i).isCloseTo((float) gradient[i], within((float)
                    (1e-5 * largest)));
        }
    }

    private static MultiLayerNetwork inDoublePrecision(MultiLayerConfiguration configuration) {
        MultiLayerNetwork network = TestNetworks.network(configuration).convertDataType(DataType.DOUBLE);
        FaultyLayers.mend(network);
        return network;
    }

    private static double[] gradient(MultiLayerNetwork network, DataSet batch) {
        network.setInput(batch.getFeatures().castTo(DataType.DOUBLE));
        network.setLabels(batch.getLabels().castTo(DataType.DOUBLE));
        network.computeGradientAndScore();
        return network.gradient().gradient().dup().data().asDouble();
    }

    private static float[] executorGradient(MultiLayerNetwork network, DataSet batch) {
        NetworkPlan plan = NetworkPlan.of(network.getLayerWiseConfigurations());
        try (engine cpu = new engine(engine.kind.cpu, 0);
                NativeFloats parameters = NativeFloats.of(network.params());
                Replica replica = new Replica(
                        new Replica.Setting(cpu, plan, Arithmetic.f32(plan), Arithmetic.f32(plan), parameters),
                        Exchange.Seat.ALONE)) {
            replica.train(Batch.of(plan, batch.getFeatures(), batch.getLabels()).shares(1)[0], 1, 0);
            float[] gradient = new float[(int) network.numParams()];
            replica.gradients().get(0, gradient);
            return gradient;
        }
    }
}
