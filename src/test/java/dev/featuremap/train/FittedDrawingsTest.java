package dev.featuremap.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.data.DataFolder;
import dev.featuremap.experiment.Augmentation;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.experiment.Split;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.Scores;
import dev.featuremap.train.PicturePreparation.Fit;
import dev.featuremap.train.PicturePreparation.Inversion;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred drawings, shown to a LeNet that has seen 600 of MNIST's digits. */
@Tag("slow")
class FittedDrawingsTest {
    @TempDir
    Path folder;

    @Test
    void areReadFarBetterFittedAsMnistsDigitsWere() throws URISyntaxException {
        Path drawings = folder.resolve("drawings");
        StrokeDigits.draw(drawings, 1);
        Path run = folder.resolve("run");
        Runs.train(sample(), run);

        try (SavedRun saved = SavedRun.open(RunDirectory.open(run))) {
            Scores whole = score(saved, drawings, Fit.NONE);
            Scores fitted = score(saved, drawings, Fit.MNIST);

            assertThat(fitted.examples()).isEqualTo(100);
            assertThat(fitted.accuracy()).isGreaterThan(0.85);
            assertThat(whole.accuracy()).isLessThan(fitted.accuracy() - 0.4);
            assertThat(score(saved, drawings, Fit.AUTO))
                    .as("not a run of MNIST's")
                    .isEqualTo(whole);
            assertThat(rightOnesOfPredict(saved, drawings, Fit.MNIST)).isEqualTo(Math.round(100 * fitted.accuracy()));
            assertThat(rightOnesOfPredict(saved, drawings, Fit.NONE)).isEqualTo(Math.round(100 * whole.accuracy()));
        }
    }

    private static long rightOnesOfPredict(SavedRun saved, Path drawings, Fit fit) {
        PicturePreparation preparation = saved.preparation(fit);
        long right = 0;
        for (int i = 0; i < 100; i++) {
            PreparedPicture drawing =
                    preparation.prepare(drawings.resolve(i / 10 + "/" + i % 10 + ".png"), Inversion.AUTO);
            assertThat(drawing.done().fittedInk() != null).isEqualTo(fit == Fit.MNIST);
            String answer = saved.predictor().predict(List.of(drawing)).get(0).label();
            right += answer.equals(Integer.toString(i / 10)) ? 1 : 0;
        }
        return right;
    }

    private Scores score(SavedRun saved, Path drawings, Fit fit) {
        Experiment data = ExperimentFile.read(
                Path.of("conf/experiment/mnist-lenet.yaml"),
                List.of("data={source: images, folder: '" + drawings + "', testFolder: '" + drawings + "'}"));
        return saved.score(
                data.data(), Split.TEST, DataFolder.withoutFetching(folder.resolve("data")), fit, Augmentation.NONE);
    }

    private static Experiment sample() throws URISyntaxException {
        String images = sample("images-idx3-ubyte.gz");
        String labels = sample("labels-idx1-ubyte.gz");
        return ExperimentFile.read(
                Path.of("conf/experiment/mnist-lenet.yaml"),
                List.of(
                        "data={source: idx, trainImages: '%s', trainLabels: '%s', testImages: '%s', testLabels: '%s', %s}"
                                .formatted(
                                        images,
                                        labels,
                                        images,
                                        labels,
                                        "augment: {rotation: 12, scale: 0.1, shear: 12, elastic: {alpha: 30}}"),
                        "training.epochs=25"));
    }

    private static String sample(String name) throws URISyntaxException {
        return Path.of(FittedDrawingsTest.class
                        .getResource("/mnist-sample/sample-" + name)
                        .toURI())
                .toString();
    }
}
