package dev.featuremap.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.run.Mistakes;
import dev.featuremap.run.Predictions;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestPredictionsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"training.keepBest=false", "training.keepBest=true", "loss=hinge"})
    void agreeWithTheResult(String override) {
        Path directory = folder.resolve("run");
        RunResult result = Runs.train(Runs.small("training.epochs=3", override), directory);
        Predictions predictions = RunDirectory.open(directory).predictions().orElseThrow();
        int[][] confusion = new int[2][2];
        for (int i = 0; i < predictions.size(); i++) {
            confusion[predictions.labelledClass(i)][predictions.predictedClass(i)]++;
        }
        List<List<Integer>> counts = new ArrayList<>();
        for (int[] row : confusion) {
            counts.add(Arrays.stream(row).boxed().toList());
        }
        assertThat(counts).isEqualTo(result.test().confusion());
    }

    @Test
    void keepTheWorstMistakesAsPictures() throws IOException {
        Path directory = folder.resolve("run");
        RunResult result = Runs.train(Runs.small("training.epochs=1", "training.updater.learningRate=1e-6"), directory);
        Mistakes mistakes = RunDirectory.open(directory).mistakes().orElseThrow();
        long wrong = Math.round((1 - result.test().accuracy()) * result.test().examples());
        assertThat(mistakes.wrong()).isEqualTo((int) wrong);
        assertThat(mistakes.worst()).hasSize((int) Math.min(24, wrong)).isNotEmpty();
        assertThat(mistakes.worst())
                .isSortedAccordingTo(
                        Comparator.comparing(Mistakes.Mistake::predictedOutput).reversed());
        assertThat(mistakes.worst()).allSatisfy(one -> {
            assertThat(one.label()).isNotEqualTo(one.predicted());
            assertThat(one.predictedOutput()).isGreaterThanOrEqualTo(one.labelOutput());
        });
        byte[] png = Base64.getDecoder().decode(mistakes.worst().get(0).png());
        assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isEqualTo(9);
    }
}
