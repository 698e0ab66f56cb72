package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.featuremap.run.RunDirectory;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code predict} and {@code explain} take, on a run of dark bars and dashes on light paper. */
@Tag("slow")
class PictureArgumentsTest {
    private static final int SIDE = 8;

    @TempDir
    static Path folder;

    private static Path run;
    private static Path pictures;
    private static Path tests;

    @BeforeAll
    static void train() throws IOException {
        pictures = folder.resolve("pictures");
        tests = folder.resolve("tests");
        for (int i = 0; i < 12; i++) {
            for (Path part : i < 3 ? List.of(pictures, tests) : List.of(pictures)) {
                write(part.resolve("bar/" + i + ".png"), true, i, Color.WHITE, Color.BLACK, SIDE);
                write(part.resolve("dash/" + i + ".png"), false, i, Color.WHITE, Color.BLACK, SIDE);
            }
        }
        run = folder.resolve("run");
        Run trained = Run.of(
                "train",
                "--quiet",
                "--run-dir",
                run.toString(),
                "data={source: images, folder: '" + pictures + "', testFolder: '" + tests + "', size: 8}",
                "network.layers=[{type: dense, units: 8, activation: relu}, {type: output, units: 2}]",
                "training.batchSize=4",
                "training.updater={type: adam, learningRate: 0.01}",
                "training.epochs=60");
        assertThat(trained.exitCode()).as(trained.err()).isZero();
    }

    @Test
    void aFolderIsAllItsPicturesInNaturalOrder() throws IOException {
        JsonNode answers = predict(run.toString(), pictures.toString());
        List<String> names = new ArrayList<>();
        answers.forEach(answer -> {
            names.add(pictures.relativize(Path.of(answer.get("image").asText())).toString());
            assertThat(answer.get("inverted").asBoolean()).isFalse();
            assertThat(answer.get("image").asText())
                    .contains(answer.get("label").asText());
        });
        assertThat(names)
                .hasSize(24)
                .startsWith("bar/0.png", "bar/1.png", "bar/2.png")
                .endsWith("dash/11.png");
    }

