package dev.featuremap.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.experiment.Loss;
import dev.featuremap.network.NetworkBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** What docs/losses.md says of DL4J's losses and of their gradients, against the same formulas worked in float64. */
class LossMeaningTest {
    private static final int CLASSES = 4;
    private static final int PIXELS = 9 * 9;
    private static final int EXAMPLES = 3;

    /** What DL4J's LossKLD takes a label of 0 for. */
    private static final double SMALLEST = 1e-5;

    @ParameterizedTest
    @EnumSource(
            value = Loss.class,
            names = {"MSE", "MAE", "L1", "L2", "MCXENT", "KLD"})
    void theLossOfABatchIsTheFormula(Loss loss) {
        MultiLayerNetwork network = network(loss);
        INDArray pictures = pictures(EXAMPLES);
        double[][] labels = {{0, 1, 0, 0}, {1, 0, 0, 0}, {0, 0, 0, 1}};
        double[][] outputs = network.output(pictures, false).toDoubleMatrix();

        double score = network.score(new DataSet(pictures, Nd4j.create(labels).castTo(pictures.dataType())), false);

        assertThat(score).isCloseTo(byHand(loss, labels, outputs), within(1e-5));
    }

    @ParameterizedTest
    @EnumSource(
            value = Loss.class,
            names = {"MSE", "MAE", "L1", "L2", "MCXENT"})
    void theGradientAtTheLogitsIsTheFormula(Loss loss) {
        for (int right = 0; right < CLASSES; right++) {
            MultiLayerNetwork network = network(loss);
            INDArray picture = pictures(1);
            double[] outputs = network.output(picture, false).toDoubleVector();
            double[] label = new double[CLASSES];
            label[right] = 1;

            network.setInput(picture);
            network.setLabels(Nd4j.create(new double[][] {label}).castTo(picture.dataType()));
            network.computeGradientAndScore();

            // The bias is added to the logit, so for one example its gradient is the logit's.
            double[] gradient = network.gradient().getGradientFor("0_b").toDoubleVector();
            assertThat(gradient)
                    .containsExactly(gradientByHand(loss, right, outputs), org.assertj.core.data.Offset.offset(1e-6));
        }
    }

    private static double byHand(Loss loss, double[][] labels, double[][] outputs) {
        double sum = 0;
        for (int n = 0; n < EXAMPLES; n++) {
            for (int k = 0; k < CLASSES; k++) {
                double y = labels[n][k];
                double p = outputs[n][k];
                sum += switch (loss) {
                    case MSE, L2 -> (y - p) * (y - p);
                    case MAE, L1 -> Math.abs(y - p);
                    case MCXENT -> -y * Math.log(p);
                    case KLD -> Math.max(y, SMALLEST) * Math.log(Math.max(y, SMALLEST) / p);
                    default -> throw new IllegalArgumentException(loss.name());
                };
            }
        }
        return sum / (loss == Loss.MSE || loss == Loss.MAE ? EXAMPLES * CLASSES : EXAMPLES);
    }

    /** The formulas of the page: p·(1 − p) for the absolute errors, another p for the squared ones, p − y for entropy. */
    private static double[] gradientByHand(Loss loss, int right, double[] p) {
        double[] gradient = new double[CLASSES];
        double expected = 0;
        for (int k = 0; k < CLASSES; k++) {
            expected += p[k] * (p[k] - (k == right ? 1 : 0));
        }
        for (int j = 0; j < CLASSES; j++) {
            double y = j == right ? 1 : 0;
            gradient[j] = switch (loss) {
                case MAE -> -2.0 / CLASSES * p[right] * (y - p[j]);
                case L1 -> -2.0 * p[right] * (y - p[j]);
                case MSE -> 2.0 / CLASSES * p[j] * (p[j] - y - expected);
                case L2 -> 2.0 * p[j] * (p[j] - y - expected);
                case MCXENT -> p[j] - y;
                default -> throw new IllegalArgumentException(loss.name());
            };
        }
        return gradient;
    }

    private static INDArray pictures(int count) {
        Random random = new Random(11);
        float[] pixels = new float[count * PIXELS];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = 2 * random.nextFloat() - 1;
        }
        return Nd4j.create(pixels, new long[] {count, 1, 9, 9}, 'c');
    }

    private static MultiLayerNetwork network(Loss loss) {
        Experiment experiment = ExperimentFile.parse(
                """
                name: loss
                data: {source: idx, trainImages: a, trainLabels: b, testImages: c, testLabels: d, classes: 4}
                network: {layers: [{type: output, units: 4, activation: softmax}]}
                training: {epochs: 1, updater: {type: sgd, learningRate: 1}}
                """, "loss.yaml", List.of("loss=" + loss.name().toLowerCase(Locale.ROOT)));
        DataShape shape = new DataShape(1, 9, 9, List.of("0", "1", "2", "3"));
        return NetworkBuilder.network(NetworkBuilder.configuration(experiment, shape));
    }
}
