package dev.featuremap.examples;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Gives the answers of {@code predict} with DL4J alone, by what a run's {@code input.json} says: {@code RUN PICTURE}. */
public final class PredictWithDl4jAlone {
    private PredictWithDl4jAlone() {}

    public static void main(String[] args) throws IOException {
        JsonNode input = new ObjectMapper().readTree(new File(args[0], "input.json"));
        System.out.println(input.get("classes") + " " + Arrays.toString(outputs(args[0], input, new File(args[1]))));
    }

    /** One output per class, or the value, for a picture of the network's size that looks as the training pictures did. */
    static double[] outputs(String run, JsonNode input, File picture) throws IOException {
        int channels = input.at("/shape/0").asInt();
        BufferedImage image = ImageIO.read(picture);
        if (image.getHeight() != input.at("/shape/1").asInt()
                || image.getWidth() != input.at("/shape/2").asInt()) {
            throw new IllegalArgumentException("first make it fit: " + input.get("resize"));
        }
        INDArray features = Nd4j.create(1, channels, image.getHeight(), image.getWidth());
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                for (int channel = 0; channel < channels; channel++) {
                    int level = level(image, x, y, channels == 1 ? input.get("grey_weights") : null, channel);
                    level = input.get("invert").asBoolean() ? 255 - level : level;
                    features.putScalar(
                            new int[] {0, channel, y, x},
                            level / input.at("/scaling/divisor").asDouble()
                                    + input.at("/scaling/offset").asDouble());
                }
            }
        }
        return ModelSerializer.restoreMultiLayerNetwork(new File(run, "model.zip"))
                .output(features)
                .toDoubleVector();
    }

    /** 0..255 of red, green or blue, or of grey where its weights are given. */
    private static int level(BufferedImage image, int x, int y, JsonNode greyWeights, int channel) {
        if (image.getType() == BufferedImage.TYPE_BYTE_GRAY) {
            return image.getRaster().getSample(x, y, 0);
        }
        int rgb = image.getRGB(x, y);
        int[] levels = {rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff};
        if (greyWeights == null) {
            return levels[channel];
        }
        float grey = 0;
        for (int i = 0; i < 3; i++) {
            grey += greyWeights.get(i).floatValue() * levels[i];
        }
        return Math.round(grey);
    }
}
