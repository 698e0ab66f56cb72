package dev.featuremap.lecture;

import dev.featuremap.backend.Backend;
import dev.featuremap.experiment.Activation;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.LayerSpec;
import dev.featuremap.experiment.Loss;
import dev.featuremap.experiment.NetworkSpec;
import dev.featuremap.experiment.UpdaterSpec;
import dev.featuremap.network.NetworkBuilder;
import dev.featuremap.page.Grid;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The homework's feature maps as Deeplearning4j's ConvolutionLayer computes them, in float32: weights are filters / 9. */
public final class Dl4jFeatureMaps {
    private Dl4jFeatureMaps() {}

    /** One map {@code [size − 2, size − 2]} for each {@link Filter}, in their order. */
    public static List<Grid> of(Grid picture) {
        return NdGrids.maps(
                network(picture.rows())
                        .feedForward(NdGrids.features(List.of(picture)), false)
                        .get(1),
                0);
    }

    /** The largest difference between the homework's maps and these. */
    static double largestDifference(Homework homework) {
        List<Grid> computed = of(homework.picture());
        double largest = 0;
        for (int i = 0; i < computed.size(); i++) {
            largest = Math.max(
                    largest,
                    computed.get(i).largestDifference(homework.maps().get(i).decimals()));
        }
        return largest;
    }

    /** A network whose first layer holds the three filters, with other layers behind it and the output layer that DL4J wants. */
    static MultiLayerNetwork network(int size, LayerSpec... between) {
        List<LayerSpec> layers = new ArrayList<>(List.of(between));
        layers.add(0, new LayerSpec.Convolution(3, Filter.SIDE, Activation.IDENTITY));
        layers.add(new LayerSpec.Output(2, Activation.SOFTMAX));
        Backend.start();
        MultiLayerNetwork network = NetworkBuilder.network(NetworkBuilder.configuration(
                new NetworkSpec.Layers(layers),
                Loss.MCXENT,
                UpdaterSpec.Adam.DEFAULT,
                Lecture.USUAL_SEED,
                new DataShape(1, size, size, List.of("X", "O"))));
        INDArray weights = network.getParam("0_W");
        int map = 0;
        for (Filter filter : Filter.values()) {
            for (int row = 0; row < Filter.SIDE; row++) {
                for (int column = 0; column < Filter.SIDE; column++) {
                    weights.putScalar(
                            new int[] {map, 0, row, column}, filter.weights().at(row, column) / 9);
                }
            }
            map++;
        }
        return network;
    }
}
