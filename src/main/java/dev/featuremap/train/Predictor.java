package dev.featuremap.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.featuremap.data.Picture;
import dev.featuremap.engine.Engine;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.Extent;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Says what a trained network sees in a picture file, made to look like the pictures it was trained on. */
public final class Predictor {
    /** Whether light and dark change places. */
    public enum Inversion {
        /** When the picture is dark ink on light paper and the network was trained on light ink. */
        AUTO,
        YES,
        NO
    }

    /**
     * The network's answer.
     *
     * @param image the file
     * @param inverted whether light and dark changed places
     * @param label the class with the largest output; null for values
     * @param probabilities each class's output; null for values
     * @param value the predicted value; null for classes
     */
    @JsonInclude(Include.NON_NULL)
    public record Prediction(
            String image, boolean inverted, String label, Map<String, Double> probabilities, Double value) {}

    private final Engine engine;
    private final DataSpec data;
    private final DataShape shape;

    Predictor(Engine engine, DataSpec data, DataShape shape) {
        this.engine = engine;
        this.data = data;
        this.shape = shape;
    }

    /**
     * A picture as the network wants it.
     *
     * @param features {@code [1, channels, height, width]}
     * @param inverted whether light and dark changed places
     */
    public record Prepared(INDArray features, boolean inverted) {}

    /**
     * Reads and prepares one PNG or JPEG file.
     *
     * @throws dev.featuremap.Failure (data) naming the file when it is no such picture
     */
    public Prepared prepare(Path file, Inversion inversion) {
        Picture picture = Picture.read(file);
        boolean inverted = isInverted(picture, inversion);
        byte[] levels = picture.toBytes(size(), shape.channels(), inverted);
        float[] pixels = new float[levels.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = data.scaling().apply(levels[i] & 0xff);
        }
        return new Prepared(Nd4j.create(pixels, 1, shape.channels(), shape.height(), shape.width()), inverted);
    }

    /**
     * Reads, prepares and classifies one PNG or JPEG file.
     *
     * @throws dev.featuremap.Failure (data) naming the file when it is no such picture
     */
    public Prediction predict(Path file, Inversion inversion) {
        Prepared prepared = prepare(file, inversion);
        double[] outputs = engine.output(prepared.features()).toDoubleVector();
        if (shape.classNames().isEmpty()) {
            return new Prediction(file.toString(), prepared.inverted(), null, null, outputs[0]);
        }
        Map<String, Double> probabilities = new LinkedHashMap<>();
        int best = 0;
        for (int i = 0; i < outputs.length; i++) {
            probabilities.put(shape.classNames().get(i), outputs[i]);
            best = outputs[i] > outputs[best] ? i : best;
        }
        return new Prediction(
                file.toString(), prepared.inverted(), shape.classNames().get(best), probabilities, null);
    }

    /** Pictures from folders are inverted or not as their experiment says; the others were all light ink on dark. */
    private boolean isInverted(Picture picture, Inversion inversion) {
        return switch (inversion) {
            case YES -> true;
            case NO -> false;
            case AUTO -> data instanceof DataSpec.Images images ? images.invert() : hasLightBorder(picture);
        };
    }

    /** Paper is what lies at the border. */
    private boolean hasLightBorder(Picture picture) {
        byte[] grey = picture.toBytes(size(), 1, false);
        long sum = 0;
        int count = 0;
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                if (y == 0 || x == 0 || y == shape.height() - 1 || x == shape.width() - 1) {
                    sum += grey[y * shape.width() + x] & 0xff;
                    count++;
                }
            }
        }
        return sum > 127.5 * count;
    }

    private Extent size() {
        return new Extent(shape.height(), shape.width());
    }
}
