package dev.featuremap.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.featuremap.Failure;
import dev.featuremap.UserPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.util.DefaultLocale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentFileTest {
    private static final Extent ONE = Extent.square(1);
    private static final Extent NONE = Extent.square(0);

    /** The smallest file there is: every other key has a default. */
    private static final String SMALL = """
            name: small
            data: {source: xo}
            network: {layers: [{type: output, units: 2}]}
            training: {epochs: 1}
            """;

    @Test
    void readsTheDesignsExample() {
        Experiment lenet = parse(SampleFiles.lenet());

        assertThat(lenet.name()).isEqualTo("mnist-lenet");
        assertThat(lenet.seed()).isEqualTo(42);
        assertThat(lenet.data())
                .isEqualTo(new DataSpec.Mnist(
                        LabelMode.CLASS,
                        Scaling.UNIT,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        Augmentation.NONE));
        assertThat(((NetworkSpec.Layers) lenet.network()).layers())
                .containsExactly(
                        convolution(20),
                        pooling(2, 2),
                        convolution(50),
                        pooling(2, 2),
                        new LayerSpec.Dropout(0.5),
                        new LayerSpec.Dense(500, Activation.RELU),
                        new LayerSpec.Output(10, Activation.SOFTMAX));
        assertThat(lenet.loss()).contains(Loss.MCXENT);
        assertThat(lenet.training().epochs()).isEqualTo(3);
        assertThat(lenet.training().batchSize()).isEqualTo(64);
        assertThat(lenet.training().updater()).contains(UpdaterSpec.Adam.DEFAULT);
    }

    @Test
    void aNetworkMadeInCodeHasTheDefaultsOfTheFile() {
        Experiment lenet = parse(SampleFiles.lenet());
        List<LayerSpec> layers = ((NetworkSpec.Layers) lenet.network()).layers();

        assertThat(lenet.network()).isEqualTo(new NetworkSpec.Layers(layers));
        assertThat(layers)
                .startsWith(
                        new LayerSpec.Convolution(20, 5, Activation.RELU),
                        new LayerSpec.Subsampling(LayerSpec.Pooling.MAX, 2));
    }

    @Test
    void fillsInEveryDefault() {
        Experiment small = parse(SMALL);

        assertThat(small.data())
                .isEqualTo(new DataSpec.Xo(9, 2000, 500, Deformation.NONE, Optional.empty(), 0, Augmentation.NONE));
        assertThat(small.training())
                .isEqualTo(new TrainingSpec(
                        1,
                        64,
                        Optional.of(UpdaterSpec.Adam.DEFAULT),
                        Optional.empty(),
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        TrainingSpec.Engine.AUTO,
                        TrainingSpec.Precision.F32,
                        10000,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        TrainingSpec.Metric.LOSS,
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        TrainingSpec.Checkpoint.DEFAULT,
                        Optional.empty()));
    }

    @Test
    void holdsATenthOutWhereSomethingNeedsValidationData() {
        for (String needs :
                List.of("keepBest=true", "earlyStopping={}", "abandon={behind: [1]}", "measureTest=false")) {
            Experiment experiment = parse(SMALL, "training." + needs);
            assertThat(experiment.training().validationShare()).as(needs).contains(0.1);
            assertThat(ExperimentFile.print(experiment)).contains("validationShare: 0.1");
            assertThat(parse(SMALL, "training." + needs, "training.validationShare=0.3")
                            .training()
                            .validationShare())
                    .contains(0.3);
            assertThatThrownBy(() -> parse(SMALL, "training." + needs, "training.validationShare=0"))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE))
                    .hasMessageContaining("training.validationShare: found 0; allowed: more than 0")
                    .hasMessageContaining(
                            "training." + needs.replaceFirst("=(?!false).*", "") + " needs validation data");
        }
        assertThat(parse(SMALL).training().hasValidation()).isFalse();
        assertThat(parse(SMALL, "training.validationShare=0").training().hasValidation())
                .isFalse();
    }

    @Test
    void takesTheWindowsSizeAsItsStride() {
        Experiment small = parse(SMALL, "network.layers=[{type: subsampling, size: 3}, {type: output, units: 2}]");

        assertThat(((NetworkSpec.Layers) small.network()).layers()).first().isEqualTo(pooling(3, 3));
    }

    @Test
    void readsAHeightAndAWidth() {
        String layers = "network.layers=[{type: convolution, filters: 1, kernel: [3, 5]}, {type: output, units: 2}]";
        NetworkSpec.Layers network = (NetworkSpec.Layers) parse(SMALL, layers).network();

        assertThat(((LayerSpec.Convolution) network.layers().get(0)).kernel()).isEqualTo(new Extent(3, 5));
    }

    @Test
    void readsALearningRateThatChanges() {
        String updater =
                "training.updater={type: nesterovs, learningRate: {schedule: step, initial: .5, factor: 1e-1, every: 7}}";

        assertThat(parse(SMALL, updater).training().updater())
                .contains(new UpdaterSpec.Nesterovs(new LearningRate.Step(0.5, 0.1, 7, LearningRate.Unit.STEP), 0.9));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data={source: mnist}",
                "data={source: idx, trainImages: a, trainLabels: b, testImages: c, testLabels: d}",
                "data={source: images, folder: a}",
                "network.layers=[{type: convolution, filters: 1, kernel: 1}, {type: output, units: 2}]",
                "network.layers=[{type: subsampling}, {type: output, units: 2}]",
                "network.layers=[{type: dropout, rate: 0}, {type: output, units: 2}]",
                "network.layers=[{type: dense, units: 1}, {type: output, units: 2}]",
                "network.layers=[{type: batchNormalization}, {type: output, units: 2}]",
                "network.layers=[{type: activation, function: relu}, {type: output, units: 2}]",
                "training.updater={type: sgd}",
                "training.updater={type: nesterovs}",
                "training.updater={type: adam}",
                "training.updater={type: amsgrad}",
                "training.updater={type: nadam}",
                "training.updater={type: rmsprop}",
                "training.updater={type: adagrad}",
                "training.updater={type: adadelta}",
                "training.updater={type: sgd, learningRate: {schedule: exponential, initial: 1, gamma: 0.5}}",
                "training.updater={type: sgd, learningRate: {schedule: poly, initial: 1, over: 10}}",
                "training.updater={type: sgd, learningRate: {schedule: oneCycle, initial: 1, max: 2, over: 10}}",
                "training.updater={type: sgd, learningRate: {schedule: cosine, max: 1, over: 10}}",
                "training.gradientNormalization={type: clipNorm}",
                "training.classWeights=balanced",
                "training.classWeights=[1, 2.5]",
                "training.gradientNormalization={type: clipValue}",
                "training.gradientNormalization={type: renormalize}",
                "training.earlyStopping={}",
            })
    void readsEveryFormFromItsRequiredKeysAlone(String override) {
        Experiment read = parse(SMALL, override);

        assertThat(parse(ExperimentFile.print(read))).isEqualTo(read);
    }

    @Test
    void leavesASavedNetworkItsOwnLossAndUpdater() {
        Experiment saved = parse(SMALL, "network={saved: conf/network/lenet.json}");

        assertThat(saved.network()).isEqualTo(new NetworkSpec.Saved(UserPath.absolute("conf/network/lenet.json")));
        assertThat(saved.loss()).isEmpty();
        assertThat(saved.training().updater()).isEmpty();
    }

    @Test
    void printsEveryKey() {
        assertThat(ExperimentFile.print(parse(SampleFiles.lenet()))).isEqualTo("""
                        name: mnist-lenet
                        seed: 42
                        data:
                          source: mnist
                          label: class
                          scaling: unit
                          folder: null
                          trainExamples: null
                          testExamples: null
                          labelNoise: 0
                          augment: {rotation: 0, shift: 0, scale: 0, shear: 0, flip: none, elastic: {alpha: 0, sigma: 4}, erase: 0, brightness: 0, contrast: 0, noise: 0, share: 1}
                        network:
                          layers:
                            - {type: convolution, filters: 20, kernel: 5, stride: 1, padding: 0, dilation: 1, mode: truncate, activation: relu}
                            - {type: subsampling, pooling: max, size: 2, stride: 2, padding: 0, mode: truncate}
                            - {type: convolution, filters: 50, kernel: 5, stride: 1, padding: 0, dilation: 1, mode: truncate, activation: relu}
                            - {type: subsampling, pooling: max, size: 2, stride: 2, padding: 0, mode: truncate}
                            - {type: dropout, rate: 0.5}
                            - {type: dense, units: 500, activation: relu}
                            - {type: output, units: 10, activation: softmax}
                          weightInit: xavier
                          biasInit: 0
                          l1: 0
                          l2: 0
                          weightDecay: 0
                        loss: mcxent
                        training:
                          epochs: 3
                          batchSize: 64
                          updater: {type: adam, learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1.0e-8}
                          gradientNormalization: null
                          labelSmoothing: 0
                          classWeights: null
                          emaDecay: null
                          shuffle: true
                          engine: auto
                          precision: f32
                          trainMetricExamples: 10000
                          earlyStopping: null
                          abandon: null
                          keepBest: false
                          keepBestBy: loss
                          validationShare: null
                          validationFold: null
                          measureTest: true
                          checkpoint: {everySteps: null, everyMinutes: 5, atEpochEnds: true, keepLast: 2, keepEpochs: false}
                          spark: null
                        """);
    }

    @Test
    void overridesKeysInTheirOrder() {
        Experiment lenet = parse(
                SampleFiles.lenet(),
                "training.epochs=2",
                "loss=mae",
                "network.layers[0].filters=8",
                "training.epochs=1");

        assertThat(lenet.training().epochs()).isEqualTo(1);
        assertThat(lenet.loss()).contains(Loss.MAE);
        assertThat(((NetworkSpec.Layers) lenet.network()).layers()).first().isEqualTo(convolution(8));
    }

    @Test
    void makesMapsThatAnOverrideNeeds() {
        assertThat(parse(SMALL, "training.earlyStopping.patience=5").training().earlyStopping())
                .contains(new TrainingSpec.EarlyStopping(TrainingSpec.Metric.LOSS, 5, 0));
    }

    @Test
    void unsetsWhatIsOptionalWithNull() {
        String stopping = "training.earlyStopping={patience: 5}";

        assertThat(parse(SMALL, stopping, "training.earlyStopping=null")
                        .training()
                        .earlyStopping())
                .isEmpty();
        assertThat(parse(SMALL, stopping, "training.earlyStopping=").training().earlyStopping())
                .isEmpty();
    }

    @Test
    @DefaultLocale("tr-TR")
    void readsAndPrintsTheSameInTurkish() {
        String dense = "network.layers=[{type: dense, units: 3, activation: sigmoid},"
                + " {type: output, units: 2, activation: identity}]";
        Experiment small = parse(SMALL, dense, "loss=squared_hinge", "network.weightInit=xavier_uniform");

        assertThat(((NetworkSpec.Layers) small.network()).layers())
                .containsExactly(
                        new LayerSpec.Dense(3, Activation.SIGMOID), new LayerSpec.Output(2, Activation.IDENTITY));
        assertThat(ExperimentFile.print(small))
                .contains("activation: sigmoid", "activation: identity", "loss: squared_hinge", "xavier_uniform");
        assertThat(parse(ExperimentFile.print(small))).isEqualTo(small);
    }

    @Test
    void readsAFileWithByteOrderMarkAndWindowsLines(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("实验 1.yaml"), "\uFEFF" + SMALL.replace("\n", "\r\n"));

        assertThat(ExperimentFile.read(file, List.of())).isEqualTo(parse(SMALL));
    }

    @Test
    void holdsPathsAbsoluteSoThatTheyMeanTheSameFromAnyFolder() {
        DataSpec.Images data =
                (DataSpec.Images) parse(SMALL, "data={source: images, folder: some/pictures, testFolder: ~/more}")
                        .data();
        assertThat(data.folder())
                .isEqualTo(Path.of("some/pictures").toAbsolutePath().toString());
        assertThat(data.testFolder()).contains(System.getProperty("user.home") + "/more");
        assertThat(((NetworkSpec.Saved)
                                parse(SMALL, "network={saved: net.json}").network())
                        .saved())
                .isEqualTo(Path.of("net.json").toAbsolutePath().toString());
    }

    @Test
    void tellsItsValuesUnderTheirDottedKeys() {
        Map<String, String> values = ExperimentFile.values(parse(SampleFiles.lenet()));

        assertThat(values)
                .contains(entry("name", "mnist-lenet"), entry("seed", "42"), entry("data.source", "mnist"))
                .containsEntry("network.layers[0].filters", "20")
                .containsEntry("network.layers[6].units", "10")
                .containsEntry("training.updater.epsilon", "1.0e-8")
                .doesNotContainKeys("data.folder", "training.earlyStopping");
    }

    @Test
    void tellsOverridesFromFiles() {
        assertThat(ExperimentFile.isOverride("training.epochs=3")).isTrue();
        assertThat(ExperimentFile.isOverride("conf/a=b.yaml")).isFalse();
        assertThat(ExperimentFile.isOverride("conf/a.yaml")).isFalse();
    }

    @Test
    void listsItsKeys() {
        assertThat(ExperimentFile.keys())
                .extracting(KeyDescription::path)
                .startsWith("name", "seed", "data", "data.source")
                .contains("training.updater.learningRate.schedule");
    }

    @Test
    void printsNumbersThatReadBackAsTheSame() {
        for (double number : new double[] {0, -0.0, 1, -5, 0.1, 1e-7, 1e15, 999999999999999.0, 1e16, 1e300}) {
            assertThat(FILE.parse(FILE.print(new OneNumber(number)), "x.yaml", List.of()))
                    .isEqualTo(new OneNumber(number));
        }
        assertThat(FILE.print(new OneNumber(-0.0))).isEqualTo("number: -0.0\n");
        assertThat(FILE.print(new OneNumber(999999999999999.0))).isEqualTo("number: 999999999999999\n");
        assertThat(FILE.print(new OneNumber(1e15))).isEqualTo("number: 1.0e+15\n");
        assertThat(FILE.print(new OneNumber(-1e15))).isEqualTo("number: -1.0e+15\n");
        assertThat(FILE.print(new OneNumber(1e-7))).isEqualTo("number: 1.0e-7\n");
    }

    private static final ConfigFile<OneNumber> FILE = new ConfigFile<>(OneNumber.class, "a number", "conf");

    /** A file of one number. */
    public record OneNumber(@Key("any number") double number) {}

    @Test
    void readsAFileOfAMebibyteAndNoLonger(@TempDir Path folder) throws IOException {
        String comment = "#" + "x".repeat((1 << 20) - SMALL.length() - 1);
        Path file = Files.writeString(folder.resolve("long.yaml"), SMALL + comment);
        assertThat(ExperimentFile.read(file, List.of())).isEqualTo(parse(SMALL));

        Files.writeString(file, "x", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> ExperimentFile.read(file, List.of()))
                .hasMessage(file + ": longer than 1 MiB, the longest an experiment may be");
    }

    @Test
    void saysWhereFilesOfItsKindAre(@TempDir Path folder) {
        assertThatThrownBy(() -> ExperimentFile.read(folder.resolve("none.yaml"), List.of()))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.remedy())
                                .isEqualTo("Give the path of an experiment; conf/experiment holds some."))
                .hasMessage(folder.resolve("none.yaml") + ": no such file");
    }

    private static Experiment parse(String text, String... overrides) {
        return ExperimentFile.parse(text, "x.yaml", List.of(overrides));
    }

    private static LayerSpec.Convolution convolution(int filters) {
        return new LayerSpec.Convolution(
                filters, Extent.square(5), ONE, NONE, ONE, LayerSpec.Mode.TRUNCATE, Activation.RELU);
    }

    private static LayerSpec.Subsampling pooling(int size, int stride) {
        return new LayerSpec.Subsampling(
                LayerSpec.Pooling.MAX, Extent.square(size), Extent.square(stride), NONE, LayerSpec.Mode.TRUNCATE);
    }
}
