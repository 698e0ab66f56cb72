package dev.featuremap.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.experiment.Activation;
import java.util.stream.DoubleStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Every activation of single values that experiment files know against its formula in float64: DL4J's own, to show that it is
 * DL4J's formula; the executor's in Java, as of an output layer; and the executor's as of any other layer, fused into it or not.
 */
class ActivationFunctionTest {
    /** Between the kinks, which lie at whole numbers and halves. */
    private static final double[] INPUTS = DoubleStream.iterate(-19.97, x -> x < 20, x -> x + 0.11)
            .map(x -> (float) x)
            .toArray();

    /** Where DL4J's derivatives of gelu, swish and mish are no numbers, and its softplus is infinite. */
    private static final double[] FAR = {-100, -50, 30.2f, 50, 100};

    private static double formula(Activation activation, double x) {
        return switch (activation) {
            case IDENTITY -> x;
            case RELU -> Math.max(x, 0);
            case RELU6 -> Math.min(Math.max(x, 0), 6);
            case LEAKYRELU -> x < 0 ? 0.01 * x : x;
            case ELU -> x < 0 ? Math.expm1(x) : x;
            case SELU -> 1.0507009873554805 * (x < 0 ? 1.6732632423543772 * Math.expm1(x) : x);
            case GELU -> x / (1 + Math.exp(-1.702 * x));
            case SWISH -> x / (1 + Math.exp(-x));
            case MISH -> x * Math.tanh(Math.log1p(Math.exp(x)));
            case SOFTPLUS -> Math.log1p(Math.exp(x));
            case SOFTSIGN -> x / (1 + Math.abs(x));
            case SIGMOID -> 1 / (1 + Math.exp(-x));
            case HARDSIGMOID -> Math.min(Math.max(0.2 * x + 0.5, 0), 1);
            case TANH -> Math.tanh(x);
            case HARDTANH -> Math.min(Math.max(x, -1), 1);
            case CUBE -> x * x * x;
            case SOFTMAX -> throw new IllegalArgumentException("not of single values");
        };
    }

    private static double slope(Activation activation, double x) {
        double step = 1e-5;
        return (formula(activation, x + step) - formula(activation, x - step)) / (2 * step);
    }

    private static double[] values(Activation activation, double... inputs) {
        return DoubleStream.of(inputs).map(x -> formula(activation, x)).toArray();
    }

    private static double[] slopes(Activation activation, double... inputs) {
        return DoubleStream.of(inputs).map(x -> slope(activation, x)).toArray();
    }

    private static IActivation dl4j(Activation activation) {
        return nd4j(activation).getActivationFunction();
    }

    private static org.nd4j.linalg.activations.Activation nd4j(Activation activation) {
        return org.nd4j.linalg.activations.Activation.valueOf(activation.name());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SOFTMAX")
    void theFormulaIsDl4js(Activation activation) {
        INDArray inputs = Nd4j.createFromArray(INPUTS).reshape(1, INPUTS.length);
        IActivation dl4j = dl4j(activation);

        INDArray values = dl4j.getActivation(inputs.dup(), true);
        INDArray slopes = dl4j.backprop(inputs.dup(), Nd4j.ones(DataType.DOUBLE, 1, INPUTS.length))
                .getFirst();

        assertClose(values.toDoubleVector(), values(activation, INPUTS));
        assertClose(slopes.toDoubleVector(), slopes(activation, INPUTS));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SOFTMAX")
    void javaComputesTheFormula(Activation activation) {
        double[] inputs = DoubleStream.concat(DoubleStream.of(INPUTS), DoubleStream.of(FAR))
                .toArray();
        ActivationFunction function = ActivationFunction.of(dl4j(activation)).orElseThrow();
        float[] given = floats(inputs);
        float[] outputs = given.clone();
        float[] gradient = new float[inputs.length];
        java.util.Arrays.fill(gradient, 1);

        function.apply(outputs, 1, inputs.length);
        function.applyDerivative(function.needsInput() ? given : outputs, gradient, 1, inputs.length);

        assertClose(doubles(outputs), values(activation, inputs));
        assertClose(doubles(gradient), slopes(activation, inputs));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SOFTMAX")
    void layersComputeTheFormula(Activation activation) {
        double[] inputs = DoubleStream.concat(DoubleStream.of(INPUTS), DoubleStream.of(FAR))
                .toArray();
        for (boolean fused : new boolean[] {true, false}) {
            MultiLayerNetwork network = passing(activation, inputs, fused);
            try (OneDnnEngine engine = new OneDnnEngine(network, 1)) {
                assertClose(
                        engine.output(Nd4j.ones(DataType.FLOAT, 1, 1)).toDoubleVector(), values(activation, inputs));
                // Every output is above its label: the loss's derivative is 1.
                INDArray labels = Nd4j.valueArrayOf(new long[] {1, inputs.length}, -1e7, DataType.FLOAT);
                engine.step(new DataSet(Nd4j.ones(DataType.FLOAT, 1, 1), labels), 1);
            }
            INDArray moved = network.getParam("0_W");
            assertClose(
                    moved.rsub(Nd4j.createFromArray(inputs)
                                    .castTo(DataType.FLOAT)
                                    .reshape(1, inputs.length))
                            .toDoubleVector(),
                    slopes(activation, inputs));
        }
    }

    /** A network whose weights are the inputs, and whose outputs are the activation's; gradient descent moves each by its slope. */
    private static MultiLayerNetwork passing(Activation activation, double[] inputs, boolean fused) {
        var list = new NeuralNetConfiguration.Builder().updater(new Sgd(1)).list();
        list.layer(new DenseLayer.Builder()
                .nIn(1)
                .nOut(inputs.length)
                .hasBias(false)
                .activation(fused ? nd4j(activation) : org.nd4j.linalg.activations.Activation.IDENTITY)
                .build());
        if (!fused) {
            list.layer(new ActivationLayer(nd4j(activation)));
        }
        list.layer(new OutputLayer.Builder(LossFunction.L1)
                .nIn(inputs.length)
                .nOut(inputs.length)
                .hasBias(false)
                .activation(org.nd4j.linalg.activations.Activation.IDENTITY)
                .build());
        MultiLayerNetwork network = TestNetworks.network(list.build());
        network.getParam("0_W").assign(Nd4j.createFromArray(inputs).reshape(1, inputs.length));
        network.getParam((fused ? 1 : 2) + "_W").assign(Nd4j.eye(inputs.length));
        return network;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    private static void assertClose(double[] actual, double[] expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("at %d", i).isCloseTo(expected[i], within(1e-5 * (1 + Math.abs(expected[i]))));
        }
    }
}
