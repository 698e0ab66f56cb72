package dev.featuremap.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.featuremap.Failure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the user reads when a file or an override is wrong. */
class ExperimentFileRefusalTest {
    private static final String TRAINING_KEYS =
            "epochs, batchSize, updater, gradientNormalization, labelSmoothing, classWeights, emaDecay, shuffle, engine, precision, trainMetricExamples, earlyStopping, abandon, keepBest, keepBestBy,"
                    + " validationShare, validationFold, measureTest, checkpoint, spark";

    @Test
    void namesAnUnknownKeyAndItsNearest() {
        Failure failure = refusal(lenet("batchSize: 64", "batchSiz: 64"));

        assertThat(failure)
                .hasMessage("x.yaml:18: training.batchSiz: unknown key; allowed: " + TRAINING_KEYS
                        + "; did you mean batchSize?");
        assertThat(failure.remedy()).isEqualTo("Correct the key's name, or remove it.");
    }

    @Test
    void guessesNothingWhenNoKeyIsNear() {
        assertThat(refusal(lenet("batchSize: 64", "colour: red")))
                .hasMessage("x.yaml:18: training.colour: unknown key; allowed: " + TRAINING_KEYS);
    }

    @Test
    void namesBothLinesOfARepeatedKey() {
        assertThat(refusal(lenet("batchSize: 64", "epochs: 4")))
                .hasMessage("x.yaml:18: training.epochs: repeated key; first on line 17");
    }

    @Test
    void namesAMissingKeyAndItsMeaning() {
        assertThat(refusal(lenet("epochs: 3", "shuffle: true")))
                .hasMessage("x.yaml:16: training.epochs: missing; passes over the training data");
        assertThat(refusal(lenet("name: mnist-lenet", "")))
                .hasMessage("x.yaml: name: missing; what the run is called: letters, digits, dot, dash and underscore,"
                        + " at most 64");
        assertThat(refusal(lenet("source: mnist", "label: class")))
                .hasMessage("x.yaml:4: data.source: missing; allowed: mnist, xo, idx, images");
        assertThat(refusal(lenet("  layers:", "  layer:")))
                .hasMessage(
                        "x.yaml:6: network: found a map of layer; allowed: a map with one of the keys layers, saved;"
                                + " did you mean layers?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "epochs=3.0     | training.epochs: found 3.0; allowed: a whole number in [1, 1000000]",
                "epochs=1e3     | training.epochs: found 1e3; allowed: a whole number in [1, 1000000]",
                "epochs=0x10    | training.epochs: found 0x10; allowed: a whole number in [1, 1000000]",
                "epochs=\"3\"   | training.epochs: found 3; allowed: a whole number in [1, 1000000]",
                "epochs=three   | training.epochs: found three; allowed: a whole number in [1, 1000000]",
                "epochs=        | training.epochs: found nothing; allowed: a whole number in [1, 1000000]",
                "epochs=[3]     | training.epochs: found a list of 1; allowed: a whole number in [1, 1000000]",
                "epochs={a: 3}  | training.epochs: found a map of a; allowed: a whole number in [1, 1000000]",
                "epochs=99999999999 | training.epochs: found 99999999999; allowed: a whole number in [1, 1000000]",
                "epochs=0       | training.epochs: found 0; allowed: a number in [1, 1000000]",
                "shuffle=1      | training.shuffle: found 1; allowed: true or false",
                "shuffle=yes    | training.shuffle: found yes; allowed: true or false",
                "engine=Auto    | training.engine: found Auto; allowed: auto, nd4j, onednn; did you mean auto?",
                "emaDecay=1     | training.emaDecay: found 1; allowed: a number in (0, 1)",
                "classWeights=even | training.classWeights: found even; allowed: balanced, or a list with a number in"
                        + " (0, 1000000] for each class",
                "classWeights=[] | training.classWeights: found a list of 0; allowed: balanced, or a list with a number in"
                        + " (0, 1000000] for each class",
                "classWeights=[1, 0] | training.classWeights: found a list of 2; allowed: balanced, or a list with a number in"
                        + " (0, 1000000] for each class",
                "engine=cuda    | training.engine: found cuda; allowed: auto, nd4j, onednn",
                "updater.learningRate=NaN | training.updater.learningRate: found NaN;"
                        + " allowed: a number in (0, 1000] or a map of keys",
                "updater.learningRate=.inf | training.updater.learningRate: found .inf;"
                        + " allowed: a number in (0, 1000] or a map of keys",
                "updater.learningRate=1e999 | training.updater.learningRate: found 1e999;"
                        + " allowed: a number in (0, 1000] or a map of keys",
                "updater.learningRate=-1 | training.updater.learningRate: found -1; allowed: a number in (0, 1000]",
                "updater.learningRate={} | training.updater.learningRate.schedule: missing;"
                        + " allowed: step, exponential, poly, oneCycle, cosine",
                "updater.learningRate={schedule: cosine, max: 1, over: 9, warmup: 9} |"
                        + " training.updater.learningRate.warmup: found 9; allowed: less than over, 9",
                "updater.learningRate={schedule: cosine, max: 1, over: 9, min: 2} |"
                        + " training.updater.learningRate.min: found 2; allowed: at most max, 1.0",
                "updater=adam   | training.updater: found adam; allowed: a map of keys; did you mean {type: adam}?",
                "updater.type=adm | training.updater.type: found adm; allowed: sgd, nesterovs, adam, amsgrad, nadam,"
                        + " rmsprop, adagrad, adadelta; did you mean adam?",
                "earlyStopping=5 | training.earlyStopping: found 5; allowed: a map of keys",
            })
    void namesTheFoundAndTheAllowedValue(String override, String message) {
        assertThat(refusal(SampleFiles.lenet(), "training." + override)).hasMessage("command line: " + message);
    }

