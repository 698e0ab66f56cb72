package dev.featuremap.play;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.featuremap.Browser;
import dev.featuremap.data.IdxFile;
import dev.featuremap.experiment.Activation;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Extent;
import dev.featuremap.experiment.LayerSpec;
import dev.featuremap.experiment.NetworkSpec;
import dev.featuremap.network.InferenceNetwork;
import dev.featuremap.network.InferenceReader;
import dev.featuremap.network.RandomLayers;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What the page's program makes of a picture layer by layer, held to DL4J's numbers. */
@Tag("browser")
class ForwardPassInBrowserTest {
    /** Of the larger of 1 and a layer's largest number. */
    private static final double BOUND = 1e-5;

    @TempDir
    static Path folder;

    private static Browser browser;

    @BeforeAll
    static void openPage() throws IOException {
        browser = Browser.start(folder.resolve("profile"));
        Path page = folder.resolve("play.html");
        Files.writeString(page, PlayPages.of("run", PlayPages.DIGITS));
        browser.screen(1280, 900, false).open(page);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void sixtyRandomNetworksAreDl4js() {
        Random random = new Random(19);
        for (int i = 0; i < 60; i++) {
            DataShape data = data(random.nextBoolean() ? 1 : 3, 4 + random.nextInt(20), 4 + random.nextInt(20));
            assertIsDl4js(RandomLayers.network(random, data), data, 1);
        }
    }

    @Test
    void everyActivationFunctionIsDl4jsOnMapsAndUnits() {
        DataShape data = data(2, 7, 6);
        for (Activation activation : Activation.values()) {
            NetworkSpec.Layers layers = new NetworkSpec.Layers(List.of(
                    new LayerSpec.Convolution(3, 3, activation),
                    new LayerSpec.ActivationLayer(activation),
                    new LayerSpec.Dense(12, activation),
                    new LayerSpec.Output(3, Activation.SOFTMAX)));
            assertIsDl4js(RandomLayers.withRandomParameters(layers, data, 5), data, 1);
        }
    }

    @Test
    void savedNetworksAreDl4jsAsFarAsTheyUseTheseLayers() {
        MultiLayerNetwork network = RandomLayers.onlySaved();
        assertIsDl4js(network, data(2, 13, 11), 2);
    }

    /** The sample's digits, and as many of them moved by two pixels as make a thousand pictures. */
    @Test
    void everyLayerAndAnswerToAThousandDigitsIsDl4js() throws URISyntaxException {
        IdxFile images = IdxFile.read(Path.of(ForwardPassInBrowserTest.class
                .getResource("/mnist-sample/sample-images-idx3-ubyte.gz")
                .toURI()));
        MultiLayerNetwork lenet = PlayPages.lenet();
        int batch = 50;
        for (int first = 0; first < 1000; first += batch) {
            float[] pixels = new float[batch * 784];
            for (int i = 0; i < pixels.length; i++) {
                int pixel = first * 784 + i;
                int size = images.count() * 784;
                pixels[i] = images.value(pixel < size ? pixel : pixel - size + 2 * 28 + 2) / 255f;
            }
            assertIsDl4js(
                    lenet,
                    new DataShape(1, 28, 28, PlayPages.DIGITS),
                    Nd4j.createFromArray(pixels).reshape(batch, 1, 28, 28));
        }
    }

    @Test
    void theWeightsOfAnotherEpochAreWithinHalfAStepOfDl4js() {
        DataShape data = data(1, 9, 9);
        NetworkSpec.Layers layers = new NetworkSpec.Layers(List.of(
                new LayerSpec.Convolution(6, 3, Activation.RELU),
                new LayerSpec.BatchNormalization(0.9, 1e-5),
                new LayerSpec.Dense(20, Activation.RELU),
                new LayerSpec.Output(3, Activation.SOFTMAX)));
        InferenceNetwork end =
                InferenceReader.read(RandomLayers.withRandomParameters(layers, data, 1), data, "the page");
        MultiLayerNetwork other = RandomLayers.withRandomParameters(layers, data, 2);
        other.params().addi(Nd4j.randn(DataType.FLOAT, other.params().shape()).muli(0.1));
        InferenceNetwork then = InferenceReader.read(other, data, "the page");
        List<?> errors = (List<?>) browser.compute("""
                const { readNetwork, unpack, weightsOf } = featuremap.numbers;
                const [end, then] = [await readNetwork(%s), await readNetwork(%s)];
                const found = weightsOf(await unpack("%s"), end);
                let place = 0;
                return then.arrays.map((length) => {
                  const [from, to] = [place, (place += length)];
                  const of = (weights) => weights.subarray(from, to);
                  const difference = (a, b) => of(a).reduce((most, value, i) => Math.max(most, Math.abs(value - of(b)[i])), 0);
                  return String(difference(found, then.weights) / difference(end.weights, then.weights));
                });
                """.formatted(
                        json(PlayNetwork.of(end)),
                        json(PlayNetwork.of(then)),
                        PlayWeights.differences(end.weights(), then.weights())));
        List<Double> shares =
                errors.stream().map(error -> Double.parseDouble((String) error)).toList();
        // Filters, biases, gamma, beta, mean and variance are exact, and so are the output's; the dense layer's weights
        // are not.
        assertThat(shares).hasSize(10);
        for (int i = 0; i < shares.size(); i++) {
            if (i == 6) {
                assertThat(shares.get(i)).isPositive().isLessThan(0.5 / 127 * 1.001);
            } else {
                assertThat(shares.get(i)).as("array " + i).isZero();
            }
        }
    }

    @Test
    void theMicroscopeWorksOutWhatTheMapsShow() {
        List<LayerSpec> layers = new ArrayList<>(List.of(
                new LayerSpec.Convolution(4, 3, Activation.TANH),
                new LayerSpec.Subsampling(
                        LayerSpec.Pooling.AVG,
                        Extent.square(3),
                        Extent.square(2),
                        Extent.square(1),
                        LayerSpec.Mode.TRUNCATE),
                new LayerSpec.BatchNormalization(0.9, 1e-5),
                new LayerSpec.Convolution(
                        5,
                        Extent.square(3),
                        Extent.square(1),
                        Extent.square(0),
                        Extent.square(2),
                        LayerSpec.Mode.SAME,
                        Activation.SOFTMAX),
                new LayerSpec.Subsampling(LayerSpec.Pooling.MAX, 2),
                new LayerSpec.DepthwiseConvolution(
                        2,
                        Extent.square(2),
                        Extent.square(1),
                        Extent.square(1),
                        LayerSpec.Mode.TRUNCATE,
                        Activation.SIGMOID),
                new LayerSpec.ZeroPadding(new Extent(0, 1), new Extent(2, 0)),
                new LayerSpec.SeparableConvolution(
                        4,
                        Extent.square(3),
                        2,
                        Extent.square(1),
                        Extent.square(0),
                        Extent.square(1),
                        LayerSpec.Mode.SAME,
                        Activation.TANH),
                new LayerSpec.LocalResponseNormalization(3, 2, 0.5, 0.75),
                new LayerSpec.Prelu(0.25),
                new LayerSpec.Dropout(0.25)));
        for (Activation activation : Activation.values()) {
            layers.add(new LayerSpec.ActivationLayer(activation));
        }
        layers.add(new LayerSpec.GlobalPooling(LayerSpec.Pooling.AVG));
        layers.add(new LayerSpec.Dense(30, Activation.SOFTMAX));
        layers.add(new LayerSpec.Prelu(0.25));
        layers.add(new LayerSpec.BatchNormalization(0.9, 1e-5));
        layers.add(new LayerSpec.Dense(20, Activation.SIGMOID));
        layers.add(new LayerSpec.Output(3, Activation.SOFTMAX));
        DataShape data = data(2, 13, 11);
        MultiLayerNetwork network = RandomLayers.withRandomParameters(new NetworkSpec.Layers(layers), data, 8);
        Object worst =
                browser.compute("""
                const { readNetwork, forward, work } = featuremap.numbers;
                const network = await readNetwork(%s);
                let seed = 7;
                const below = (n) => (seed = (seed * 48271) %% 2147483647) %% n;
                const picture = Float32Array.from({ length: 2 * 13 * 11 }, () => below(2001) / 1000 - 1);
                const all = forward(network, picture);
                let worst = 0;
                network.layers.forEach(({ out: [maps, height = 1, width = 1] }, layer) => {
                  for (let i = 0; i < 200; i++) {
                    const cell = { layer, map: below(maps), row: below(height), column: below(width) };
                    const { z, value } = work(network, all, cell, null, {});
                    const shown = all[layer + 1][(cell.map * height + cell.row) * width + cell.column];
                    const error = Math.abs(value - shown) / Math.max(Math.abs(z), Math.abs(value), 1e-30);
                    if (!(error <= worst)) worst = error;
                  }
                });
                return String(worst);
                """.formatted(json(PlayNetwork.of(InferenceReader.read(network, data, "the page")))));
        assertThat(Double.parseDouble((String) worst)).isPositive().isLessThanOrEqualTo(1e-6);
    }

    /** Asserts on random pictures of −1..1. */
    private static void assertIsDl4js(MultiLayerNetwork network, DataShape data, int pictures) {
        Nd4j.getRandom().setSeed(11);
        INDArray features = Nd4j.rand(DataType.FLOAT, pictures, data.channels(), data.height(), data.width())
                .muli(2)
                .subi(1);
        assertIsDl4js(network, data, features);
    }

    private static void assertIsDl4js(MultiLayerNetwork network, DataShape data, INDArray features) {
        List<INDArray> expected = new ArrayList<>(List.of(features));
        for (int i = 0; i < network.getnLayers(); i++) {
            // Alone and from a copy: some layers change their input in place.
            expected.add(network.feedForwardToLayer(i, features.dup(), false).get(i + 1));
        }
        InferenceNetwork read = InferenceReader.read(network, data, "the page");
        String script = """
                const network = await featuremap.numbers.readNetwork(%s);
                const floats = (text) => new Float32Array(featuremap.numbers.bytesOf(text).buffer);
                const expected = %s.map(floats);
                const pictures = expected[0].length / network.input.reduce((a, b) => a * b, 1);
                const errors = expected.map(() => 0);
                for (let i = 0; i < pictures; i++) {
                  const part = (all) => all.subarray(i * all.length / pictures, (i + 1) * all.length / pictures);
                  featuremap.numbers.forward(network, part(expected[0])).forEach((layer, k) => {
                    const right = part(expected[k]);
                    const largest = right.reduce((a, b) => Math.max(a, Math.abs(b)), 1);
                    const answer = (numbers) => numbers.indexOf(numbers.reduce((a, b) => Math.max(a, b)));
                    const isOutput = k === expected.length - 1;
                    if (layer.length !== right.length || (isOutput && answer(layer) !== answer(right))) errors[k] = Infinity;
                    for (let j = 0; j < right.length; j++) {
                      const error = Math.abs(layer[j] - right[j]) / largest;
                      if (!(error <= errors[k])) errors[k] = error;
                    }
                  });
                }
                return errors.map(String);
                """.formatted(
                json(PlayNetwork.of(read)),
                json(expected.stream().map(ForwardPassInBrowserTest::base64).toList()));
        List<?> errors = (List<?>) browser.compute(script);
        List<String> layers = Stream.concat(
                        Stream.of("picture"), read.layers().stream().map(Object::toString))
                .toList();
        for (int i = 0; i < layers.size(); i++) {
            assertThat(Double.parseDouble((String) errors.get(i)))
                    .as(layers.get(i))
                    .isLessThanOrEqualTo(BOUND);
        }
    }

    private static DataShape data(int channels, int height, int width) {
        return new DataShape(channels, height, width, List.of("a", "b", "c"));
    }

    private static String base64(INDArray array) {
        float[] values = array.dup('c').data().asFloat();
        ByteBuffer floats = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        floats.asFloatBuffer().put(values);
        return Base64.getEncoder().encodeToString(floats.array());
    }

    private static String json(Object value) {
        try {
            return new ObjectMapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
