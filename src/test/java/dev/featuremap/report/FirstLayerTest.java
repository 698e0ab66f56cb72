package dev.featuremap.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.network.NetworkBuilder;
import dev.featuremap.page.Block.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;

class FirstLayerTest {
    private static MultiLayerNetwork network(String layers, DataShape shape) {
        Experiment experiment = ExperimentFile.parse(
                "name: n\ndata: {source: mnist}\nnetwork: {layers: [" + layers
                        + "]}\ntraining: {epochs: 1, batchSize: 1}\n",
                "test",
                List.of());
        return NetworkBuilder.network(NetworkBuilder.configuration(experiment, shape));
    }

    private static BufferedImage picture(FirstLayer layer, int tile) throws IOException {
        String base64 = layer.tiles().get(tile).png().substring("data:image/png;base64,".length());
        return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
    }

    @Test
    void drawsAFiltersWeightsWhereTheyLie() throws IOException {
        DataShape shape = new DataShape(1, 8, 8, List.of("X", "O"));
        MultiLayerNetwork network =
                network("{type: convolution, filters: 3, kernel: 2}, {type: output, units: 2}", shape);
        network.getLayer(0).getParam("W").assign(0);
        network.getLayer(0).getParam("W").putScalar(new int[] {2, 0, 0, 1}, 0.5);
        FirstLayer layer = FirstLayer.of(network, shape).orElseThrow();
        assertThat(layer.convolution()).isTrue();
        assertThat(layer.largest()).isEqualTo(0.5);
        assertThat(layer.tiles()).extracting(Picture::caption).containsExactly("0", "1", "2");
        BufferedImage third = picture(layer, 2);
        assertThat(third.getRGB(1, 0)).isEqualTo(0xffd03a46);
        assertThat(third.getRGB(0, 1) >>> 24).as("opacity of 0").isZero();
        assertThat(picture(layer, 0).getRGB(1, 0) >>> 24).as("opacity of 0").isZero();
    }

    @Test
    void drawsAUnitsWeightsAsThePictureTheyLookAt() throws IOException {
        DataShape shape = new DataShape(1, 3, 4, List.of("X", "O"));
        MultiLayerNetwork network = network("{type: output, units: 2}", shape);
        network.getLayer(0).getParam("W").assign(0);
        network.getLayer(0).getParam("W").putScalar(new int[] {1 * 4 + 3, 1}, -2);
        FirstLayer layer = FirstLayer.of(network, shape).orElseThrow();
        assertThat(layer.convolution()).isFalse();
        assertThat(layer.tiles()).extracting(Picture::caption).containsExactly("X", "O");
        BufferedImage o = picture(layer, 1);
        assertThat(o.getWidth()).isEqualTo(4);
        assertThat(o.getHeight()).isEqualTo(3);
        assertThat(o.getRGB(3, 1)).isEqualTo(0xff2f80c8);
    }

    @Test
    void isNotGivenWhereTheFirstWeightsSeeNoPixels() {
        DataShape shape = new DataShape(1, 8, 8, List.of("X", "O"));
        assertThat(FirstLayer.of(
                        network("{type: subsampling, pooling: max, size: 2}, {type: output, units: 2}", shape), shape))
                .isEmpty();
    }

    /** A depthwise convolution's weights are [height, width, channels, filters]: 3 by 3 over 3 channels looks like filters. */
    @Test
    void takesFiltersOverSingleChannelsForNone() {
        DataShape shape = new DataShape(3, 8, 8, List.of("X", "O"));
        assertThat(FirstLayer.of(
                        network("{type: depthwiseConvolution, kernel: 3}, {type: output, units: 2}", shape), shape))
                .isEmpty();
    }

    @Test
    void showsNoMoreThanAPersonLooksAt() {
        DataShape shape = new DataShape(1, 8, 8, List.of("X", "O"));
        FirstLayer layer = FirstLayer.of(network("{type: dense, units: 300}, {type: output, units: 2}", shape), shape)
                .orElseThrow();
        assertThat(layer.tiles()).hasSize(64);
        assertThat(layer.filters()).isEqualTo(300);
    }
}
