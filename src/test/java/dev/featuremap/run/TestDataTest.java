package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestDataTest {
    @TempDir
    Path folder;

    private static final Map<String, String> FILES =
            Map.of("pics", "aa", "more", "bb", "test.gz", "cc", "labels.gz", "dd");

    @Test
    void howPicturesArePreparedAndTrainedOnChangesNoTestData() {
        assertThat(pictures("data.size=12", "data.invert=true", "data.channels=3", "data.scaling=raw"))
                .isEqualTo(pictures());
        assertThat(pictures("training.epochs=7", "loss=mse")).isEqualTo(pictures());
        assertThat(pictures("data.labelNoise=0.4", "training.validationFold={fold: 1, of: 3}"))
                .isEqualTo(pictures());
    }

    @Test
    void anotherShareFolderOrSeedIsOtherTestData() {
        assertThat(pictures("data.testShare=0.5")).isNotEqualTo(pictures());
        assertThat(pictures("data.folder=more")).isNotEqualTo(pictures());
        assertThat(pictures("data.testFolder=more")).isNotEqualTo(pictures());
        assertThat(pictures("seed=2")).isNotEqualTo(pictures());
    }

    @Test
    void otherTrainingFilesAreTheSameTestData() {
        String idx =
                "data={source: idx, trainImages: %s, trainLabels: %s, testImages: x/test.gz, testLabels: x/labels.gz}";
        assertThat(pictures(idx.formatted("a", "b"))).isEqualTo(pictures(idx.formatted("c", "d")));
        assertThat(pictures(idx.formatted("a", "b")))
                .isNotEqualTo(pictures(idx.formatted("a", "b").replace("test.gz", "pics")));
    }

    @Test
    void drawingsAreToldApartByWhatDrawsThem() {
        String xo = "data={source: xo, trainExamples: %d, testExamples: 50, deform: {shift: %d}}";
        assertThat(pictures(xo.formatted(100, 1))).isEqualTo(pictures(xo.formatted(200, 1)));
        assertThat(pictures(xo.formatted(100, 1))).isNotEqualTo(pictures(xo.formatted(100, 0)));
    }

    @Test
    void isKnownOfARunThatTellsItsDatasFiles() throws IOException {
        RunDirectory run = EndedRun.ofClasses(folder.resolve("run"));

        assertThat(TestData.sha256(run)).contains(TestData.sha256(run.experiment(), Map.of()));
        Files.delete(run.path().resolve("provenance.json"));
        assertThat(TestData.sha256(run)).isEmpty();
    }

    private static String pictures(String... overrides) {
        String text = """
                name: t
                seed: 1
                data: {source: images, folder: pics}
                network: {layers: [{type: output, units: 2}]}
                training: {epochs: 1}
                """;
        Experiment experiment = ExperimentFile.parse(text, "t.yaml", List.of(overrides));
        return TestData.sha256(experiment, FILES);
    }
}
