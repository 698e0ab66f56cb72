package dev.featuremap.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.experiment.Activation;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.LabelMode;
import dev.featuremap.experiment.LayerSpec;
import dev.featuremap.experiment.LearningRate;
import dev.featuremap.experiment.Loss;
import dev.featuremap.experiment.NetworkSpec;
import dev.featuremap.experiment.UpdaterSpec;
import dev.featuremap.network.NetworkBuilder;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Every loss of experiment files behind every activation it can follow, against DL4J's worked in float64. */
class LossFunctionTest {
    private static final int ROWS = 6;
    private static final int CLASSES = 4;

    /** Whose outputs may lie at or below −1, where a squared logarithmic error is not defined. */
    private static final Set<Activation> DEEP = EnumSet.of(
            Activation.IDENTITY, Activation.LEAKYRELU, Activation.SELU, Activation.CUBE, Activation.HARDTANH);

    /** Whose outputs are above 0, as a divergence of shares needs them. */
    private static final Set<Activation> POSITIVE =
            EnumSet.of(Activation.SOFTMAX, Activation.SIGMOID, Activation.SOFTPLUS);

    static Stream<Arguments> pairs() {
        return Stream.of(Loss.values())
                .flatMap(loss -> Stream.of(Activation.values())
                        .filter(activation -> canFollow(loss, activation))
                        .map(activation -> Arguments.of(loss, activation)));
    }

    private static boolean canFollow(Loss loss, Activation activation) {
        LabelMode label = loss == Loss.MAPE ? LabelMode.VALUE : LabelMode.CLASS;
        return loss.misfit(label, columns(loss), activation).isEmpty()
                && (loss.activations().isEmpty() || loss.activations().contains(activation))
                && (loss != Loss.MSLE || !DEEP.contains(activation))
                && (loss != Loss.KLD || POSITIVE.contains(activation));
    }

