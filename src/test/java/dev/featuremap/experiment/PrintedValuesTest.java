package dev.featuremap.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.featuremap.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintedValuesTest {
    static List<Path> shipped() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("conf/experiment"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void areThoseOfTheExperimentThatWasPrinted(Path file) {
        Experiment experiment = ExperimentFile.read(
                file, List.of("data.augment={rotation: 10, elastic: {alpha: 30}}", "training.checkpoint.everySteps=7"));

        assertThat(new PrintedValues().of(ExperimentFile.print(experiment), "x"))
                .isEqualTo(ExperimentFile.values(experiment));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a b/c: d",
                "/x #1/y",
                "/quote'\"/z",
                "/字/ä",
                "/null",
                "/line\nbreak",
                "/tab\there",
                "/{a: 1}",
                "/[x]"
            })
    void areWhateverTextAValueIs(String folder) {
        Experiment experiment = ExperimentFile.parse("""
                name: x
                data: {source: images, folder: /x}
                network: {layers: [{type: output, units: 2, activation: softmax}]}
                training: {epochs: 1, updater: {type: sgd, learningRate: 0.1}}
                """, "x", List.of("data.folder=" + folder));

        assertThat(new PrintedValues().of(ExperimentFile.print(experiment), "x"))
                .isEqualTo(ExperimentFile.values(experiment))
                .containsEntry("data.folder", folder);
    }

    @Test
    void areReadAsAnyExperimentWhereItIsWrittenInAnotherWay() {
        String written = """
                # by hand
                name: x
                seed: 3
                data: {source: xo}
                network:
                    layers: [{type: output, units: 2, activation: softmax}]
                training: {epochs: 1, updater: {type: sgd, learningRate: 0.1}}
                """;

        assertThat(new PrintedValues().of(written, "x"))
                .isEqualTo(ExperimentFile.values(ExperimentFile.parse(written, "x", List.of())))
                .containsEntry("network.layers[0].units", "2");
    }

    /** Of two of one form, too: the second is not read as a whole. */
    @Test
    void haveTheDefaultsOfKeysThatCameLater() {
        PrintedValues values = new PrintedValues();
        for (int seed = 1; seed <= 2; seed++) {
            Experiment experiment = ExperimentFile.parse("""
                    name: x
                    data: {source: xo}
                    network: {layers: [{type: output, units: 2, activation: softmax}]}
                    training: {epochs: 1, updater: {type: sgd, learningRate: 0.1}}
                    """, "x", List.of("seed=" + seed));
            String today = ExperimentFile.print(experiment);
            String before = today.replaceAll("(?m)^  labelNoise: .*\\n", "");
            assertThat(before).isNotEqualTo(today);

            assertThat(values.of(today, "x")).isEqualTo(ExperimentFile.values(experiment));
            assertThat(values.of(before, "x")).isEqualTo(ExperimentFile.values(experiment));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "name: x\n", "- a\n- b\n", "name: x\nseed: [\n", "name: x\nname: y\nseed: 1\n", "\u0000"})
    void refuseWhatIsNoExperiment(String text) {
        assertThat(catchThrowableOfType(Failure.class, () -> new PrintedValues().of(text, "x")))
                .isNotNull();
    }
}
