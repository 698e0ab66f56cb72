package dev.featuremap.lecture;

import dev.featuremap.backend.Backend;
import dev.featuremap.experiment.Activation;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.LayerSpec;
import dev.featuremap.experiment.Loss;
import dev.featuremap.experiment.NetworkSpec;
import dev.featuremap.experiment.UpdaterSpec;
import dev.featuremap.experiment.WeightInit;
import dev.featuremap.network.NetworkBuilder;
import dev.featuremap.page.Grid;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A fully connected layer, 20 inputs to 30 outputs on 128 examples: {@code X·W + b} by DL4J and by hand. Source: slide L11.
 *
 * @param shape of the output, [128, 30]
 * @param inputs X, {@code [128, 20]}
 * @param weights W, {@code [20, 30]}
 * @param bias b, 30 numbers
 * @param outputs what DL4J's DenseLayer gives, {@code [128, 30]}
 * @param byHand X·W + b in float64, {@code [128, 30]}
 * @param largestDifference between the two
 */
public record DenseTopic(
        List<Long> shape,
        Grid inputs,
        Grid weights,
        List<Double> bias,
        Grid outputs,
        Grid byHand,
        double largestDifference) {
    private static final int EXAMPLES = 128;
    private static final int INPUTS = 20;
    private static final int OUTPUTS = 30;

    private static final NetworkSpec.Layers NETWORK = new NetworkSpec.Layers(
            List.of(new LayerSpec.Dense(OUTPUTS, Activation.IDENTITY), new LayerSpec.Output(2, Activation.SOFTMAX)),
            WeightInit.XAVIER,
            0.1,
            0,
            0,
            0);

    public DenseTopic {
        shape = List.copyOf(shape);
        bias = List.copyOf(bias);
    }

    /** The slide's example, with X and W drawn from a seed. */
    public static DenseTopic of(long seed) {
        Random random = new Random(seed);
        Grid inputs = Grid.of(EXAMPLES, INPUTS, (row, column) -> (float) random.nextGaussian());
        Backend.start();
        MultiLayerNetwork network = NetworkBuilder.network(NetworkBuilder.configuration(
                NETWORK,
                Loss.MCXENT,
                UpdaterSpec.Adam.DEFAULT,
                seed,
                new DataShape(1, 1, INPUTS, List.of("first", "second"))));
        INDArray features = NdGrids.features(List.of(inputs)).reshape(EXAMPLES, 1, 1, INPUTS);
        INDArray outputs = network.feedForwardToLayer(0, features, false).get(1);
        Grid weights = matrix(network.getParam("0_W"));
        double[] bias = network.getParam("0_b").toDoubleVector();
        Grid byHand = Grid.of(EXAMPLES, OUTPUTS, (row, column) -> product(inputs, weights, row, column) + bias[column]);
        Grid given = matrix(outputs);
        return new DenseTopic(
                LongStream.of(outputs.shape()).boxed().toList(),
                inputs,
                weights,
                Arrays.stream(bias).boxed().toList(),
                given,
                byHand,
                given.largestDifference(byHand));
    }

    private static double product(Grid inputs, Grid weights, int row, int column) {
        double sum = 0;
        for (int i = 0; i < weights.rows(); i++) {
            sum += inputs.at(row, i) * weights.at(i, column);
        }
        return sum;
    }

    private static Grid matrix(INDArray array) {
        return Grid.of((int) array.size(0), (int) array.size(1), (row, column) -> array.getDouble(row, column));
    }
}
