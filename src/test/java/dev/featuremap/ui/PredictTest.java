package dev.featuremap.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.featuremap.data.DataFolder;
import dev.featuremap.experiment.Split;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.PicturePreparation.Inversion;
import dev.featuremap.train.Predictor.Prediction;
import dev.featuremap.train.Runs;
import dev.featuremap.train.SavedRun;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that is asked over HTTP answers as {@code predict} does, however many ask. */
@Tag("slow")
class PredictTest {
    private static final int EXAMPLES = 60;
    /** In a batch of another size a float32 sum may end in another digit, as with {@code predict} itself. */
    private static final double LAST_DIGIT = 1e-6;

    @TempDir
    static Path folder;

    private static UiServer server;
    private static Asking asking;
    private static List<byte[]> levels;
    private static List<Prediction> expected;

    @BeforeAll
    static void start() throws IOException {
        Path runs = Files.createDirectory(folder.resolve("runs"));
        for (String name : List.of("a run, 名", "two", "three", "four", "five")) {
            Runs.train(Runs.small("training.epochs=1", "seed=" + name.length()), runs.resolve(name));
        }
        try (SavedRun saved = SavedRun.open(RunDirectory.open(runs.resolve("a run, 名")))) {
            var examples = saved.examples(Split.TEST, DataFolder.withoutFetching(folder.resolve("data")));
            levels = IntStream.range(0, EXAMPLES)
                    .mapToObj(i -> examples.picture(i).levels())
                    .toList();
            expected = saved.predictor()
                    .predict(IntStream.range(0, EXAMPLES)
                            .mapToObj(i -> saved.preparation().prepare(examples, i, Inversion.NO))
                            .toList());
        }
        server = UiServer.start(runs, new Workspace(folder), UiServer.Settings.LOCAL);
        asking = new Asking(server.address());
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @Test
    void levelsOfABatchAreAnsweredAsPredictAnswersThem() throws Exception {
        String batch =
                IntStream.range(0, EXAMPLES).mapToObj(PredictTest::rows).collect(Collectors.joining(",", "[", "]"));
        JsonNode answers = answers(batch);
        assertThat(answers).hasSize(EXAMPLES);
        for (int i = 0; i < EXAMPLES; i++) {
            assertSame(answers.get(i), i);
        }
    }

    @Test
    void onePictureMayBeGivenWithItsChannelOrWithout() throws Exception {
        assertSame(answers(rows(7)).get(0), 7);
        assertSame(answers("[" + rows(7) + "]").get(0), 7);
        assertSame(answers("[[" + rows(7) + "]]").get(0), 7);
    }

    @Test
    void aPngIsAnsweredAsPredictAnswersIt() throws Exception {
        HttpResponse<String> answer =
                asking.post("api/runs/a%20run,%20%E5%90%8D/predict?invert=no", "image/png", png(3));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode told = asking.json(answer);
        assertSame(told.get("predictions").get(0), 3);
        assertThat(told.get("milliseconds").asDouble()).isPositive();
        for (String wrong : List.of("invert=perhaps", "fit=emnist", "invrt=no")) {
            assertThat(asking.post("api/runs/two/predict?" + wrong, "image/png", png(3))
                            .statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    @Test
    void aDrawingIsFittedWhereThatIsAskedFor() throws Exception {
        BufferedImage drawn = new BufferedImage(90, 60, BufferedImage.TYPE_BYTE_GRAY);
        drawn.createGraphics().fillRect(10, 20, 12, 30);
        JsonNode whole = predicted("fit=none", drawn);
        assertThat(whole.get("resized_from").asText()).isEqualTo("90x60");
        assertThat(whole.has("fitted_ink")).isFalse();
        assertThat(predicted("fit=mnist", drawn).get("fitted_ink").asText()).isEqualTo("12x30");
        // Levels are taken as they are.
        assertThat(asking.post(
                                "api/runs/two/predict?fit=mnist",
                                "application/json",
                                rows(0).getBytes(StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(400);
    }

    private static JsonNode predicted(String query, BufferedImage image) throws Exception {
        HttpResponse<String> answer = asking.post("api/runs/two/predict?" + query, "image/png", png(image));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return asking.json(answer).get("predictions").get(0);
    }

    @Test
    void aRunTellsWhatItsNetworkTakesAndAnswers() throws Exception {
        JsonNode told = asking.json(asking.get("api/runs/two"));
        assertThat(told.get("status").asText()).isEqualTo("done");
        assertThat(told.get("input").get("shape").toString()).isEqualTo("[1,9,9]");
        assertThat(told.get("input").get("classes").toString()).isEqualTo("[\"X\",\"O\"]");
        assertThat(told.get("result").get("parameters_sha256").asText()).hasSize(64);
    }

    @Test
    void aHundredWhoAskAtOnceGetEachTheirOwnAnswer() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(100);
        try {
            List<Callable<Void>> questions = new ArrayList<>();
            for (int client = 0; client < 100; client++) {
                int first = client;
                questions.add(() -> {
                    for (int i = first; i < first + 10; i++) {
                        assertSame(answers(rows(i % EXAMPLES)).get(0), i % EXAMPLES);
                    }
                    return null;
                });
            }
            for (Future<Void> asked : clients.invokeAll(questions)) {
                asked.get();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void moreNetworksThanAreKeptOpenAnswerAllTheSame() throws Exception {
        for (int round = 0; round < 2; round++) {
            for (String run : List.of("two", "three", "four", "five", "a%20run,%20%E5%90%8D")) {
                assertThat(asking.post(
                                        "api/runs/" + run + "/predict",
                                        "application/json",
                                        rows(0).getBytes(StandardCharsets.UTF_8))
                                .statusCode())
                        .isEqualTo(200);
            }
        }
        assertSame(answers(rows(5)).get(0), 5);
    }

    private static JsonNode answers(String json) throws Exception {
        HttpResponse<String> answer = asking.post(
                "api/runs/a%20run,%20%E5%90%8D/predict", "application/json", json.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return asking.json(answer).get("predictions");
    }

    private static void assertSame(JsonNode answer, int example) {
        Prediction prediction = expected.get(example);
        assertThat(answer.get("label").asText()).isEqualTo(prediction.label());
        prediction
                .probabilities()
                .forEach((name, probability) -> assertThat(
                                answer.get("probabilities").get(name).asDouble())
                        .isCloseTo(probability, within(LAST_DIGIT)));
    }

    private static String rows(int example) {
        byte[] picture = levels.get(example);
        return IntStream.range(0, 9)
                .mapToObj(row -> IntStream.range(0, 9)
                        .mapToObj(column -> Integer.toString(picture[9 * row + column] & 0xff))
                        .collect(Collectors.joining(",", "[", "]")))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static byte[] png(int example) throws IOException {
        BufferedImage image = new BufferedImage(9, 9, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, 9, 9, levels.get(example));
        return png(image);
    }

    private static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return png.toByteArray();
    }
}