    @Test
    void namesTheLineOfAWrongValue() {
        assertThat(refusal(lenet("rate: 0.5", "rate: 1")))
                .hasMessage("x.yaml:12: network.layers[4].rate: found 1; allowed: a number in [0, 1)");
        assertThat(refusal(lenet("loss: mcxent", "loss: mcxnet")))
                .hasMessage("x.yaml:15: loss: found mcxnet; allowed: mse, mae, l1, l2, mcxent, nll, xent, hinge,"
                        + " squared_hinge, kld, poisson, msle, mape, cosine; did you mean mcxent?");
        assertThat(refusal(lenet("name: mnist-lenet", "name: a/b")))
                .hasMessage(
                        "x.yaml:2: name: found a/b; allowed: letters, digits, dot, dash and underscore, at most 64");
        assertThat(refusal(lenet("name: mnist-lenet", "name: 42")))
                .hasMessage("x.yaml:2: name: found 42; allowed: text, in quotes where YAML would read something else");
    }

    @Test
    void checksSizesOfWindows() {
        assertThat(refusal(lenet("size: 2", "size: [2, 3, 4]")))
                .hasMessage("x.yaml:9: network.layers[1].size: found a list of 3;"
                        + " allowed: a whole number or [height, width]");
        assertThat(refusal(lenet("kernel: 5", "kernel: -5")))
                .hasMessage("x.yaml:8: network.layers[0].kernel: found -5;"
                        + " allowed: a whole number or [height, width], each in [0, 100000]");
        assertThat(refusal(lenet("kernel: 5", "kernel: [5, 0]")))
                .hasMessage("x.yaml:8: network.layers[0].kernel: found 5x0; allowed: at least 1");
        assertThat(refusal(lenet("kernel: 5", "kernel: [5, x]")))
                .hasMessage("x.yaml:8: network.layers[0].kernel[1]: found x; allowed: a whole number in [0, 100000]");
    }

    @Test
    void refusesPaddingBesideModeSameWhichPadsByItself() {
        assertThat(refusal(lenet("kernel: 5", "kernel: 5, mode: same, padding: 1")))
                .hasMessage("x.yaml:8: network.layers[0].padding: found 1; allowed: 0 when mode is same, which pads by"
                        + " itself");
        assertThat(refusal(lenet("size: 2", "size: 2, mode: same, padding: [0, 1]")))
                .hasMessageContaining("padding: found 0x1; allowed: 0 when mode is same");
    }

    @Test
    void refusesAnEvenNumberOfMapsInLocalResponseNormalisation() {
        assertThat(refusal(SampleFiles.lenet(), "network.layers.1={type: localResponseNormalization, size: 4}"))
                .hasMessage("command line: network.layers[1].size: found 4; allowed: an odd number");
    }

