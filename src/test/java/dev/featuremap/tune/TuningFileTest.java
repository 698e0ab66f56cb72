package dev.featuremap.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.experiment.LayerSpec;
import dev.featuremap.experiment.NetworkSpec;
import dev.featuremap.experiment.Space;
import dev.featuremap.experiment.TrainingSpec.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TuningFileTest {
    /** What is left of the repeated block, once. */
    private static final String BLOCK = "- {type: dense, units: 16, activation: relu}\n";

    @TempDir
    Path folder;

    @Test
    void findsTheSpacesInTheirPlaces() throws IOException {
        assertThat(Tunings.in(folder).experiment().spaces())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "network.layers[0].filters", new Space.Whole(2, 4),
                        "network.layers[1].optional", new Space.Choice(List.of("absent", "present")),
                        "network.layers[1].optional.rate", new Space.Uniform(0.1, 0.5),
                        "network.layers[2].repeat", new Space.Whole(0, 2),
                        "network.layers[2].layers[0].units", new Space.Choice(List.of("8", "16")),
                        "loss", new Space.Choice(List.of("mse", "mcxent")),
                        "training.updater.learningRate", new Space.Log(1e-4, 1e-1)));
    }

    @Test
    void makesAnOrdinaryExperimentOfEachChoiceOfValues() throws IOException {
        Tuning tuning = Tunings.in(folder);
        double[] values = {3, 1, 0.25, 2, 1, 0, 0.02};

        Experiment experiment = tuning.experiment().at(values);

        assertThat(experiment)
                .isEqualTo(ExperimentFile.parse(
                        Files.readString(Tunings.file(folder))
                                .replaceAll("(?s)^.*experiment:\n", "")
                                .replaceAll("(?m)^  ", "")
                                .replace("{int: [2, 4]}", "3")
                                .replace(
                                        "optional: {type: dropout, rate: {uniform: [0.1, 0.5]}}",
                                        "{type: dropout, rate: 0.25}")
                                .replaceAll("(?s)- repeat: \\[0, 2]\n.*?activation: relu}\n", BLOCK + "    " + BLOCK)
                                .replace("{choice: [mse, mcxent]}", "mse")
                                .replace("{log: [1e-4, 1e-1]}", "0.02"),
                        "by-hand.yaml",
                        List.of()));
        assertThat(tuning.experiment().shown(values))
                .containsEntry("network.layers[0].filters", 3)
                .containsEntry("network.layers[1].optional", "present")
                .containsEntry("loss", "mse")
                .hasSize(7);
    }

    @Test
    void leavesOutWhatALayerThatIsNotThereWouldHave() throws IOException {
        Tuning tuning = Tunings.in(folder);
        double[] values = {3, 0, 0.25, 0, 1, 0, 0.02};

        NetworkSpec.Layers network =
                (NetworkSpec.Layers) tuning.experiment().at(values).network();

        assertThat(network.layers()).hasSize(2).noneMatch(layer -> layer instanceof LayerSpec.Dropout);
        assertThat(tuning.experiment().shown(values))
                .containsEntry("network.layers[1].optional", "absent")
                .containsEntry("network.layers[2].repeat", 0)
                .doesNotContainKeys("network.layers[1].optional.rate", "network.layers[2].layers[0].units");
    }

    @Test
    void printsWhatItReads() throws IOException {
        Tuning tuning = Tunings.in(folder);
        Path printed = folder.resolve("printed.yaml");
        Files.writeString(printed, TuningFile.print(tuning));

        Tuning again = TuningFile.read(printed, List.of());

        assertThat(TuningFile.print(again)).isEqualTo(TuningFile.print(tuning));
        assertThat(again.experiment().spaces()).isEqualTo(tuning.experiment().spaces());
        assertThat(again.experiment().example()).isEqualTo(tuning.experiment().example());
    }

    @Test
    void takesOverridesOfTheExperimentAndOfTheSearch() throws IOException {
        Tuning tuning = Tunings.in(
                folder, "tune.candidates=9", "training.epochs=5", "training.batchSize={choice: [10, 20]}", "loss=mse");

        assertThat(tuning.candidates()).contains(9);
        assertThat(tuning.experiment().example().training().epochs()).isEqualTo(5);
        assertThat(tuning.experiment().spaces())
                .containsKey("training.batchSize")
                .doesNotContainKey("loss");
    }

    @Test
    void ranksClassesByAccuracyUnlessTold() throws IOException {
        assertThat(Tunings.in(folder).rankedBy()).isEqualTo(Metric.ACCURACY);
        assertThat(Tunings.in(folder, "tune.metric=mse").rankedBy()).isEqualTo(Metric.MSE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{log: [1e-4, 1e-1]} | {log: []} | 16: experiment.training.updater.learningRate.log: found a list of 0;"
                        + " allowed: two numbers above 0, the lower first",
                "{log: [1e-4, 1e-1]} | {log: [1e-1, 1e-4]} | 16: experiment.training.updater.learningRate.log:"
                        + " found [1e-1, 1e-4]; allowed: two numbers above 0, the lower first",
                "{log: [1e-4, 1e-1]} | {log: [0, 1e-1]} | 16: experiment.training.updater.learningRate.log:"
                        + " found [0, 1e-1]; allowed: two numbers above 0, the lower first",
                "{log: [1e-4, 1e-1]} | {log: [1, 1]} | 16: experiment.training.updater.learningRate.log:"
                        + " found [1, 1]; allowed: two numbers above 0, the lower first",
                "{log: [1e-4, 1e-1]} | {log: [1e-4, 1e-1], base: 2} | 16: experiment.training.updater.learningRate.base:"
                        + " unknown key; allowed: log",
                "{log: [1e-4, 1e-1]} | {uniform: [1, 2000]} | 16: experiment.training.updater.learningRate: found 2000.0;"
                        + " allowed: a number in (0, 1000]",
                "{int: [2, 4]} | {int: [4, 2]} | 9: experiment.network.layers[0].filters.int: found [4, 2];"
                        + " allowed: two whole numbers, the lower first",
                "{int: [2, 4]} | {int: [2.5, 4]} | 9: experiment.network.layers[0].filters.int[0]: found 2.5;"
                        + " allowed: two whole numbers, the lower first",
                "{int: [2, 4]} | {int: [0, 4]} | 9: experiment.network.layers[0].filters: found 0;"
                        + " allowed: a number in [1, 65536]",
                "{int: [2, 4]} | {uniform: [2, 4]} | 9: experiment.network.layers[0].filters: found 2.0;"
                        + " allowed: a whole number in [1, 65536]",
                "{int: [2, 4]} | {itn: [2, 4]} | 9: experiment.network.layers[0].filters.itn: unknown key;"
                        + " allowed: uniform, log, int, choice; did you mean int?",
                "{log: [1e-4, 1e-1]} | {lgo: [1e-4, 1e-1]} | 16: experiment.training.updater.learningRate.lgo: unknown key;"
                        + " allowed: uniform, log, int, choice; did you mean log?",
                "{choice: [mse, mcxent]} | {choice: []} | 15: experiment.loss.choice: found a list of 0;"
                        + " allowed: a list of two different values or more, none of them a space",
                "{choice: [mse, mcxent]} | {choice: [mse]} | 15: experiment.loss.choice: found a list of 1;"
                        + " allowed: a list of two different values or more, none of them a space",
                "{choice: [mse, mcxent]} | {choice: [mse, mse]} | 15: experiment.loss.choice: found [mse, mse];"
                        + " allowed: a list of two different values or more, none of them a space",
                "{choice: [mse, mcxent]} | {choice: [mse, msee]} | 15: experiment.loss.choice[1]: found msee; allowed: mse,"
                        + " mae, l1, l2, mcxent, nll, xent, hinge, squared_hinge, kld, poisson, msle, mape, cosine;"
                        + " did you mean mse?",
                "name: tiny | name: {choice: [a, b]} | 5: experiment.name: found a space; allowed: a constant: all"
                        + " candidates are measured on the same examples, under one name and seed",
                "name: tiny | 'name: tiny\n  seed: {int: [1, 5]}' | 6: experiment.seed: found a space; allowed: a constant:"
                        + " all candidates are measured on the same examples, under one name and seed",
                "source: xo | source: {choice: [xo, mnist]} | 6: experiment.data.source: found a space; allowed: a constant:"
                        + " all candidates are measured on the same examples, under one name and seed",
                "trainExamples: 120 | trainExamples: {int: [100, 200]} | 6: experiment.data.trainExamples: found a space;"
                        + " allowed: a constant: all candidates are measured on the same examples, under one name and seed",
                "epochs: 2 | 'epochs: 2, validationShare: 0.1' | 16: experiment.training.validationShare: found 0.1;"
                        + " allowed: nothing: the search sets it",
                "candidates: 6 | candidates: {int: [1, 5]} | 2: candidates: found a map of int; allowed: a whole number in"
                        + " [1, 100000]",
                "candidates: 6 | generator: random | ' candidates: found nothing; allowed: a number, or one of minutes:"
                        + " only a grid ends by itself'",
                "candidates: 6 | candidats: 6 | 2: candidats: unknown key; allowed: name, generator, candidates, minutes,"
                        + " seed, validationShare, metric, earlyStopping, gridPoints, population, experiment;"
                        + " did you mean candidates?",
                "repeat: [0, 2] | repeat: [2, 0] | 11: experiment.network.layers[2].repeat: found [2, 0]; allowed: two whole"
                        + " numbers, the lower first",
                "repeat: [0, 2] | repeat: [0, 200] | 11: experiment.network.layers[2].repeat: found [0, 200]; allowed:"
                        + " two whole numbers in [0, 100]",
                "candidates: 6 | 'candidates: 6\nmetric: r2' | 3: metric: found r2; allowed: accuracy, loss, mse or mae",
                "candidates: 6 | 'candidates: 6\nmetric: loss' | 3: metric: found loss; allowed: another: the candidates'"
                        + " losses are on different scales",
            })
    void refusesABadSpaceWithItsPlace(String good, String bad, String message) throws IOException {
        assertThat(Tunings.TEXT).contains(good);
        Path file = folder.resolve("bad.yaml");
        Files.writeString(file, Tunings.TEXT.replace(good, bad));

        Failure failure = catchThrowableOfType(Failure.class, () -> TuningFile.read(file, List.of()));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
        assertThat(failure).hasMessage(file + ":" + message);
    }

    @Test
    void refusesAnExperimentWithoutASpace() throws IOException {
        Path file = folder.resolve("fixed.yaml");
        Files.writeString(file, "name: fixed\ncandidates: 3\nexperiment:\n  name: tiny\n");

        assertThatThrownBy(() -> TuningFile.read(file, List.of()))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith(file + ":3: experiment: found no space; allowed: an experiment with a space");
    }
}
