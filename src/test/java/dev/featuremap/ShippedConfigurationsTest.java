package dev.featuremap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.data.Datasets;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.experiment.LabelMode;
import dev.featuremap.network.NetworkBuilder;
import dev.featuremap.network.SavedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedConfigurationsTest {
    @TempDir
    Path folder;

    static Stream<Path> experiments() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("conf/experiment"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void theHeadNamesTheCommandAndTheTime(Path file) throws IOException {
        List<String> head = Files.readAllLines(file).stream()
                .takeWhile(line -> line.startsWith("#"))
                .toList();
        String text = String.join("\n", head);
        assertThat(text).contains("./featuremap train").containsPattern("about \\d+ (s|min)");
        if (!file.endsWith("xo-cnn.yaml")) {
            assertThat(text).contains("./featuremap train " + file);
        }
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void isCalledAsItsFile(Path file) {
        assertThat(file).hasFileName(ExperimentFile.read(file, List.of()).name() + ".yaml");
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void theSavedNetworkIsTheOneTheExperimentBuilds(Path file) throws IOException {
        Experiment experiment = ExperimentFile.read(file, List.of());
        Path saved = folder.resolve("network.json");
        SavedNetwork.write(NetworkBuilder.configuration(experiment, Datasets.shapeOf(experiment.data())), saved);
        assertThat(Path.of("conf/network", experiment.name() + ".json")).hasSameTextualContentAs(saved);
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void everyClassifierCanAlsoBeTrainedOnMseAndMae(Path file) {
        for (String loss : List.of("mse", "mae")) {
            Experiment experiment = ExperimentFile.read(file, List.of("loss=" + loss));
            assertThat(NetworkBuilder.network(
                                    NetworkBuilder.configuration(experiment, Datasets.shapeOf(experiment.data())))
                            .numParams())
                    .isPositive();
            assertThat(experiment.data().label())
                    .isEqualTo(file.toString().contains("linear") ? LabelMode.VALUE : LabelMode.CLASS);
        }
    }
}