    @Test
    void takesAListOfAThousandAndNoMore() {
        String more = "    - {type: dropout, rate: 0}\n";

        assertThat(ExperimentFile.parse(lenet("  layers:\n", "  layers:\n" + more.repeat(993)), "x.yaml", List.of()))
                .isNotNull();
        assertThat(refusal(lenet("  layers:\n", "  layers:\n" + more.repeat(994))))
                .hasMessage("x.yaml:7: network.layers: found a list of 1001; allowed: a list of at most 1000");
    }

    @Test
    void showsSixtyCharactersOfALongText() {
        assertThat(refusal(lenet("loss: mcxent", "loss: " + "x".repeat(60))))
                .hasMessageContaining("found " + "x".repeat(60) + ";");
        assertThat(refusal(lenet("loss: mcxent", "loss: " + "x".repeat(61))))
                .hasMessageContaining("found " + "x".repeat(60) + "…;");
    }

    @Test
    void checksOptionalNumbersToo() {
        assertThat(refusal(SampleFiles.lenet(), "data.trainExamples=0"))
                .hasMessage("command line: data.trainExamples: found 0; allowed: a number in [1, 60000]");
    }

    @Test
    void givesKeysThatDisagreeTheirLine() {
        assertThat(refusal(SampleFiles.lenet(), "data.label=value"))
                .hasMessage("x.yaml:15: loss: found mcxent; allowed: a loss for values (mse, mae, l1, l2, msle, mape,"
                        + " poisson), as data.label is value");
        assertThat(refusal(SampleFiles.lenet(), "data.label=value", "loss=cosine"))
                .hasMessageContaining("network: found an output of 10 units");
        assertThat(refusal(SampleFiles.lenet(), "data.label=value", "loss=mse"))
                .hasMessage("x.yaml:6: network: found an output of 10 units; allowed: 1 unit, as data.label is value");
    }

    @Test
    void refusesToSmoothValues() {
        assertThat(refusal(
                        SampleFiles.lenet(),
                        "data.label=value",
                        "loss=mse",
                        "network.layers.6.units=1",
                        "training.labelSmoothing=0.1"))
                .hasMessage("x.yaml: training.labelSmoothing: found 0.1; allowed: 0, as data.label is value");
    }

    @Test
    void refusesWeightDecayBesideL2() {
        assertThat(refusal(SampleFiles.lenet(), "network.l2=0.1", "network.weightDecay=0.2"))
                .hasMessage(
                        "command line: network.weightDecay: found 0.2; allowed: 0 beside l2, which is another form of"
                                + " the same");
    }

    @Test
    void saysWhenTheCommandLineChoseAnotherForm() {
        Failure failure = refusal(lenet("source: mnist", "{source: mnist, scaling: raw}"), "data.source=xo");

        assertThat(failure)
                .hasMessage("x.yaml:5: data.scaling: unknown key; allowed: source, size, trainExamples, testExamples,"
                        + " deform, testDeform, labelNoise, augment; the command line chose source xo, the file's keys are another's:"
                        + " replace them all with data={source: xo, ...}");
    }

