package dev.featuremap.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.featuremap.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentSpaceTest {
    /** A space of each form, a layer that may be left out, a block that may be repeated. */
    private static final String TEXT = """
            experiment:
              name: tiny
              data: {source: xo, trainExamples: 120, testExamples: 50}
              network:
                layers:
                  - {type: convolution, filters: {int: [2, 4]}, kernel: 3, activation: relu}
                  - optional: {type: dropout, rate: {uniform: [0.1, 0.5]}}
                  - repeat: [0, 2]
                    layers:
                      - {type: dense, units: {choice: [8, 16]}, activation: relu}
                  - {type: output, units: 2}
              loss: {choice: [mse, mcxent]}
              training: {epochs: 2, batchSize: 10, updater: {type: adam, learningRate: {log: [1e-4, 1e-1]}}}
            """;

    private static final ConfigFile<Search> FILE = new ConfigFile<>(Search.class, "a search", "conf/tune");

    /** A file that holds an experiment with spaces. */
    public record Search(@Key("an experiment with spaces") ExperimentSpace experiment) {}

    @Test
    void findsTheSpacesInTheirPlaces() {
        assertThat(read(TEXT).spaces())
                .containsExactly(
                        entry("network.layers[0].filters", new Space.Whole(2, 4)),
                        entry("network.layers[1].optional", new Space.Choice(List.of("absent", "present"))),
                        entry("network.layers[1].optional.rate", new Space.Uniform(0.1, 0.5)),
                        entry("network.layers[2].repeat", new Space.Whole(0, 2)),
                        entry("network.layers[2].layers[0].units", new Space.Choice(List.of("8", "16"))),
                        entry("loss", new Space.Choice(List.of("mse", "mcxent"))),
                        entry("training.updater.learningRate", new Space.Log(1e-4, 1e-1)));
    }

    @Test
    void makesAnOrdinaryExperimentOfEachChoiceOfValues() {
        double[] values = {3, 1, 0.25, 2, 1, 0, 0.02};
        Experiment byHand = ExperimentFile.parse("""
                name: tiny
                data: {source: xo, trainExamples: 120, testExamples: 50}
                network:
                  layers:
                    - {type: convolution, filters: 3, kernel: 3, activation: relu}
                    - {type: dropout, rate: 0.25}
                    - {type: dense, units: 16, activation: relu}
                    - {type: dense, units: 16, activation: relu}
                    - {type: output, units: 2}
                loss: mse
                training: {epochs: 2, batchSize: 10, updater: {type: adam, learningRate: 0.02}}
                """, "by-hand.yaml", List.of());

        assertThat(read(TEXT).at(values)).isEqualTo(byHand);
        assertThat(read(TEXT).shown(values))
                .containsExactly(
                        entry("network.layers[0].filters", 3),
                        entry("network.layers[1].optional", "present"),
                        entry("network.layers[1].optional.rate", 0.25),
                        entry("network.layers[2].repeat", 2),
                        entry("network.layers[2].layers[0].units", "16"),
                        entry("loss", "mse"),
                        entry("training.updater.learningRate", 0.02));
    }

    @Test
    void leavesOutWhatALayerThatIsNotThereWouldHave() {
        double[] values = {3, 0, 0.25, 0, 1, 0, 0.02};

        assertThat(layers(read(TEXT).at(values)))
                .hasSize(2)
                .noneMatch(layer -> layer instanceof LayerSpec.Dropout || layer instanceof LayerSpec.Dense);
        assertThat(read(TEXT).shown(values))
                .containsEntry("network.layers[1].optional", "absent")
                .containsEntry("network.layers[2].repeat", 0)
                .doesNotContainKeys("network.layers[1].optional.rate", "network.layers[2].layers[0].units");
    }

    @Test
    void takesAsExampleTheLowestValuesWithEveryLayerThere() {
        assertThat(read(TEXT).example()).isEqualTo(read(TEXT).at(new double[] {2, 1, 0.1, 2, 0, 0, 1e-4}));
    }

    @Test
    void takesOneValueForEachSpace() {
        assertThatThrownBy(() -> read(TEXT).at(new double[] {3}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 values for 7 spaces");
    }

    @Test
    void holdsPathsAbsoluteThoseToChooseFromToo() {
        String pictures = "data: {source: images, folder: /pictures, testFolder: more}";
        String saved = "  network: {saved: {choice: [a.json, /b.json]}}\n";
        ExperimentSpace space = read(TEXT.replaceFirst("data: .*", pictures)
                .replaceFirst("(?s)  network:.*?(?=  loss)", saved)
                .replaceFirst("training: .*", "training: {epochs: 2}"));
        String here = System.getProperty("user.dir");

        assertThat(space.spaces().get("network.saved"))
                .isEqualTo(new Space.Choice(List.of(here + "/a.json", "/b.json")));
        assertThat(((DataSpec.Images) space.example().data()).testFolder()).contains(here + "/more");
    }

    @Test
    void allowsSpacesThatStandAtTheRootOfAFile() {
        String file = TEXT.substring(TEXT.indexOf('\n') + 1);
        ExperimentSpace space =
                ExperimentSpace.of(ConfigParser.file(file, "x.yaml").orElseThrow());

        assertThat(space.spaces()).isEqualTo(read(TEXT).spaces());
    }

    @Test
    void printsWhatWasWrittenWithItsSpaces() {
        ExperimentSpace space = read(TEXT);
        String printed = FILE.print(new Search(space));

        assertThat(printed).isEqualTo("""
                experiment:
                  name: tiny
                  data:
                    source: xo
                    trainExamples: 120
                    testExamples: 50
                  network:
                    layers:
                      - {type: convolution, filters: {int: [2, 4]}, kernel: 3, activation: relu}
                      - {optional: {type: dropout, rate: {uniform: [0.1, 0.5]}}}
                      - {repeat: [0, 2], layers: [{type: dense, units: {choice: [8, 16]}, activation: relu}]}
                      - {type: output, units: 2}
                  loss:
                    choice:
                      - mse
                      - mcxent
                  training:
                    epochs: 2
                    batchSize: 10
                    updater: {type: adam, learningRate: {log: [1e-4, 1e-1]}}
                """);
        assertThat(read(printed).spaces()).isEqualTo(space.spaces());
        assertThat(read(printed).example()).isEqualTo(space.example());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{log: [1e-4, 1e-1]} | {log: []} | 13: experiment.training.updater.learningRate.log: found a list of 0;"
                        + " allowed: two numbers above 0, the lower first",
                "{log: [1e-4, 1e-1]} | {log: [1e-1, 1e-4]} | 13: experiment.training.updater.learningRate.log:"
                        + " found [1e-1, 1e-4]; allowed: two numbers above 0, the lower first",
                "{log: [1e-4, 1e-1]} | {log: [0, 1e-1]} | 13: experiment.training.updater.learningRate.log:"
                        + " found [0, 1e-1]; allowed: two numbers above 0, the lower first",
                "{log: [1e-4, 1e-1]} | {log: [1, 1]} | 13: experiment.training.updater.learningRate.log:"
                        + " found [1, 1]; allowed: two numbers above 0, the lower first",
                "{log: [1e-4, 1e-1]} | {log: [1e-4, 1e-1], base: 2} | 13: experiment.training.updater.learningRate.base:"
                        + " unknown key; allowed: log",
                "{log: [1e-4, 1e-1]} | {uniform: [1, 2000]} | 13: experiment.training.updater.learningRate: found 2000.0;"
                        + " allowed: a number in (0, 1000]",
                "{int: [2, 4]} | {int: [4, 2]} | 6: experiment.network.layers[0].filters.int: found [4, 2];"
                        + " allowed: two whole numbers, the lower first",
                "{int: [2, 4]} | {int: [2.5, 4]} | 6: experiment.network.layers[0].filters.int[0]: found 2.5;"
                        + " allowed: two whole numbers, the lower first",
                "{int: [2, 4]} | {int: [0, 4]} | 6: experiment.network.layers[0].filters: found 0;"
                        + " allowed: a number in [1, 65536]",
                "{int: [2, 4]} | {uniform: [2, 4]} | 6: experiment.network.layers[0].filters: found 2.0;"
                        + " allowed: a whole number in [1, 65536]",
                "{int: [2, 4]} | {itn: [2, 4]} | 6: experiment.network.layers[0].filters.itn: unknown key;"
                        + " allowed: uniform, log, int, choice; did you mean int?",
                "{log: [1e-4, 1e-1]} | {lgo: [1e-4, 1e-1]} | 13: experiment.training.updater.learningRate.lgo: unknown key;"
                        + " allowed: uniform, log, int, choice; did you mean log?",
                "{choice: [mse, mcxent]} | {choice: []} | 12: experiment.loss.choice: found a list of 0;"
                        + " allowed: a list of two different values or more, none of them a space",
                "{choice: [mse, mcxent]} | {choice: [mse]} | 12: experiment.loss.choice: found a list of 1;"
                        + " allowed: a list of two different values or more, none of them a space",
                "{choice: [mse, mcxent]} | {choice: [mse, mse]} | 12: experiment.loss.choice: found [mse, mse];"
                        + " allowed: a list of two different values or more, none of them a space",
                "{choice: [mse, mcxent]} | {choice: [mse, msee]} | 12: experiment.loss.choice[1]: found msee; allowed: mse,"
                        + " mae, l1, l2, mcxent, nll, xent, hinge, squared_hinge, kld, poisson, msle, mape, cosine;"
                        + " did you mean mse?",
                "name: tiny | name: {choice: [a, b]} | 2: experiment.name: found a space; allowed: a constant: all"
                        + " candidates are measured on the same examples, under one name and seed",
                "name: tiny | 'name: tiny\n  seed: {int: [1, 5]}' | 3: experiment.seed: found a space; allowed: a constant:"
                        + " all candidates are measured on the same examples, under one name and seed",
                "source: xo | source: {choice: [xo, mnist]} | 3: experiment.data.source: found a space; allowed: a constant:"
                        + " all candidates are measured on the same examples, under one name and seed",
                "trainExamples: 120 | trainExamples: {int: [100, 200]} | 3: experiment.data.trainExamples: found a space;"
                        + " allowed: a constant: all candidates are measured on the same examples, under one name and seed",
                "epochs: 2 | 'epochs: 2, validationShare: 0.1' | 13: experiment.training.validationShare: found 0.1;"
                        + " allowed: nothing: the search sets it",
                "repeat: [0, 2] | repeat: [2, 0] | 8: experiment.network.layers[2].repeat: found [2, 0]; allowed: two whole"
                        + " numbers, the lower first",
                "repeat: [0, 2] | repeat: [0, 200] | 8: experiment.network.layers[2].repeat: found [0, 200]; allowed:"
                        + " two whole numbers in [0, 100]",
                "{log: [1e-4, 1e-1]} | {log: [-1, 1e-1]} | 13: experiment.training.updater.learningRate.log:"
                        + " found [-1, 1e-1]; allowed: two numbers above 0, the lower first",
                "{log: [1e-4, 1e-1]} | {log: [1, 2, 3]} | 13: experiment.training.updater.learningRate.log:"
                        + " found a list of 3; allowed: two numbers above 0, the lower first",
                "{log: [1e-4, 1e-1]} | {log: 1} | 13: experiment.training.updater.learningRate.log:"
                        + " found 1; allowed: two numbers above 0, the lower first",
                "{log: [1e-4, 1e-1]} | {uniform: [1, 1]} | 13: experiment.training.updater.learningRate.uniform:"
                        + " found [1, 1]; allowed: two numbers, the lower first",
                "{int: [2, 4]} | {int: [4, 4]} | 6: experiment.network.layers[0].filters.int: found [4, 4];"
                        + " allowed: two whole numbers, the lower first",
                "{choice: [mse, mcxent]} | {choice: mse} | 12: experiment.loss.choice: found mse;"
                        + " allowed: a list of two different values or more, none of them a space",
                "{choice: [mse, mcxent]} | {choice: [mse, {int: [1, 2]}]} | 12: experiment.loss.choice[1]: found a space;"
                        + " allowed: a constant: a space holds no other",
                "{choice: [mse, mcxent]} | {choice: [mse, [{a: {int: [1, 2]}}]]} | 12: experiment.loss.choice[1]: found a"
                        + " space; allowed: a constant: a space holds no other",
                "epochs: 2 | 'epochs: 2, abandon: {behind: [1]}' | 13: experiment.training.abandon: found a map of behind;"
                        + " allowed: nothing: the search sets it",
                "epochs: 2 | 'epochs: 2, measureTest: false' | 13: experiment.training.measureTest: found false;"
                        + " allowed: nothing: the search sets it",
                "repeat: [0, 2] | repeat: [-1, 2] | 8: experiment.network.layers[2].repeat: found [-1, 2]; allowed:"
                        + " two whole numbers in [0, 100]",
                "repeat: [0, 2] | repeat: [0, 101] | 8: experiment.network.layers[2].repeat: found [0, 101]; allowed:"
                        + " two whole numbers in [0, 100]",
                "repeat: [0, 2] | 'repeat: [0, 2]\n        times: 1' | 9: experiment.network.layers[2].times: unknown key;"
                        + " allowed: repeat, layers",
                "optional: {type: dropout | 'at: 1\n        optional: {type: dropout' | 7: experiment.network.layers[1].at:"
                        + " unknown key; allowed: optional",
            })
    void refusesABadSpaceWithItsPlace(String good, String bad, String message) {
        assertThat(TEXT).contains(good);

        assertThat(catchThrowableOfType(Failure.class, () -> read(TEXT.replace(good, bad))))
                .hasMessage("x.yaml:" + message);
    }

    @Test
    void checksEveryOptionAndBothEndsOfEachSpace() {
        String units = "units: {choice: [8, 0]}";

        assertThatThrownBy(() -> read(TEXT.replace("units: {choice: [8, 16]}", units)))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("x.yaml:10: experiment.network.layers[2].layers[0].units.choice[1]: found 0;");
    }

    @Test
    void showsAnOptionOfKeysAsItWasWritten() {
        String updater = "updater: {choice: [{type: sgd}, {type: adam, learningRate: 0.1}]}";
        ExperimentSpace space = read(TEXT.replaceFirst("updater: \\{.*(?=})", updater));

        assertThat(space.spaces().get("training.updater"))
                .isEqualTo(new Space.Choice(List.of("{type: sgd}", "{type: adam, learningRate: 0.1}")));
        assertThat(space.example().training().updater()).contains(new UpdaterSpec.Sgd(new LearningRate.Constant(0.1)));
    }

    @Test
    void repeatsABlockAHundredTimesAtMost() {
        assertThat(layers(
                        read(TEXT.replace("repeat: [0, 2]", "repeat: [0, 100]")).example()))
                .hasSize(103);
    }

    @Test
    void refusesABlockThatIsNoListOfLayers() {
        String block = "(?s)layers:\\s*- \\{type: dense.*?\n";

        assertThatThrownBy(() -> read(TEXT.replaceFirst(block, "layers: []\n")))
                .hasMessage(
                        "x.yaml:9: experiment.network.layers[2].layers: found a list of 0; allowed: a list of one layer"
                                + " or more");
        assertThatThrownBy(() -> read(TEXT.replaceFirst(block, "layers: dense\n")))
                .hasMessage(
                        "x.yaml:9: experiment.network.layers[2].layers: found dense; allowed: a list of one layer or more");
    }

    @Test
    void refusesAnExperimentWithoutASpace() {
        assertThatThrownBy(() -> read("experiment:\n  name: tiny\n"))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("x.yaml:1: experiment: found no space; allowed: an experiment with a space");
    }

    private static ExperimentSpace read(String text) {
        return FILE.parse(text, "x.yaml", List.of()).experiment();
    }

    private static List<LayerSpec> layers(Experiment experiment) {
        return ((NetworkSpec.Layers) experiment.network()).layers();
    }
}
