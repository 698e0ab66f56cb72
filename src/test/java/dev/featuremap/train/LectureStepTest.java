package dev.featuremap.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.engine.Nd4jEngine;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.experiment.Loss;
import dev.featuremap.network.NetworkBuilder;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** One step of plain gradient descent is the lecture's formulas (slides L1 to L3), worked here in float64. */
class LectureStepTest {
    private static final int PIXELS = 784;
    private static final int EXAMPLES = 3;
    private static final double LEARNING_RATE = 0.01;

    @ParameterizedTest
    @EnumSource(
            value = Loss.class,
            names = {"MSE", "MAE"})
    void oneStepIsTheLecturesFormula(Loss loss) {
        Random random = new Random(7);
        float[][] pictures = new float[EXAMPLES][PIXELS];
        for (float[] picture : pictures) {
            for (int i = 0; i < PIXELS; i++) {
                picture[i] = random.nextInt(4) == 0 ? random.nextInt(256) / 255f : 0;
            }
        }
        double[] labels = {5, 0, 4};

        MultiLayerNetwork network = linearNetwork(loss);
        double[] weights = network.getParam("0_W").toDoubleVector();
        double bias = network.getParam("0_b").getDouble(0);
        double[] expected = new double[PIXELS];
        double expectedBias = step(pictures, labels, weights, bias, loss, expected);

        DataSet batch = new DataSet(
                Nd4j.create(pictures).reshape(EXAMPLES, 1, 28, 28), Nd4j.create(new float[][] {{5}, {0}, {4}}));
        try (Nd4jEngine engine = new Nd4jEngine(network)) {
            engine.step(batch, 1);
        }

        assertThat(network.getParam("0_W").toDoubleVector())
                .containsExactly(expected, org.assertj.core.data.Offset.offset(1e-6));
        assertThat(network.getParam("0_b").getDouble(0)).isCloseTo(expectedBias, within(1e-6));
    }

    /** Yp = X·W + b; C = mean of ∂loss/∂Yp · ∂Yp/∂W; W − Lr·C goes to {@code next}, b − Lr·C is returned. */
    private static double step(
            float[][] pictures, double[] labels, double[] weights, double bias, Loss loss, double[] next) {
        double[] gradient = new double[PIXELS];
        double gradientOfBias = 0;
        for (int n = 0; n < EXAMPLES; n++) {
            double predicted = bias;
            for (int i = 0; i < PIXELS; i++) {
                predicted += pictures[n][i] * weights[i];
            }
            double residual = predicted - labels[n];
            double slope = (loss == Loss.MSE ? 2 * residual : Math.signum(residual)) / EXAMPLES;
            for (int i = 0; i < PIXELS; i++) {
                gradient[i] += slope * pictures[n][i];
            }
            gradientOfBias += slope;
        }
        for (int i = 0; i < PIXELS; i++) {
            next[i] = weights[i] - LEARNING_RATE * gradient[i];
        }
        return bias - LEARNING_RATE * gradientOfBias;
    }

    private static MultiLayerNetwork linearNetwork(Loss loss) {
        Experiment experiment = ExperimentFile.parse(
                """
                name: linear
                data: {source: mnist, label: value}
                network:
                  layers:
                    - {type: output, units: 1, activation: identity}
                training:
                  epochs: 1
                  updater: {type: sgd, learningRate: %s}
                """.formatted(LEARNING_RATE),
                "linear.yaml",
                List.of("loss=" + loss.name().toLowerCase(java.util.Locale.ROOT)));
        return NetworkBuilder.network(NetworkBuilder.configuration(experiment, new DataShape(1, 28, 28, List.of())));
    }
}
