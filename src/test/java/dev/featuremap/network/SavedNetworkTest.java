package dev.featuremap.network;

import static dev.featuremap.network.Sample.DIGITS;
import static dev.featuremap.network.Sample.data;
import static dev.featuremap.network.Sample.experiment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.featuremap.Failure;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.LearningRate;
import dev.featuremap.experiment.Loss;
import dev.featuremap.experiment.NetworkSpec;
import dev.featuremap.experiment.UpdaterSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.misc.RepeatVector;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;

class SavedNetworkTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CANARY = "dev.featuremap.network.Canary";

    @TempDir
    Path folder;

    static List<String> plainNetworks() {
        return new ArrayList<>(PlainDl4j.networks().keySet());
    }

    @ParameterizedTest
    @MethodSource("plainNetworks")
    void readsWhatPlainDl4jWrites(String name) throws IOException {
        MultiLayerConfiguration network = PlainDl4j.networks().get(name);
        Path file = Files.writeString(folder.resolve("plain 網絡.json"), network.toJson());

        assertThat(SavedNetwork.read(file).toJson()).isEqualTo(network.toJson());
    }

    @ParameterizedTest
    @MethodSource("plainNetworks")
    void writesWhatPlainDl4jReads(String name) throws IOException {
        MultiLayerConfiguration network = PlainDl4j.networks().get(name);
        Path file = folder.resolve("network.json");
        SavedNetwork.write(network, file);

        assertThat(MultiLayerConfiguration.fromJson(Files.readString(file))).isEqualTo(network);
    }

    @Test
    void readsTheConfigurationOfATrainedNetwork() {
        MultiLayerNetwork network = new MultiLayerNetwork(PlainDl4j.perceptron());
        network.init();
        network.setEpochCount(4);

        MultiLayerConfiguration read =
                SavedNetwork.parse(network.getLayerWiseConfigurations().toJson(), "trained");

        assertThat(read.getEpochCount()).isEqualTo(4);
    }

    @Test
    void writesTheSameBytesInAscii() throws IOException {
        Path first = folder.resolve("first.json");
        Path second = folder.resolve("second.json");
        SavedNetwork.write(PlainDl4j.networks().get("every option"), first);
        SavedNetwork.write(SavedNetwork.read(first), second);

        byte[] bytes = Files.readAllBytes(first);
        assertThat(Files.readAllBytes(second)).isEqualTo(bytes);
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).matches("[\\x20-\\x7e\\n]+}\n");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(first, second);
        }
    }

    @Test
    void isTheSameNetworkHoweverFarItIsTrained() {
        MultiLayerNetwork trained = new MultiLayerNetwork(PlainDl4j.perceptron());
        trained.init();
        trained.setIterationCount(12);
        trained.setEpochCount(4);
        MultiLayerConfiguration other = PlainDl4j.perceptron();
        ((BaseLayer) other.getConf(0).getLayer()).setIUpdater(new Adam(2e-3));

        assertThat(SavedNetwork.isSame(PlainDl4j.perceptron(), trained.getLayerWiseConfigurations()))
                .isTrue();
        assertThat(SavedNetwork.isSame(PlainDl4j.perceptron(), other)).isFalse();
    }

    @Test
    void trainsAsItStandsWithTheExperimentsSeed() throws IOException {
        MultiLayerConfiguration network = configuration(Optional.empty(), Optional.empty());

        assertThat(network.getConf(0).getSeed()).isEqualTo(7);
        assertThat(((BaseLayer) network.getConf(0).getLayer()).getIUpdater()).isEqualTo(new Adam(1e-3));
        assertThat(((OutputLayer) network.getConf(1).getLayer()).getLossFn())
                .isInstanceOf(LossNegativeLogLikelihood.class);
        assertThat(NetworkBuilder.network(network)
                        .output(Nd4j.rand(DataType.FLOAT, 2, 1, 28, 28))
                        .shape())
                .containsExactly(2, 10);
    }

    @Test
    void trainsWithTheExperimentsLossAndUpdater() throws IOException {
        UpdaterSpec updater = new UpdaterSpec.Sgd(new LearningRate.Constant(0.3));
        MultiLayerConfiguration network = configuration(Optional.of(Loss.MAE), Optional.of(updater));

        assertThat(((OutputLayer) network.getConf(1).getLayer()).getLossFn()).isEqualTo(new LossMAE());
        for (int i = 0; i < 2; i++) {
            assertThat(((BaseLayer) network.getConf(i).getLayer()).getIUpdater())
                    .isEqualTo(new Sgd(0.3));
        }
    }

    @Test
    void startsAtStepZeroOfASavedRun() throws IOException {
        MultiLayerConfiguration trained = PlainDl4j.perceptron();
        trained.setEpochCount(4);
        trained.setIterationCount(400);

        MultiLayerConfiguration network = configuration(trained, Optional.empty(), Optional.empty());

        assertThat(network.getEpochCount()).isZero();
        assertThat(network.getIterationCount()).isZero();
    }

    @Test
    void showsItsShapes() throws IOException {
        Path file = saved(PlainDl4j.networks().get("convolutions of all kinds"));
        ShapeTable table = ShapeTable.of(experiment(new NetworkSpec.Saved(file.toString())), data(1, 28, 28, 4));

        assertThat(table.rows().stream().map(row -> row.type() + " " + row.output()))
                .startsWith("ConvolutionLayer 4x26x26", "ZeroPaddingLayer 4x28x30")
                .endsWith("GlobalPoolingLayer 4", "LossLayer 4");
    }

    @Test
    void showsSequencesByTheNumbersOfAStepAndTheirSteps() {
        MultiLayerConfiguration network = new NeuralNetConfiguration.Builder()
                .list(
                        new LSTM.Builder().nOut(5).build(),
                        new BatchNormalization(),
                        new LastTimeStep(new LSTM.Builder().nOut(4).build()),
                        new RepeatVector.Builder<>(3).build(),
                        new LastTimeStep(new LSTM.Builder().nOut(6).build()),
                        new OutputLayer.Builder().nOut(10).build())
                .setInputType(InputType.convolutional(28, 28, 1))
                .build();

        ShapeTable table = ShapeTable.of(network, DIGITS);

        assertThat(table.rows())
                .extracting(row -> row.output() + " " + row.parameterArithmetic())
                .containsExactly("5x? steps ", "5x? steps 4·5 = 20", "4 ", "4x3 steps ", "6 ", "10 6·10 + 10 = 70");
        assertThat(table.rows().get(1).parameters()).isEqualTo(20);
    }

    @Test
    void refusesLayersThatLeaveNothing() {
        for (Cropping2D all :
                List.of(new Cropping2D.Builder(14, 14, 0, 0).build(), new Cropping2D.Builder(0, 0, 14, 14).build())) {
            MultiLayerConfiguration network = new NeuralNetConfiguration.Builder()
                    .list(
                            all,
                            new GlobalPoolingLayer.Builder().build(),
                            new OutputLayer.Builder().nIn(1).nOut(10).build())
                    .build();

            assertThat(catchThrowableOfType(Failure.class, () -> ShapeTable.of(network, DIGITS)))
                    .hasMessageContaining("layer 0 (Cropping2D) was made for another shape, but is given ");
        }
    }

    @Test
    void refusesANetworkForOtherData() throws IOException {
        Path file = saved(PlainDl4j.perceptron());
        Experiment experiment = experiment(new NetworkSpec.Saved(file.toString()));

        Failure failure =
                catchThrowableOfType(Failure.class, () -> NetworkBuilder.configuration(experiment, data(1, 9, 9, 10)));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.MODEL);
        assertThat(failure)
                .hasMessage("layer 0 (DenseLayer) was made for 784 inputs, but is given 81 from pictures of 1x9x9");
    }

    @Test
    void refusesALossThatDoesNotGoWithTheOutput() throws IOException {
        Path file = saved(PlainDl4j.perceptron());
        Experiment experiment =
                experiment(new NetworkSpec.Saved(file.toString()), Optional.of(Loss.XENT), Optional.empty());

        assertThat(catchThrowableOfType(Failure.class, () -> NetworkBuilder.configuration(experiment, DIGITS)))
                .hasMessageContaining("its activation does not go with its loss");
    }

    /** What a described network is refused for, a saved one is refused for too. */
    @ParameterizedTest
    @CsvSource({
        "HINGE, IDENTITY, loss: found hinge; needed: a loss for values",
        "KLD, SIGMOID, loss: found kld; needed: a loss for values",
        "COSINE, IDENTITY, loss: found cosine with 1 output",
        "POISSON, TANH, activation tanh with loss poisson"
    })
    void refusesOfASavedNetworkWhatADescribedOneIsRefusedFor(Loss loss, Activation activation, String why)
            throws IOException {
        MultiLayerConfiguration network = new NeuralNetConfiguration.Builder()
                .list()
                .layer(new OutputLayer.Builder(Losses.function(loss))
                        .nOut(1)
                        .activation(activation)
                        .build())
                .setInputType(InputType.convolutional(6, 6, 1))
                .validateOutputLayerConfig(false)
                .build();
        NetworkSpec saved = new NetworkSpec.Saved(saved(network).toString());
        Experiment brought = Sample.regression(saved, Optional.empty());
        Experiment named = Sample.regression(saved, Optional.of(loss));

        Failure byTheNetwork =
                catchThrowableOfType(Failure.class, () -> NetworkBuilder.configuration(brought, data(1, 6, 6, 0)));
        Failure byTheExperiment =
                catchThrowableOfType(Failure.class, () -> NetworkBuilder.configuration(named, data(1, 6, 6, 0)));

        assertThat(byTheNetwork).hasMessageStartingWith("the saved network's output: " + why);
        assertThat(byTheNetwork.kind()).isEqualTo(Failure.Kind.MODEL);
        assertThat(byTheExperiment).hasMessageStartingWith("the saved network's output: " + why);
        assertThat(byTheExperiment.kind()).isEqualTo(Failure.Kind.USAGE);
    }

    @Test
    void namesAnUnknownKeyAndTheNearestKnownOne() {
        Failure failure = refusal(root -> {
            ObjectNode layer = layer(root, 0);
            layer.set("hasBais", layer.remove("hasBias"));
        });

        assertThat(failure)
                .hasMessage("net.json: confs[0].layer.hasBais: DL4J does not know this key; did you mean hasBias?");
    }

    @Test
    void namesAMissingKey() {
        assertThat(refusal(root -> layer(root, 0).remove("hasBias")))
                .hasMessage("net.json: confs[0].layer.hasBias: this key is missing; DL4J would silently take true");
    }

    @Test
    void namesAValueThatDl4jReadsDifferently() {
        assertThat(refusal(root -> layer(root, 0).put("nout", "20")))
                .hasMessage("net.json: confs[0].layer.nout: found \"20\", which DL4J reads as 20");
        assertThat(refusal(root -> layer(root, 0).put("nout", 20.5)))
                .hasMessage("net.json: confs[0].layer.nout: found 20.5, which DL4J reads as 20");
    }

    @Test
    void namesAValueThatDl4jCannotRead() {
        assertThat(refusal(root -> root.put("backpropType", "Sideways")))
                .hasMessageContaining("net.json: DL4J cannot read it: Cannot deserialize value of type");
    }

    @Test
    void plainDl4jWouldLoadIt() {
        ObjectNode root = tree(PlainDl4j.perceptron());
        layer(root, 0).putArray("iupdater").add(CANARY + "$Caged").addObject();

        MultiLayerConfiguration.fromJson(root.toString());

        assertThat(Canary.Song.CAGED_SUNG).isTrue();
    }

    @Test
    void neverLoadsAForeignClass() {
        List<Consumer<ObjectNode>> attacks = List.of(
                root -> updater(root).put("@class", CANARY),
                root -> layer(root, 0).put("@class", CANARY),
                root -> ((ObjectNode) layer(root, 1).get("lossFn")).put("@class", CANARY),
                root -> ((ObjectNode) layer(root, 0).get("activationFn")).put("@class", CANARY),
                root -> root.withObject("/inputPreProcessors").putObject("0").put("@class", CANARY),
                // Jackson also takes ["name", {…}] and ["name"] for a type and its value.
                root -> layer(root, 0).putArray("iupdater").add(CANARY).addObject(),
                root -> layer(root, 0).putArray("iupdater").add(CANARY),
                root -> layer(root, 0).putArray("idropout").add(CANARY).addObject(),
                root -> ((ObjectNode) root.get("confs").get(0))
                        .putArray("layer")
                        .add(CANARY)
                        .addObject(),
                // … and a generic type's arguments.
                root -> updater(root).put("@class", "org.nd4j.linalg.learning.config.Adam<" + CANARY + ">"),
                root -> layer(root, 0)
                        .putArray("iupdater")
                        .add("org.nd4j.linalg.learning.config.Adam<" + CANARY + ">")
                        .addObject(),
                // Distributions are named by "type", also where DL4J looks for files of its early versions.
                root -> {
                    ObjectNode layer = layer(root, 0);
                    layer.remove("weightInitFn");
                    layer.put("weightInit", "DISTRIBUTION");
                    layer.putObject("dist").put("type", CANARY);
                },
                root -> layer(root, 0).putArray("constraints").addObject().put("@class", CANARY));
        for (Consumer<ObjectNode> attack : attacks) {
            Failure failure = refusal(attack);
            assertThat(failure.kind()).isEqualTo(Failure.Kind.MODEL);
        }
        assertThat(refusal(attacks.get(0)))
                .hasMessage("net.json: confs[0].layer.iupdater.@class: \"" + CANARY
                        + "\" is not one of DL4J's own layers, activations, losses, updaters or schedules; it is not"
                        + " loaded");
        assertThat(Canary.Song.SUNG).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{",
                "{}",
                "{\"confs\": []}",
                "{\"confs\": [null]}",
                "{\"confs\": [{}]}",
                "{\"confs\": {\"a\": 1}}",
                "{\"confs\": [1], \"confs\": [2]}",
                "{\"confs\": [1]} trailing",
                "{\"vertices\": {}, \"networkInputs\": [\"in\"]}",
                "{\"confs\": [{\"seed\": 1e999}]}",
                "{\"confs\": [{\"seed\": NaN}]}",
                "// comment\n{}"
            })
    void refusesWhatIsNoNetwork(String json) {
        Failure failure = catchThrowableOfType(Failure.class, () -> SavedNetwork.parse(json, "net.json"));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.MODEL);
        assertThat(failure).hasMessageStartingWith("net.json: ");
        assertThat(failure.getMessage()).doesNotContain("\n");
    }

    @Test
    void tellsWhereTheTextIsNoJson() {
        assertThat(refusal("{\"confs\":\n [1,, 2]}")).startsWith("net.json: line 2, column 5: ");
        assertThat(refusal("{\"confs\": [1],\n\"confs\": [2]}")).startsWith("net.json: line 2, column 8: ");
        assertThat(refusal("{\"confs\": [1]}\n\ntrailing")).startsWith("net.json: line 3, column 1: ");
    }

    private static String refusal(String json) {
        return catchThrowableOfType(Failure.class, () -> SavedNetwork.parse(json, "net.json"))
                .getMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<b>", "a<b"})
    void refusesTheSignOfAGenericTypeInEveryText(String name) {
        assertThat(refusal(root -> layer(root, 0).put("layerName", name)))
                .hasMessage("net.json: confs[0].layer.layerName: the sign < is not allowed in a name");
    }

    @Test
    void refusesDeepNestingAndHugeFiles() throws IOException {
        String deep = "[".repeat(100_000);
        assertThat(catchThrowableOfType(Failure.class, () -> SavedNetwork.parse(deep, "net.json")))
                .hasMessageContaining("nested deeper than 64 levels");

        Path huge = Files.writeString(folder.resolve("huge.json"), " ".repeat(NetworkJson.MAX_BYTES + 100));
        assertThat(catchThrowableOfType(Failure.class, () -> SavedNetwork.read(huge)))
                .hasMessageContaining("is larger than 4 MiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[[],[]]", "{\"a\":{},\"b\":{}}", "[0,0,0]"})
    void refusesMoreKeysAndValuesThanANetworkHas(String unit) {
        String list = "[" + (unit + ",").repeat(400_000 / unit.length() * 3) + "0]";
        assertThat(catchThrowableOfType(
                        Failure.class, () -> SavedNetwork.parse("{\"confs\": " + list + "}", "net.json")))
                .hasMessageContaining("has more than 300000 keys and values");
    }

    @Test
    void refusesArraysWhoseShapeIsNotThatOfTheirNumbers() throws IOException {
        ObjectNode root = tree(PlainDl4j.networks().get("custom loss weights"));
        ObjectNode weights = (ObjectNode) layer(root, 1).get("lossFn").get("weights");
        weights.putArray("shape").add(1_000_000);

        assertThat(catchThrowableOfType(Failure.class, () -> SavedNetwork.parse(root.toString(), "net.json")))
                .hasMessageContaining("lossFn.weights: an array of shape [1000000] with 3 numbers");
        weights.putArray("shape").add(-1).add(-3);
        assertThat(catchThrowableOfType(Failure.class, () -> SavedNetwork.parse(root.toString(), "net.json")))
                .hasMessageContaining("lossFn.weights: an array of shape [-1,-3] with 3 numbers");
        weights.putArray("shape").add(0);
        weights.putArray("data");
        assertThat(NetworkJson.parse(root.toString(), "net.json")).isEqualTo(root);
    }

    @Test
    void refusesMissingAndUnreadableFiles() throws IOException {
        Path missing = folder.resolve("missing.json");
        assertThat(catchThrowableOfType(Failure.class, () -> SavedNetwork.read(missing)))
                .hasMessage(missing + ": no such file");
        assertThat(catchThrowableOfType(Failure.class, () -> SavedNetwork.read(folder)))
                .hasMessage(folder + ": is a folder, not a file");
        Path latin = Files.write(folder.resolve("latin.json"), new byte[] {'"', (byte) 0xe9, '"'});
        assertThat(catchThrowableOfType(Failure.class, () -> SavedNetwork.read(latin)))
                .hasMessage(latin + ": is not UTF-8 text");
    }

    @Test
    @Tag("slow")
    void mutatedFilesAreReadSoundlyOrRefused() {
        String json = PlainDl4j.networks().get("every option").toJson();
        Random random = new Random(11);
        for (int i = 0; i < 300; i++) {
            StringBuilder mutated = new StringBuilder(json);
            int place = random.nextInt(json.length());
            if (random.nextBoolean()) {
                mutated.setCharAt(place, (char) (32 + random.nextInt(95)));
            } else {
                mutated.delete(place, Math.min(json.length(), place + 1 + random.nextInt(40)));
            }
            try {
                SavedNetwork.parse(mutated.toString(), "mutated");
            } catch (Failure refused) {
                assertThat(refused.kind()).isEqualTo(Failure.Kind.MODEL);
            }
        }
    }

    private MultiLayerConfiguration configuration(Optional<Loss> loss, Optional<UpdaterSpec> updater) {
        return configuration(PlainDl4j.perceptron(), loss, updater);
    }

    private MultiLayerConfiguration configuration(
            MultiLayerConfiguration network, Optional<Loss> loss, Optional<UpdaterSpec> updater) {
        Path file = saved(network);
        return NetworkBuilder.configuration(experiment(new NetworkSpec.Saved(file.toString()), loss, updater), DIGITS);
    }

    private Path saved(MultiLayerConfiguration network) {
        Path file = folder.resolve("saved.json");
        SavedNetwork.write(network, file);
        return file;
    }

    /** What is said of a perceptron's file after a change. */
    private static Failure refusal(Consumer<ObjectNode> change) {
        ObjectNode root = tree(PlainDl4j.perceptron());
        change.accept(root);
        return catchThrowableOfType(Failure.class, () -> SavedNetwork.parse(root.toString(), "net.json"));
    }

    private static ObjectNode tree(MultiLayerConfiguration network) {
        try {
            return (ObjectNode) JSON.readTree(network.toJson());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ObjectNode layer(ObjectNode root, int index) {
        return (ObjectNode) root.get("confs").get(index).get("layer");
    }

    private static ObjectNode updater(ObjectNode root) {
        return (ObjectNode) layer(root, 0).get("iupdater");
    }
}
