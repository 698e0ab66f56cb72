package dev.featuremap.lecture;

import dev.featuremap.backend.Backend;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.network.NetworkBuilder;
import dev.featuremap.page.Grid;
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
            double[] here = computed.get(i).toArray();
            double[] there = homework.maps().get(i).decimals().toArray();
            for (int cell = 0; cell < here.length; cell++) {
                largest = Math.max(largest, Math.abs(here[cell] - there[cell]));
            }
        }
        return largest;
    }

    /**
     * A network whose first layer holds the three filters.
     *
     * @param between layers behind it, as they stand in an experiment file; an output layer follows, which DL4J wants
     */
    static MultiLayerNetwork network(int size, String... between) {
        Experiment experiment = ExperimentFile.parse("""
                name: lecture
                data: {source: xo}
                network:
                  layers:
                    - {type: convolution, filters: 3, kernel: 3}
                %s    - {type: output, units: 2}
                training: {epochs: 1}
                """.formatted(lines(between)), "the lecture's filters", List.of());
        Backend.start();
        DataShape shape = new DataShape(1, size, size, List.of("X", "O"));
        MultiLayerNetwork network = NetworkBuilder.network(NetworkBuilder.configuration(experiment, shape));
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

    private static String lines(String... layers) {
        StringBuilder lines = new StringBuilder();
        for (String layer : layers) {
            lines.append("    - ").append(layer).append('\n');
        }
        return lines.toString();
    }
}
