package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.featuremap.data.XoDrawing;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class RunCommandsTest {
    @TempDir
    static Path folder;

    private static Path run;

    @BeforeAll
    static void train() {
        run = folder.resolve("run");
        Run trained = Run.of(
                "train",
                "--json",
                "--run-dir",
                run.toString(),
                "data.size=9",
                "data.trainExamples=600",
                "data.testExamples=100",
                "training.epochs=4");
        assertThat(trained.exitCode()).as(trained.err()).isZero();
    }

    @Test
    void evaluateRepeatsTheRunsOwnScores() throws IOException {
        Run evaluated = Run.of("evaluate", run.toString(), "--json");
        assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
        JsonNode result = new ObjectMapper().readTree(run.resolve("result.json").toFile());
        ObjectNode scores = (ObjectNode) new ObjectMapper().readTree(evaluated.out());
        assertThat(scores.remove("split").asText()).isEqualTo("test");
        assertThat(scores.remove("own_data").asBoolean()).isTrue();
        assertThat(scores.remove("data").get("source").asText()).isEqualTo("xo");
        assertThat(scores).isEqualTo(result.get("test"));
    }

    @Test
    void evaluateSaysOnWhatAndTakesAnotherSplit() {
        Run train = Run.of("evaluate", run.toString(), "--split", "train");
        assertThat(train.exitCode()).as(train.err()).isZero();
        assertThat(train.out()).contains(" on 600 train examples of the run's own data\n");
        Run other = Run.of(
                "evaluate", run.toString(), "--data", "{source: xo, size: 9, testExamples: 40, deform: {noise: 0.1}}");
        assertThat(other.out()).contains(" on 40 test examples of other data: {source: xo, ");
        Run validation = Run.of("evaluate", run.toString(), "--split", "validation");
        assertThat(validation.exitCode()).isEqualTo(2);
        assertThat(validation.err()).contains("held no validation data out");
        Run unknown = Run.of("evaluate", run.toString(), "--split", "valid");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("train, validation, test");
        assertThat(Run.of("evaluate", run.toString(), "--split", "validation", "--data", "xo")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void evaluateTakesOtherData() throws IOException {
        Run evaluated = Run.of(
                "evaluate",
                run.toString(),
                "--json",
                "--data",
                "{source: xo, size: 9, testExamples: 40, deform: {noise: 0.1}}");
        assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
        assertThat(new ObjectMapper().readTree(evaluated.out()).get("examples").asInt())
                .isEqualTo(40);
    }

    @Test
    void evaluateRefusesDataOfAnotherShapeWithBothShapes() {
        Run evaluated = Run.of("evaluate", run.toString(), "--data", "{source: xo, size: 12, deform: {noise: 0.1}}");
        assertThat(evaluated.exitCode()).isEqualTo(4);
        assertThat(evaluated.err()).contains("1x9x9", "1x12x12");
    }

    @Test
    void predictKnowsACleanLetterDarkOnLightOrLightOnDark() throws IOException {
        for (boolean darkInk : new boolean[] {true, false}) {
            for (XoDrawing.Letter letter : XoDrawing.Letter.values()) {
                Path picture = folder.resolve(letter + " 字 " + darkInk + ".png");
                ImageIO.write(picture(letter, darkInk), "png", picture.toFile());
                Run predicted = Run.of("predict", run.toString(), picture.toString(), "--json");
                assertThat(predicted.exitCode()).as(predicted.err()).isZero();
                JsonNode answer = new ObjectMapper()
                        .readTree(predicted.out())
                        .get("predictions")
                        .get(0);
                assertThat(answer.get("label").asText()).isEqualTo(letter.name());
                assertThat(answer.get("inverted").asBoolean()).isEqualTo(darkInk);
                assertThat(answer.get("probabilities").get("X").asDouble()
                                + answer.get("probabilities").get("O").asDouble())
                        .isCloseTo(1, org.assertj.core.api.Assertions.within(1e-5));
            }
        }
    }

    @Test
    void predictRefusesWhatIsNoPicture() throws IOException {
        Path text = Files.writeString(folder.resolve("text.png"), "no picture");
        Run predicted = Run.of("predict", run.toString(), text.toString());
        assertThat(predicted.exitCode()).isEqualTo(3);
        assertThat(predicted.err()).startsWith("error: " + text);
    }

    @Test
    void trainRefusesARunDirectoryThatIsThereBeforeAnythingElse() {
        Run again = Run.of(
                "train", "conf/experiment/mnist-lenet.yaml", "data.folder=/nowhere", "--run-dir", run.toString());
        assertThat(again.exitCode()).isEqualTo(5);
        assertThat(again.err()).contains("run directory " + run + " is already there");
    }

    @Test
    void trainRefusesARunDirectoryUnderAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Run refused = Run.of("train", "--run-dir", file.resolve("run").toString());
        assertThat(refused.exitCode()).isEqualTo(5);
        assertThat(refused.err().lines()).hasSize(2);
    }

    @Test
    void evaluateSaysHowAFolderIsNamed() {
        Run refused = Run.of("evaluate", run.toString(), "--data", folder.toString());
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("'{source: images, folder: " + folder + "}'");
    }

    @Test
    void showsExamplesAsPictureAndCharacters() throws IOException {
        Path sheet = folder.resolve("sheets/xo.png");
        Run shown = Run.of("data", "show", "xo", "--png", sheet.toString(), "--count", "20");
        assertThat(shown.exitCode()).as(shown.err()).isZero();
        assertThat(shown.out()).contains("@@", "20 of 2000 examples drawn");
        assertThat(ImageIO.read(sheet.toFile()).getWidth()).isGreaterThan(500);
    }

    @Test
    void showsExamplesWithValuesInPlaceOfTheFiles() throws IOException {
        String sheet = folder.resolve("xo.png").toString();
        Run shown =
                Run.of("data", "show", "xo", "data.size=30", "data.augment.rotation=40", "--augmented", "--png", sheet);
        assertThat(shown.exitCode()).as(shown.err()).isZero();
        assertThat(shown.out()).contains("-".repeat(2 * 30));
        assertThat(Run.of("data", "show", "xo", "data.augment.rotaton=40").err())
                .contains("rotation");
        assertThat(Run.of("data", "show", "xo", "data.augment={}", "--augmented")
                        .err())
                .contains("data.augment.rotation=10");
    }

    @Test
    void refusesANetworkThatCannotBeBeforeTraining() {
        Run refused = Run.of("network", "summary", "network.layers[0].kernel=15");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("15x15", "12x12");
    }

    private static BufferedImage picture(XoDrawing.Letter letter, boolean darkInk) {
        XoDrawing drawing = XoDrawing.clean(letter, 9);
        BufferedImage image = new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 9; y++) {
            for (int x = 0; x < 9; x++) {
                boolean ink = drawing.pixel(y, x) > 0;
                image.setRGB(x, y, ink == darkInk ? 0x000000 : 0xffffff);
            }
        }
        return image;
    }

    @Test
    void trainLeavesAReport() {
        assertThat(run.resolve("report.html")).isNotEmptyFile();
    }

    /** A result is not kept from who waits for it; with {@code --json}, where one object is printed, that one tells of the failure. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void trainTellsItsResultWhereTheReportCannotBeWritten(boolean json, @TempDir Path own) throws IOException {
        Path further = own.resolve("run");
        assertThat(Run.of("train", "training.epochs=1", "data.trainExamples=40", "--run-dir", further.toString())
                        .exitCode())
                .isZero();
        Files.delete(further.resolve("report.html"));
        Files.createDirectories(further.resolve("report.html/kept"));
        String[] resume = {"train", "--resume", further.toString(), "training.epochs=2", json ? "--json" : "--quiet"};
        Run trained = Run.of(resume);
        assertThat(trained.exitCode()).isEqualTo(5);
        assertThat(trained.out() + trained.err()).contains("report.html");
        if (json) {
            ObjectMapper one = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
            assertThat(one.readTree(trained.out()).fieldNames()).toIterable().containsExactly("error");
        } else {
            assertThat(trained.out()).contains("done after 2 epochs").endsWith("run directory: " + further + "\n");
        }
    }

    @Test
    void reportWritesOneRunsPageAnew() throws IOException {
        byte[] before = Files.readAllBytes(run.resolve("report.html"));
        Files.delete(run.resolve("report.html"));
        Run reported = Run.of("report", run.toString());
        assertThat(reported.exitCode()).as(reported.err()).isZero();
        assertThat(reported.out()).isEqualTo("report: " + run.resolve("report.html") + "\n");
        assertThat(run.resolve("report.html")).hasBinaryContent(before);
    }

    @Test
    void reportPutsSeveralRunsSideBySide() throws IOException {
        Path page = folder.resolve("both.html");
        Run reported = Run.of("report", run.toString(), run.toString(), "--out", page.toString(), "--json");
        assertThat(reported.exitCode()).as(reported.err()).isZero();
        assertThat(new ObjectMapper().readTree(reported.out()).get("report").asText())
                .isEqualTo(page.toString());
        assertThat(page).content().contains("2 runs side by side", "href=\"./run/report.html\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"report", "evaluate", "predict", "explain", "play"})
    void aFolderOfRunsIsRefusedWithTheNameOfOneInIt(String command) {
        Run refused = Run.of(command, folder.toString());
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("is not a run's directory: it has no experiment.yaml", "such as " + run);
    }

    @Test
    void aRunThatDivergedIsRefusedWithTheWayOn(@TempDir Path elsewhere) {
        Path diverged = elsewhere.resolve("diverged");
        Run trained = Run.of(
                "train",
                "data.trainExamples=60",
                "data.testExamples=20",
                "loss=mse",
                "network.layers=[{type: dense, units: 8}, {type: output, units: 2, activation: identity}]",
                "training.updater={type: sgd, learningRate: 1000}",
                "training.epochs=60",
                "--run-dir",
                diverged.toString());
        assertThat(trained.exitCode()).as(trained.err()).isEqualTo(6);
        for (String command : List.of("evaluate", "predict", "explain", "play")) {
            Run refused = Run.of(command, diverged.toString());
            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.err())
                    .contains(
                            diverged + " holds a run that diverged: it has no model.zip",
                            "featuremap report shows how it went; train again with a lower"
                                    + " training.updater.learningRate");
        }
    }
}
