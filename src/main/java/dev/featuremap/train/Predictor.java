package dev.featuremap.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.featuremap.engine.Engine;
import dev.featuremap.experiment.DataShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Says what a trained network sees in pictures. */
public final class Predictor {
    /** How many pictures are best given at once. */
    public static final int BATCH_SIZE = Evaluator.BATCH_SIZE;

    /**
     * The network's answer.
     *
     * @param picture where it is from, and what was done to it
     * @param label the class with the largest output; null for values
     * @param probabilities each class's output; null for values
     * @param value the predicted value; null for classes
     */
    @JsonInclude(Include.NON_NULL)
    public record Prediction(
            @JsonUnwrapped PreparedPicture.Done picture,
            String label,
            Map<String, Double> probabilities,
            Double value) {}

    private final Engine engine;
    private final DataShape shape;

    Predictor(Engine engine, DataShape shape) {
        this.engine = engine;
        this.shape = shape;
    }

    /** The answers to pictures, in one pass through the network. */
    public List<Prediction> predict(List<PreparedPicture> pictures) {
        INDArray features = features(pictures, shape);
        INDArray outputs = engine.output(features);
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            predictions.add(prediction(pictures.get(i).done(), outputs.getRow(i).toDoubleVector()));
        }
        return predictions;
    }

    /** Pictures as a batch {@code [n, channels, height, width]}. */
    public static INDArray features(List<PreparedPicture> pictures, DataShape shape) {
        float[] pixels = new float[pictures.size() * shape.features()];
        for (int i = 0; i < pictures.size(); i++) {
            System.arraycopy(pictures.get(i).pixels(), 0, pixels, i * shape.features(), shape.features());
        }
        return Nd4j.create(pixels, pictures.size(), shape.channels(), shape.height(), shape.width());
    }

    private Prediction prediction(PreparedPicture.Done picture, double[] outputs) {
        if (shape.classNames().isEmpty()) {
            return new Prediction(picture, null, null, outputs[0]);
        }
        Map<String, Double> probabilities = new LinkedHashMap<>();
        int best = 0;
        for (int i = 0; i < outputs.length; i++) {
            probabilities.put(shape.classNames().get(i), outputs[i]);
            best = outputs[i] > outputs[best] ? i : best;
        }
        return new Prediction(picture, shape.classNames().get(best), probabilities, null);
    }
}