    private static int columns(Loss loss) {
        return loss == Loss.MAPE ? 1 : CLASSES;
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void theSumIsDl4jsAndTheGradientIsItsDerivative(Loss loss, Activation activation) {
        OutputLayer layer = output(loss, activation);
        OutputValues values = values(loss, layer);
        LossFunction function = function(layer);
        float[] gradient = new float[values.length()];
        function.gradient(values, gradient);

        assertThat(function.sum(values)).isCloseTo(dl4jSum(layer, values, 0, 0), within(1e-4));
        INDArray dl4j = layer.getLossFn()
                .computeGradient(
                        array(values.labels, values), array(values.inputs, values), layer.getActivationFn(), null);
        for (int i = 0; i < gradient.length; i++) {
            double step = 1e-5;
            double derivative = (dl4jSum(layer, values, i, step) - dl4jSum(layer, values, i, -step)) / (2 * step);
            assertThat(gradient[i]).isCloseTo((float) derivative, within((float) (1e-4 * (1 + Math.abs(derivative)))));
            assertThat(gradient[i]).isCloseTo(dl4j.getFloat(i), within((float) (1e-4 * (1 + Math.abs(derivative)))));
        }
    }

    /** DL4J's in float64, with one of the inputs moved. */
    private static double dl4jSum(OutputLayer layer, OutputValues values, int moved, double by) {
        INDArray inputs = array(values.inputs, values);
        inputs.putScalar(moved, inputs.getDouble(moved) + by);
        return layer.getLossFn()
                .computeScore(array(values.labels, values), inputs, layer.getActivationFn(), null, false);
    }

    private static INDArray array(float[] numbers, OutputValues values) {
        return Nd4j.createFromArray(numbers)
                .reshape(values.rows, values.columns)
                .castTo(DataType.DOUBLE);
    }

    private static OutputLayer output(Loss loss, Activation activation) {
        DataShape data = new DataShape(1, 2, 2, loss == Loss.MAPE ? List.of() : List.of("a", "b", "c", "d"));
        NetworkSpec.Layers network = new NetworkSpec.Layers(List.of(new LayerSpec.Output(columns(loss), activation)));
        UpdaterSpec updater = new UpdaterSpec.Sgd(new LearningRate.Constant(1));
        return (OutputLayer) NetworkBuilder.configuration(network, loss, updater, 1, data)
                .getConf(0)
                .getLayer();
    }

    private static LossFunction function(OutputLayer layer) {
        ActivationFunction activation =
                ActivationFunction.of(layer.getActivationFn()).orElseThrow();
        return LossFunction.of(layer.getLossFn(), layer.getActivationFn(), activation)
                .orElseThrow();
    }

    /** Random inputs with labels that suit the loss. */
    private static OutputValues values(Loss loss, OutputLayer layer) {
        Random random = new Random(3);
        OutputValues values = new OutputValues(ROWS, columns(loss));
        for (int i = 0; i < values.length(); i++) {
            values.inputs[i] = (float) random.nextGaussian();
            boolean marked = i % values.columns == i / values.columns % values.columns;
            values.labels[i] = loss == Loss.MAPE ? 0.5f + random.nextFloat() : marked ? 1 : 0;
            if (loss.wantsSignedLabels()) {
                values.labels[i] = 2 * values.labels[i] - 1;
            }
        }
        return activated(values, layer);
    }

    private static OutputValues activated(OutputValues values, OutputLayer layer) {
        System.arraycopy(values.inputs, 0, values.outputs, 0, values.length());
        ActivationFunction.of(layer.getActivationFn()).orElseThrow().apply(values.outputs, values.rows, values.columns);
        return values;
    }

    private static OutputValues of(OutputLayer layer, float[] inputs, float... labels) {
        OutputValues values = new OutputValues(1, inputs.length);
        System.arraycopy(inputs, 0, values.inputs, 0, inputs.length);
        System.arraycopy(labels, 0, values.labels, 0, inputs.length);
        return activated(values, layer);
    }

    /** DL4J's cosine keeps not only the outputs' norm above 10⁻⁵ but also, in its gradient, the norm's square. */
    @Test
    void cosinesGradientOfShortOutputsIsItsDerivative() {
        OutputLayer layer = output(Loss.COSINE, Activation.IDENTITY);
        OutputValues values = of(layer, new float[] {1e-3f, -2e-4f, 0, 5e-4f}, 1, 0, 0, 0);
        float[] gradient = new float[CLASSES];
        function(layer).gradient(values, gradient);

        double step = 1e-7;
        double derivative = (dl4jSum(layer, values, 0, step) - dl4jSum(layer, values, 0, -step)) / (2 * step);
        assertThat(gradient[0]).isCloseTo((float) derivative, within(1e-2f));
        INDArray dl4j = layer.getLossFn()
                .computeGradient(
                        array(values.labels, values), array(values.inputs, values), layer.getActivationFn(), null);
        assertThat(dl4j.getDouble(0)).isCloseTo(derivative * 0.129, within(0.5));
    }

    /** DL4J's 0·log 0 is no number. */
    @Test
    void poissonOfALabelOfZeroIsTheOutputHoweverSmall() {
        OutputLayer layer = output(Loss.POISSON, Activation.SOFTPLUS);
        OutputValues values = of(layer, new float[] {-200, -200, -200, 0}, 0, 0, 0, 1);
        float[] gradient = new float[CLASSES];
        function(layer).gradient(values, gradient);

        assertThat(function(layer).sum(values)).isCloseTo(Math.log(2) - Math.log(Math.log(2)), within(1e-6));
        assertThat(gradient)
                .containsExactly(new float[] {0, 0, 0, (float) (0.5 * (1 - 1 / Math.log(2)))}, within(1e-6f));
    }

    /** DL4J divides the label by an output of 0. */
    @ParameterizedTest
    @EnumSource(names = {"MCXENT", "NLL", "KLD"})
    void entropiesHaveAGradientWhereTheSoftmaxSaturates(Loss loss) {
        OutputLayer layer = output(loss, Activation.SOFTMAX);
        OutputValues values = of(layer, new float[] {200, 0, 0, -200}, 0, 0, 0, 1);
        float[] gradient = new float[CLASSES];
        function(layer).gradient(values, gradient);

        assertThat(function(layer).sum(values)).isBetween(11.0, 24.0);
        assertThat(gradient).containsExactly(1, 0, 0, -1);
    }

    @Test
    void aLossWithWeightsIsDl4js() {
        LossMCXENT weighted = new LossMCXENT(Nd4j.createFromArray(1f, 2f, 3f, 0.5f));
        OutputLayer layer = output(Loss.MCXENT, Activation.SOFTMAX);
        layer.setLossFn(weighted);
        OutputValues values = values(Loss.MCXENT, layer);
        float[] gradient = new float[values.length()];
        LossFunction function = function(layer);
        function.gradient(values, gradient);

        assertThat(function).isInstanceOf(Dl4jLoss.class);
        assertThat(function.sum(values)).isCloseTo(dl4jSum(layer, values, 0, 0), within(1e-4));
        float[] expected = weighted.computeGradient(
                        array(values.labels, values), array(values.inputs, values), layer.getActivationFn(), null)
                .ravel()
                .toFloatVector();
        assertThat(gradient).containsExactly(expected, within(1e-5f));
        assertThat(Arrays.equals(gradient, new float[gradient.length])).isFalse();
    }
}
