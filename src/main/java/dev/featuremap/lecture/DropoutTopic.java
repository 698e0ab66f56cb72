package dev.featuremap.lecture;

import dev.featuremap.Failure;
import dev.featuremap.experiment.LayerSpec;
import dev.featuremap.page.Grid;
import java.util.Collections;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Dropout, the forgetting layer, on the homework's map of {@code \}. Source: slide L10.
 *
 * <p>No number of that map is 0, as nine odd numbers never sum to 0, so what is 0 afterwards was forgotten.
 *
 * @param rate share of units forgotten
 * @param scale what the others are multiplied by, {@code 1 / (1 − rate)}
 * @param activation what goes in, {@code [7, 7]}
 * @param mask 1 where a unit was kept, 0 where it was forgotten, in one pass of training
 * @param train what comes out in that pass
 * @param test what comes out when evaluating: what went in
 * @param passes of training that were averaged
 * @param meanOfPasses the mean of what came out of them
 */
public record DropoutTopic(
        double rate, double scale, Grid activation, Grid mask, Grid train, Grid test, int passes, Grid meanOfPasses) {
    private static final int PASSES = 2000;

    /** Lets DL4J's DropoutLayer forget a share of the map. */
    public static DropoutTopic of(double rate, long seed) {
        if (!(rate > 0 && rate < 1)) {
            throw Failure.usage(
                    "--rate " + rate + ": the share of units forgotten lies between 0 and 1", "try --rate 0.5");
        }
        Grid picture = Homework.usual().picture();
        MultiLayerNetwork network = Dl4jFeatureMaps.network(picture.rows(), new LayerSpec.Dropout(rate));
        INDArray batch = NdGrids.features(Collections.nCopies(PASSES, picture));
        Nd4j.getRandom().setSeed(seed);
        List<INDArray> training = network.feedForward(batch, true);
        List<INDArray> testing = network.feedForward(NdGrids.features(List.of(picture)), false);
        Grid train = NdGrids.map(training.get(2), 0, 0);
        return new DropoutTopic(
                rate,
                1 / (1 - rate),
                // Not the training pass's: there DL4J's DropoutLayer forgets in place, in its own input.
                NdGrids.map(testing.get(1), 0, 0),
                train.map(value -> value == 0 ? 0 : 1),
                train,
                NdGrids.map(testing.get(2), 0, 0),
                PASSES,
                meanOfFirstMap(training.get(2)));
    }

    private static Grid meanOfFirstMap(INDArray maps) {
        INDArray mean = maps.mean(0);
        return Grid.of((int) mean.size(1), (int) mean.size(2), (row, column) -> mean.getDouble(0, row, column));
    }
}
