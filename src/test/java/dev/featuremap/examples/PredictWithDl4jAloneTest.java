package dev.featuremap.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.data.DataFolder;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.ExperimentRun;
import dev.featuremap.train.PicturePreparation.Inversion;
import dev.featuremap.train.SavedRun;
import dev.featuremap.train.TrainingWatcher;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class PredictWithDl4jAloneTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"1, false, unit", "1, true, signed", "3, false, signed", "3, true, raw"})
    void givesTheVeryNumbersOfPredict(int channels, boolean invert, String scaling) throws IOException {
        Random random = new Random(5);
        for (int i = 0; i < 6; i++) {
            Path file = folder.resolve("pictures/" + (i % 2 == 0 ? "dots" : "lines") + "/" + i + ".png");
            Files.createDirectories(file.getParent());
            int type = i < 2 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
            ImageIO.write(noise(type, random), "png", file.toFile());
        }
        RunDirectory run = train(channels, invert, scaling);
        try (SavedRun saved = SavedRun.open(run);
                var files = Files.walk(folder.resolve("pictures"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                double[] alone = PredictWithDl4jAlone.outputs(
                        run.path().toString(),
                        new ObjectMapper()
                                .readTree(run.path().resolve("input.json").toFile()),
                        file.toFile());
                assertThat(alone)
                        .containsExactly(
                                saved
                                        .predictor()
                                        .predict(List.of(saved.preparation().prepare(file, Inversion.AUTO)))
                                        .get(0)
                                        .probabilities()
                                        .values()
                                        .stream()
                                        .mapToDouble(Double::doubleValue)
                                        .toArray(),
                                within(1e-6));
            }
        }
    }

    private RunDirectory train(int channels, boolean invert, String scaling) {
        String experiment = """
                name: noise
                data: {source: images, folder: "%s", size: 7, channels: %d, invert: %s, scaling: %s}
                network: {layers: [{type: convolution, filters: 3, kernel: 3, activation: relu}, {type: output, units: 2}]}
                training: {epochs: 1, batchSize: 2}
                """.formatted(folder.resolve("pictures"), channels, invert, scaling);
        Workspace workspace = new Workspace(folder);
        RunDirectory run = RunDirectory.create(folder.resolve("run"));
        new ExperimentRun(workspace, DataFolder.in(workspace.data()))
                .run(ExperimentFile.parse(experiment, "noise", List.of()), run, TrainingWatcher.NONE);
        return run;
    }

    private static BufferedImage noise(int type, Random random) {
        BufferedImage image = new BufferedImage(7, 7, type);
        for (int i = 0; i < 49; i++) {
            if (type == BufferedImage.TYPE_BYTE_GRAY) {
                image.getRaster().setSample(i % 7, i / 7, 0, random.nextInt(256));
            } else {
                image.setRGB(i % 7, i / 7, random.nextInt(1 << 24));
            }
        }
        return image;
    }
}
