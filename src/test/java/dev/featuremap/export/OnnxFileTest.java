package dev.featuremap.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import dev.featuremap.Failure;
import dev.featuremap.experiment.Activation;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.LayerSpec;
import dev.featuremap.experiment.NetworkSpec;
import dev.featuremap.experiment.Scaling;
import dev.featuremap.export.OnnxFile.Input;
import dev.featuremap.network.RandomLayers;
import dev.featuremap.run.ModelInput;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What ONNX Runtime answers with an exported network is what DL4J answers. */
@Tag("slow")
class OnnxFileTest {
    /** Of the larger of 1 and the largest output. */
    private static final double BOUND = 1e-5;

    private static final Map<String, String> TOLD = Map.of("run", "a run", "parameters_sha256", "0123");

    @Test
    void hundredAndTwentyRandomNetworksAnswerAsDl4j() throws OrtException {
        Random random = new Random(21);
        for (int i = 0; i < 120; i++) {
            DataShape data = data(random.nextBoolean() ? 1 : 3, 4 + random.nextInt(20), 4 + random.nextInt(20));
            assertIsDl4js(RandomLayers.network(random, data), data);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyActivationFunctionIsDl4jsOnMapsAndUnits(Activation activation) throws OrtException {
        DataShape data = data(2, 7, 6);
        NetworkSpec.Layers layers = new NetworkSpec.Layers(List.of(
                new LayerSpec.Convolution(3, 3, activation),
                new LayerSpec.ActivationLayer(activation),
                new LayerSpec.Dense(12, activation),
                new LayerSpec.Output(3, Activation.SOFTMAX)));
        assertIsDl4js(RandomLayers.withRandomParameters(layers, data, 5), data);
    }

    @Test
    void savedNetworksAnswerAsDl4jAsFarAsTheyUseTheseLayers() throws OrtException {
        MultiLayerNetwork network = RandomLayers.onlySaved();
        assertIsDl4js(network, data(2, 13, 11));
    }

    /** The scaling is inside: whoever has a picture needs to know nothing of it. */
    @ParameterizedTest
    @EnumSource
    void takesLevelsAsTrainingScaledThem(Scaling scaling) throws OrtException {
        DataShape data = data(1, 6, 5);
        MultiLayerNetwork network = RandomLayers.network(new Random(3), data);
        byte[] levels = new byte[4 * data.features()];
        new Random(5).nextBytes(levels);
        for (boolean invert : new boolean[] {false, true}) {
            ModelInput input = input(data, scaling, invert);
            INDArray scaled = Nd4j.create(DataType.FLOAT, 4, 1, 6, 5);
            float[] asFloats = new float[levels.length];
            for (int i = 0; i < levels.length; i++) {
                asFloats[i] = levels[i] & 0xff;
                double level = invert ? 255 - asFloats[i] : asFloats[i];
                scaled.putScalar(i, level / scaling.divisor() + scaling.offset());
            }
            float[][] right = right(network, scaled);
            assertClose(answers(OnnxFile.bytes(network, input, Input.UINT8, TOLD), data, levels), right);
            assertClose(answers(OnnxFile.bytes(network, input, Input.FLOAT, TOLD), data, asFloats), right);
        }
    }

    @Test
    void tellsOfWhichRunItIsAndWhatItsOutputsMean() throws OrtException {
        DataShape data = data(1, 6, 5);
        byte[] model = bytes(RandomLayers.network(new Random(3), data), data);
        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(model)) {
            assertThat(session.getMetadata().getProducerName()).isEqualTo("featuremap");
            assertThat(session.getMetadata().getCustomMetadata())
                    .containsEntry("run", "a run")
                    .containsEntry("parameters_sha256", "0123")
                    .containsEntry("classes", "[\"a\",\"b\",\"c\"]")
                    .hasEntrySatisfying(
                            "input",
                            json -> assertThat(json)
                                    .startsWith("{\"shape\":[1,6,5]")
                                    .contains("\"divisor\":255.0"));
        }
    }

    @Test
    void isTheSameBytesForTheSameNetwork() {
        DataShape data = data(1, 6, 5);
        MultiLayerNetwork network = RandomLayers.network(new Random(3), data);
        assertThat(bytes(network, data)).isEqualTo(bytes(network, data));
    }

    @Test
    void namesTheLayerThatItDoesNotKnow() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new Cropping2D(1, 1))
                .layer(output())
                .setInputType(InputType.convolutional(6, 5, 1))
                .build());
        network.init();
        assertThatThrownBy(() -> bytes(network, data(1, 6, 5)))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.kind().exitCode()).isEqualTo(2))
                .hasMessage("layer 0: an ONNX file does not know a Cropping2D of this kind");
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder()
                .nOut(3)
                .activation(org.nd4j.linalg.activations.Activation.SOFTMAX)
                .build();
    }

    /** Asserts it of one picture and of five at once, with the runtime's optimisations and without. */
    private static void assertIsDl4js(MultiLayerNetwork network, DataShape data) throws OrtException {
        byte[] model = bytes(network, data);
        Nd4j.getRandom().setSeed(11);
        for (int pictures : new int[] {1, 5}) {
            INDArray features = Nd4j.rand(DataType.FLOAT, pictures, data.channels(), data.height(), data.width())
                    .muli(2)
                    .subi(1);
            float[] values = features.dup('c').data().asFloat();
            float[][] right = right(network, features);
            for (OptLevel level : List.of(OptLevel.NO_OPT, OptLevel.ALL_OPT)) {
                assertClose(answers(model, data, values, level), right);
            }
        }
    }

    /** DL4J's {@code output} refuses a dropout layer behind some others; from a copy, as some layers change their input. */
    private static float[][] right(MultiLayerNetwork network, INDArray features) {
        int last = network.getnLayers() - 1;
        return network.feedForwardToLayer(last, features.dup(), false)
                .get(last + 1)
                .toFloatMatrix();
    }

    private static void assertClose(float[][] found, float[][] right) {
        assertThat(found).hasDimensions(right.length, right[0].length);
        for (int i = 0; i < right.length; i++) {
            double largest = 1;
            for (float value : right[i]) {
                largest = Math.max(largest, Math.abs(value));
            }
            for (int k = 0; k < right[i].length; k++) {
                assertThat((double) found[i][k]).isCloseTo(right[i][k], offset(BOUND * largest));
            }
        }
    }

    private static float[][] answers(byte[] model, DataShape data, float[] pixels) throws OrtException {
        return answers(model, data, pixels, OptLevel.ALL_OPT);
    }

    private static float[][] answers(byte[] model, DataShape data, float[] pixels, OptLevel level) throws OrtException {
        long[] shape = shape(data, pixels.length);
        try (OnnxTensor tensor =
                OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), FloatBuffer.wrap(pixels), shape)) {
            return answers(model, tensor, level);
        }
    }

    private static float[][] answers(byte[] model, DataShape data, byte[] levels) throws OrtException {
        ByteBuffer bytes = ByteBuffer.wrap(levels);
        try (OnnxTensor tensor = OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(), bytes, shape(data, levels.length), OnnxJavaType.UINT8)) {
            return answers(model, tensor, OptLevel.ALL_OPT);
        }
    }

    private static long[] shape(DataShape data, int values) {
        return new long[] {values / data.features(), data.channels(), data.height(), data.width()};
    }

    private static float[][] answers(byte[] model, OnnxTensor pixels, OptLevel level) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(level);
            options.setIntraOpNumThreads(1);
            try (OrtSession session = OrtEnvironment.getEnvironment().createSession(model, options);
                    OrtSession.Result result = session.run(Map.of(OnnxFile.INPUT, pixels))) {
                return (float[][]) result.get(OnnxFile.OUTPUT).orElseThrow().getValue();
            }
        }
    }

    private static byte[] bytes(MultiLayerNetwork network, DataShape data) {
        return OnnxFile.bytes(network, input(data, Scaling.UNIT, false), Input.RAW, TOLD);
    }

    private static ModelInput input(DataShape data, Scaling scaling, boolean invert) {
        return new ModelInput(
                List.of(data.channels(), data.height(), data.width()),
                List.of(0.299, 0.587, 0.114),
                "bilinear",
                invert,
                null,
                new ModelInput.Scale(scaling),
                data.classNames());
    }

    private static DataShape data(int channels, int height, int width) {
        return new DataShape(channels, height, width, List.of("a", "b", "c"));
    }
}
