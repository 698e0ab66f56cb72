package dev.featuremap.lecture.explain;

import dev.featuremap.page.Grid;
import dev.featuremap.run.Predictions;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Where in a picture a score comes from.
 *
 * <p>Occlusion: cover a patch with paper and see by how much the score falls (Zeiler and Fergus 2014). Saliency: the
 * slope of the score by each pixel (Simonyan, Vedaldi and Zisserman 2014).
 */
final class Attribution {
    private static final int BATCH = 64;
    /** A patch covers this share of the picture's shorter side. */
    private static final int PATCHES_ACROSS = 7;

    private final InferenceNetwork network;
    private final INDArray weightsOfScores;
    private final INDArray features;
    private final int height;
    private final int width;

    /**
     * @param weightsOfScores {@code [1, outputs]}: which scores speak for and which against
     * @param features one picture {@code [1, channels, height, width]}
     */
    Attribution(InferenceNetwork network, INDArray weightsOfScores, INDArray features) {
        this.network = network;
        this.weightsOfScores = weightsOfScores;
        this.features = features;
        this.height = (int) features.size(2);
        this.width = (int) features.size(3);
    }

    /** Rows and columns of the patch that covers. */
    int patch() {
        return Math.max(1, Math.round(Math.min(height, width) / (float) PATCHES_ACROSS));
    }

    /** For each pixel by how much the score falls when the patch around it is covered, {@code [height, width]}. */
    Grid occlusion() {
        double whole = scores(features)[0];
        float paper = paper();
        double[] falls = new double[height * width];
        for (int first = 0; first < falls.length; first += BATCH) {
            int count = Math.min(BATCH, falls.length - first);
            INDArray covered = Nd4j.repeat(features, count).reshape(count, features.size(1), height, width);
            for (int i = 0; i < count; i++) {
                cover(covered, i, (first + i) / width, (first + i) % width, paper);
            }
            double[] scores = scores(covered);
            for (int i = 0; i < count; i++) {
                falls[first + i] = whole - scores[i];
            }
        }
        return Grid.of(height, width, falls);
    }

    /** The slope of the score by each pixel, all channels together, {@code [height, width]}. */
    Grid saliency() {
        INDArray slopes = network.gradient(features, weightsOfScores).sum(1);
        return Grid.of(height, width, (row, column) -> slopes.getDouble(0, row, column));
    }

    /**
     * For each map that a layer gives, by how much the score falls when the map is 0 instead, and which output is then the largest.
     *
     * @param layer the layer's index
     * @param maps what it gives, {@code [1, channels, height, width]}
     */
    List<MapImportance> importance(int layer, INDArray maps) {
        double whole = scores(features)[0];
        int channels = (int) maps.size(1);
        List<MapImportance> all = new ArrayList<>();
        for (int first = 0; first < channels; first += BATCH) {
            int count = Math.min(BATCH, channels - first);
            INDArray without = Nd4j.repeat(maps, count).reshape(count, channels, maps.size(2), maps.size(3));
            for (int i = 0; i < count; i++) {
                without.get(
                                NDArrayIndex.point(i),
                                NDArrayIndex.point(first + i),
                                NDArrayIndex.all(),
                                NDArrayIndex.all())
                        .assign(0);
            }
            INDArray outputs = network.scoresFrom(layer + 1, without);
            double[] scores = contrasts(outputs);
            for (int i = 0; i < count; i++) {
                int says = Predictions.largest(outputs.getRow(i).toFloatVector());
                all.add(new MapImportance(layer, first + i, whole - scores[i], says));
            }
        }
        return all;
    }

    private double[] scores(INDArray pictures) {
        return contrasts(network.scores(pictures));
    }

    private double[] contrasts(INDArray scores) {
        return scores.mulRowVector(weightsOfScores).sum(1).toDoubleVector();
    }

    private void cover(INDArray pictures, int example, int row, int column, float paper) {
        int before = (patch() - 1) / 2;
        int after = patch() - before;
        pictures.get(
                        NDArrayIndex.point(example),
                        NDArrayIndex.all(),
                        NDArrayIndex.interval(Math.max(0, row - before), Math.min(height, row + after)),
                        NDArrayIndex.interval(Math.max(0, column - before), Math.min(width, column + after)))
                .assign(paper);
    }

    /** What lies at the border, on average. */
    private float paper() {
        double sum = 0;
        int count = 0;
        for (INDArray edge : List.of(
                features.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(0), NDArrayIndex.all()),
                features.get(
                        NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(height - 1), NDArrayIndex.all()),
                features.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(0)),
                features.get(
                        NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(width - 1)))) {
            sum += edge.sumNumber().doubleValue();
            count += (int) edge.length();
        }
        return (float) (sum / count);
    }
}