    @Test
    void refusesASavedNetworkBesideLayers() {
        Failure failure = refusal(SampleFiles.lenet(), "network.saved=conf/network/lenet.json");

        assertThat(failure).hasMessage("x.yaml:6: network: found layers and saved; allowed: one of them");
        assertThat(failure.remedy())
                .isEqualTo("Keep the one that is meant; on the command line, replace the whole block:"
                        + " network={saved: ...}.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "=1", "a..b=1", ".a=1", "a.=1", "a[x]=1", "a[0=1", "a[-1]=1", "a b=1", "[0]=1", ""})
    void refusesAMalformedOverride(String override) {
        Failure failure = refusal(SampleFiles.lenet(), override);

        assertThat(failure).hasMessage("command line: found " + override + "; expected key=value");
        assertThat(failure.remedy())
                .isEqualTo("Write key=value with the key's dotted path, such as training.epochs=1, loss=mae or"
                        + " network.layers.0.filters=8.");
    }

    @Test
    void refusesAnOverrideThatLeadsNowhere() {
        assertThat(refusal(SampleFiles.lenet(), "network.layers[7].rate=0.1"))
                .hasMessage("command line: network.layers[7]: the list has 7 items, the first of them [0]");
        assertThat(refusal(SampleFiles.lenet(), "loss.kind=mse"))
                .hasMessage("command line: loss.kind: loss is mcxent, not a map of keys");
        assertThat(refusal(SampleFiles.lenet(), "training[0]=1"))
                .hasMessage("command line: training[0]: training is a map of epochs, batchSize, updater, not a list");
        assertThat(refusal("- a", "loss=mse")).hasMessage("x.yaml: holds no keys; expected an experiment's file");
        assertThat(refusal(SampleFiles.lenet(), "loss=[mse"))
                .hasMessage("command line: loss: not YAML: expected ',' or ']', but got <stream end>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "network.layers.0.type=conv2d              | convolution",
                "network.layers.0.type=Conv2D              | convolution",
                "network.layers.0.kernel_size=3            | kernel",
                "network.layers.0.out_channels=3           | filters",
                "network.layers.0.padding=same             | mode: same",
                "network.layers.0.padding=valid            | mode: truncate",
                "network.layers.0.mode=valid               | truncate",
                "network.layers.0.activation=linear        | identity",
                "network.layers.0.activation=leaky_relu    | leakyrelu",
                "network.layers.1.type=MaxPooling2D        | subsampling",
                "network.layers.1.type=maxpool             | subsampling",
                "network.layers.1.type=GlobalAvgPool2d     | globalPooling",
                "network.layers.1.type=ZeroPadding2D       | zeroPadding",
                "network.layers.1.type=depthwise_conv2d    | depthwiseConvolution",
                "network.layers.1.type=SeparableConv2D     | separableConvolution",
                "network.layers.1.type=LRN                 | localResponseNormalization",
                "network.layers.1.type=PReLU               | prelu",
                "network.layers.1.type=batchnorm           | batchNormalization",
                "network.layers.1.type=linear              | dense",
                "network.layers.1.type=relu                | activation",
                "network.layers.1.type=Flatten             | dense, which flattens by itself",
                "network.layers.1.pooling=average          | avg",
                "network.layers.1.pool_size=2              | size",
                "network.layers.4.p=0.5                    | rate",
                "network.weight_decay=0.1                  | weightDecay",
                "network.weightInit=glorot_uniform         | xavier_uniform",
                "network.weightInit=kaiming_normal         | relu",
                "loss=categorical_crossentropy             | mcxent",
                "loss=cross_entropy                        | mcxent",
                "loss=BCEWithLogitsLoss                    | xent",
                "loss=mean_squared_error                   | mse",
                "loss=squaredHinge                         | squared_hinge",
                "lr=0.1                                    | training.updater.learningRate",
                "epochs=3                                  | training.epochs",
                "batch_size=3                              | training.batchSize",
                "training.batch_size=3                     | batchSize",
                "training.learning_rate=0.1                | updater.learningRate",
                "training.optimizer=adam                   | updater",
                "training.updater={type: momentum}         | nesterovs",
                "training.updater={type: AdamW}            | adam, with network.weightDecay",
                "training.updater={type: sgd, momentum: 0} | type: nesterovs",
                "training.updater={type: sgd, lr: 0.1}     | learningRate",
                "training.validation_split=0.1             | validationShare",
                "training.ema=0.99                         | emaDecay",
                "training.label_smoothing=0.1              | labelSmoothing",
                "training.clipnorm=1                       | gradientNormalization",
                "training.gradientNormalization={type: ClipL2PerLayer} | clipNorm",
                "training.kfold=5                          | validationFold",
                "data.noisyLabels=0.2                      | labelNoise",
                "data=mnist                                | {source: mnist}",
                "data.path=/x                              | folder"
            })
    void knowsWhatOthersCallIt(String override, String meant) {
        assertThat(refusal(SampleFiles.lenet(), override)).hasMessageEndingWith("; did you mean " + meant + "?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "&a mnist      | name: an anchor, &a",
                "*a            | name: an alias, *a",
                "!!str mnist   | name: a tag, tag:yaml.org,2002:str",
                "! mnist       | name: a tag, !",
                "!x.Y {}       | name: a tag, !x.Y",
                "{[a]: 1}      | name: a key that is a list or a map",
                "{!!str a: 1}  | name: a tag, tag:yaml.org,2002:str",
                "[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]] | name[0][0][0][0][0][0][0][0][0][0][0][0][0][0]:"
                        + " nested deeper than 16 levels"
            })
    void refusesWhatAnExperimentDoesNotNeed(String value, String message) {
        assertThat(refusal(lenet("name: mnist-lenet", "name: " + value)))
                .hasMessage("x.yaml:2: " + message + "; an experiment is plain keys, lists and values");
    }

    @Test
    void refusesASecondDocument() {
        assertThat(refusal(SampleFiles.lenet() + "---\na: 1\n"))
                .hasMessage("x.yaml:20: a second document begins; an experiment is plain keys, lists and values");
    }

    @Test
    void refusesWhatIsNoYaml() {
        assertThat(refusal(lenet("seed: 42", "seed: [42")))
                .hasMessageStartingWith("x.yaml:4: not YAML: expected ',' or ']', but got ");
        assertThat(refusal(lenet("seed: 42", "seed: \u0007"))).hasMessage("x.yaml:3: not YAML: character \\u0007");
        assertThat(refusal(lenet("  epochs: 3", "\tepochs: 3")))
                .hasMessageStartingWith("x.yaml:17: not YAML: found character ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n \n", "# a comment alone\n"})
    void refusesAnEmptyFile(String text) {
        assertThat(refusal(text)).hasMessage("x.yaml: empty; expected an experiment");
    }

    @Test
    void refusesAFileThatIsNoMapAndShowsNothingOfIt() {
        assertThat(refusal("just text")).hasMessage("x.yaml: holds no keys; expected an experiment's file");
        assertThat(refusal("---")).hasMessage("x.yaml: holds no keys; expected an experiment's file");
    }

    @Test
    void showsStrangeTextOnOneShortLine() {
        String strange = "\"\\u001b[31m\\n\\u202e" + "x".repeat(100) + "\"";

        assertThat(refusal(lenet("loss: mcxent", "loss: " + strange)))
                .hasMessageStartingWith(
                        "x.yaml:15: loss: found \\u001b[31m\\u000a\\u202e" + "x".repeat(53) + "…; allowed: mse, mae");
        assertThat(refusal(lenet("loss: mcxent", "\"lo\\nss\": mse")))
                .hasMessageStartingWith("x.yaml:15: lo\\u000ass: unknown key; ");
    }

    @Test
    void refusesAFileThatIsNotThere(@TempDir Path folder) {
        Path absent = folder.resolve("absent.yaml");

        assertThat(readRefusal(absent)).hasMessage(absent + ": no such file");
        assertThat(readRefusal(folder)).hasMessage(folder + ": found a folder; expected an experiment's file");
    }

    @Test
    void refusesAHugeFile(@TempDir Path folder) throws IOException {
        Path huge = folder.resolve("huge.yaml");
        try (RandomAccessFile sparse = new RandomAccessFile(huge.toFile(), "rw")) {
            sparse.setLength(100L << 20);
        }

        assertThat(readRefusal(huge)).hasMessage(huge + ": longer than 1 MiB, the longest an experiment may be");
    }

    @Test
    void namesTheLineOfAByteThatIsNotUtf8(@TempDir Path folder) throws IOException {
        byte[] bytes = "name: a\nseed: 42\nloss: mse\n".getBytes(StandardCharsets.UTF_8);
        bytes[14] = (byte) 0xff;
        Path file = Files.write(folder.resolve("latin.yaml"), bytes);
        Path cut = Files.write(folder.resolve("cut.yaml"), new byte[] {'a', (byte) 0xe4, (byte) 0xb8});

        assertThat(readRefusal(file)).hasMessage(file + ":2: not UTF-8: byte 0xff");
        assertThat(readRefusal(cut)).hasMessage(cut + ":1: not UTF-8: byte 0xe4");
    }

    private static String lenet(String line, String instead) {
        assertThat(SampleFiles.lenet()).contains(line);
        int at = SampleFiles.lenet().indexOf(line);
        return SampleFiles.lenet().substring(0, at)
                + instead
                + SampleFiles.lenet().substring(at + line.length());
    }

    private static Failure refusal(String text, String... overrides) {
        return usage(() -> ExperimentFile.parse(text, "x.yaml", Arrays.asList(overrides)));
    }

    private static Failure readRefusal(Path file) {
        return usage(() -> ExperimentFile.read(file, List.of()));
    }

    private static Failure usage(ThrowingCallable reading) {
        Failure failure = catchThrowableOfType(Failure.class, reading);
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
        assertThat(failure.getMessage() + failure.remedy()).doesNotContain("\n");
        return failure;
    }
}