    @Test
    void aFolderWithoutPicturesIsRefused() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty/.hidden"));
        write(empty.resolve("0.png"), true, 0, Color.WHITE, Color.BLACK, SIDE);
        Run refused = Run.of("predict", run.toString(), empty.getParent().toString());
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.err()).contains("found no .png, .jpg or .jpeg file in this folder");
    }

    @Test
    void manyPicturesGetTheAnswersOfOneEach() throws IOException {
        List<String> many = new ArrayList<>(List.of(run.toString()));
        for (int i = 0; i < 300; i++) {
            many.add(pictures.resolve((i % 2 == 0 ? "bar/" : "dash/") + i % 12 + ".png")
                    .toString());
        }
        JsonNode answers = predict(many.toArray(String[]::new));
        assertThat(answers).hasSize(300);
        for (int i : new int[] {0, 1, 255, 256, 299}) {
            JsonNode alone = predict(run.toString(), many.get(i + 1)).get(0);
            assertThat(answers.get(i).get("image")).isEqualTo(alone.get("image"));
            assertThat(answers.get(i).get("probabilities").get("bar").asDouble())
                    .isCloseTo(alone.get("probabilities").get("bar").asDouble(), within(1e-6));
        }
    }

    @Test
    void anExampleOfTheRunsDataGetsTheAnswerOfPredictionsCsv() throws IOException {
        var predictions = RunDirectory.open(run).predictions().orElseThrow();
        JsonNode answers = predict(run + "#1", "#0", run + "#2");
        for (int i = 0; i < 3; i++) {
            int index = new int[] {1, 0, 2}[i];
            JsonNode answer = answers.get(i);
            assertThat(answer.get("index").asInt()).isEqualTo(index);
            assertThat(answer.get("image").asText())
                    .isEqualTo(tests.resolve(predictions.pictures().get(index)).toString());
            assertThat(answer.get("true_label").asText())
                    .isEqualTo(predictions.classNames().get(predictions.labelledClass(index)));
            assertThat(answer.get("probabilities").get("bar").asDouble())
                    .isCloseTo(predictions.outputs()[index][0], within(1e-6));
        }
        assertThat(Run.of("predict", run + "#0").out()).contains("(its label: bar)");
    }

    @Test
    void anExampleIsOfTheSplitThatIsNamed() throws IOException {
        JsonNode train = predict(run + "#0", "--split", "train").get(0);
        JsonNode test = predict(run + "#0").get(0);
        assertThat(train.get("image")).isNotEqualTo(test.get("image"));
        assertThat(Run.of("predict", run + "#0", "--split", "validation").err())
                .contains("held no validation data out");
    }

    @Test
    void anExampleThatIsNoneIsRefusedWithHowManyThereAre() {
        Run refused = Run.of("predict", run + "#999");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).containsPattern("there are \\d+ test examples, 0 to \\d+");
        Run another = Run.of("predict", run.toString(), folder.resolve("other") + "#0");
        assertThat(another.exitCode()).isEqualTo(2);
        assertThat(another.err()).contains("examples are taken from the run that answers");
        assertThat(Run.of("predict", run.toString()).err()).contains("no picture is named", run + "#0");
    }

    @Test
    void aFileWhoseNameLooksLikeAnExampleIsAFile() throws IOException {
        Path odd = folder.resolve("odd#3");
        write(odd, false, 1, Color.WHITE, Color.BLACK, SIDE);
        assertThat(predict(run.toString(), odd.toString()).get(0).get("label").asText())
                .isEqualTo("dash");
    }

    @Test
    void aDashIsThePictureOnStandardInput() throws IOException {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(Files.readAllBytes(pictures.resolve("dash/4.png"))));
            JsonNode answer = predict(run.toString(), "-").get(0);
            assertThat(answer.get("image").asText()).isEqualTo("standard input");
            assertThat(answer.get("label").asText()).isEqualTo("dash");
            System.setIn(new ByteArrayInputStream(new byte[] {1, 2, 3}));
            Run refused = Run.of("predict", run.toString(), "-");
            assertThat(refused.exitCode()).isEqualTo(3);
            assertThat(refused.err()).startsWith("error: standard input: ");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void aTildeIsTheHomeFolder() throws IOException {
        String before = System.getProperty("user.home");
        try {
            System.setProperty("user.home", folder.toString());
            assertThat(predict("~/run", "~/pictures/bar/3.png")
                            .get(0)
                            .get("label")
                            .asText())
                    .isEqualTo("bar");
        } finally {
            System.setProperty("user.home", before);
        }
    }

    @Test
    void aPictureThatLooksUnlikeTheTrainingPicturesIsTurnedRound() throws IOException {
        Path light = folder.resolve("light.png");
        write(light, true, 2, Color.BLACK, Color.WHITE, 3 * SIDE);
        JsonNode answer = predict(run.toString(), light.toString()).get(0);
        assertThat(answer.get("inverted").asBoolean()).isTrue();
        assertThat(answer.get("label").asText()).isEqualTo("bar");
        assertThat(answer.get("resized_from").asText()).isEqualTo("24x24");
        assertThat(answer.get("made_grey").asBoolean()).isTrue();
        assertThat(predict(run.toString(), light.toString(), "--invert", "no")
                        .get(0)
                        .get("inverted")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void whatWasDoneIsToldEvenWhenQuiet() throws IOException {
        Path light = folder.resolve("told.png");
        write(light, true, 2, Color.BLACK, Color.WHITE, 2 * SIDE);
        for (String command : new String[] {"predict", "explain"}) {
            Run told = Run.of(command, run.toString(), light.toString(), "--quiet");
            assertThat(told.exitCode()).as(told.err()).isZero();
            assertThat(told.err())
                    .isEqualTo(light + ": resized from 16x16, colours made grey, light and dark exchanged"
                            + " (--invert no keeps them)\n");
        }
        Path own = pictures.resolve("bar/0.png");
        assertThat(Run.of("predict", run.toString(), own.toString(), "--quiet").err())
                .isEqualTo(own + ": of the network's size, colours made grey, light and dark kept\n");
    }

    @Test
    void drawingsAreFittedAsMnistsDigitsWereWhenAsked() throws IOException {
        Path drawing = folder.resolve("drawing.png");
        write(drawing, true, 2, Color.WHITE, Color.BLACK, 5 * SIDE);
        Path page = folder.resolve("fitted.html");

        assertThat(predict(run.toString(), drawing.toString()).get(0).has("fitted_ink"))
                .isFalse();
        assertThat(predict(run.toString(), drawing.toString(), "--fit", "mnist")
                        .get(0)
                        .get("fitted_ink")
                        .asText())
                .matches("\\d+x\\d+");
        Run explained =
                Run.of("explain", run.toString(), drawing.toString(), "--fit", "mnist", "--html", page.toString());
        assertThat(explained.err()).contains("fitted as MNIST's digits");
        assertThat(page).content().contains("fitted as MNIST&#39;s digits");
    }

    @Test
    void onlyOtherDataThanTheRunsOwnAreFitted() {
        Run refused = Run.of("evaluate", run.toString(), "--fit", "mnist");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("--fit mnist is for drawings of --data");

        String data = "{source: images, folder: '" + pictures + "', size: 8}";
        Run scored = Run.of("evaluate", run.toString(), "--data", data, "--fit", "mnist", "--json");
        assertThat(scored.exitCode()).as(scored.err()).isZero();
        assertThat(scored.out()).contains("\"fit\" : \"mnist\"");
        assertThat(Run.of("evaluate", run.toString(), "--data", data, "--json").out())
                .contains("\"fit\" : \"none\"");
    }

    @Test
    void evaluateTellsHowTheScoredPicturesWereVaried() {
        Run scored = Run.of("evaluate", run.toString(), "--augment", "{noise: 0.5}", "--json");
        assertThat(scored.exitCode()).as(scored.err()).isZero();
        assertThat(scored.out()).contains("\"augmented\"").contains("\"noise\" : 0.5");
        assertThat(Run.of("evaluate", run.toString(), "--augment", "{noise: 0.5}")
                        .out())
                .contains("varied by {noise: 0.5}");
        assertThat(Run.of("evaluate", run.toString(), "--json").out()).doesNotContain("augmented");

        Run refused = Run.of("evaluate", run.toString(), "--augment", "{nois: 0.5}");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("nois");
    }

    @Test
    void explainTakesSeveralPicturesToo() throws IOException {
        Path page = folder.resolve("why.html");
        Run explained = Run.of("explain", run + "#0", "#1", "--html", page.toString(), "--json");
        assertThat(explained.exitCode()).as(explained.err()).isZero();
        JsonNode explanations = new ObjectMapper().readTree(explained.out()).get("explanations");
        assertThat(explanations).hasSize(2);
        assertThat(explanations.get(1).get("index").asInt()).isEqualTo(1);
        assertThat(folder.resolve("why-1.html")).exists();
        assertThat(folder.resolve("why-2.html")).exists();
        assertThat(page).doesNotExist();
    }

    @Test
    void reportLinksTheFilesOfMistakesAndSaysHowToExplainThem() throws IOException {
        Path wrong = folder.resolve("wrong ' run");
        Run trained = Run.of(
                "train",
                "--quiet",
                "--run-dir",
                wrong.toString(),
                "data={source: images, folder: '" + pictures + "', testFolder: '" + tests + "', size: 8}",
                "network.layers=[{type: output, units: 2}]",
                "training.updater.learningRate=1e-9",
                "training.epochs=1");
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        var mistake = RunDirectory.open(wrong).mistakes().orElseThrow().worst().get(0);
        Path file = tests.resolve(mistake.picture());
        assertThat(mistake.place()).isEqualTo(file.toString());
        assertThat(wrong.resolve("report.html"))
                .content()
                .contains("href=\"" + file.toUri() + "\"", ">" + mistake.picture() + "</a>")
                .contains("./featuremap explain &#39;" + folder + "/wrong &#39;\\&#39;&#39; run#" + mistake.index());
    }

    private static JsonNode predict(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("predict", "--json"));
        all.addAll(List.of(arguments));
        Run predicted = Run.of(all.toArray(String[]::new));
        assertThat(predicted.exitCode()).as(predicted.err()).isZero();
        return new ObjectMapper().readTree(predicted.out()).get("predictions");
    }

    /** A bar or a dash, at one of several places. */
    private static void write(Path file, boolean bar, int place, Color paper, Color ink, int side) throws IOException {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(paper);
        pen.fillRect(0, 0, side, side);
        pen.setColor(ink);
        pen.scale(side / (double) SIDE, side / (double) SIDE);
        pen.fillRect(bar ? 2 + place % 4 : 1, bar ? 1 : 2 + place % 4, bar ? 1 : 6, bar ? 6 : 1);
        pen.dispose();
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }
}
