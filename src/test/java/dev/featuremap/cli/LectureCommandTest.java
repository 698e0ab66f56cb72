package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LectureCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void homeworkAsJsonHasTheMapsInWholeNinths() throws IOException {
        Run run = Run.of("lecture", "homework", "--json");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        JsonNode homework = JSON.readTree(run.out());
        assertThat(homework.get("letter").asText()).isEqualTo("X");
        assertThat(homework.get("size").asInt()).isEqualTo(9);
        assertThat(homework.get("maps")).hasSize(3);
        JsonNode map = homework.get("maps").get(0);
        assertThat(map.get("filter").asText()).isEqualTo("\\");
        assertThat(map.get("weights")).hasToString("[[1,-1,-1],[-1,1,-1],[-1,-1,1]]");
        assertThat(map.get("ninths").get(0)).hasToString("[7,-1,1,3,5,-1,3]");
        assertThat(map.get("decimals").get(0).get(0).asDouble()).isEqualTo(7 / 9.0);
        assertThat(map.get("cut").get(0)).hasToString("[0.77,-0.11,0.11,0.33,0.55,-0.11,0.33]");
    }

    @Test
    void gradientAsJsonNamesDigitStartAndBothLosses() throws IOException {
        Run run = Run.of("lecture", "gradient", "--json", "--digit", "3", "--seed", "5", "--rate", "0.002");
        assertThat(run.exitCode()).isZero();
        JsonNode step = JSON.readTree(run.out());
        assertThat(step.get("digit").asText()).isEqualTo("3");
        assertThat(step.get("seed").asLong()).isEqualTo(5);
        assertThat(step.get("learning_rate").asDouble()).isEqualTo(0.002);
        assertThat(step.get("start").get("weights")).hasSize(28);
        for (String loss : List.of("mse", "mae")) {
            assertThat(step.get(loss).fieldNames())
                    .toIterable()
                    .containsExactly(
                            "loss", "slope", "gradient", "new_weights", "new_bias", "new_prediction", "new_loss");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"homework", "gradient", "shapes", "pooling", "dropout", "dense"})
    void everyTopicSpeaksBothLanguages(String topic) {
        Run english = Run.of("lecture", topic);
        Run chinese = Run.of("lecture", topic, "--lang", "zh");
        assertThat(english.exitCode()).isZero();
        assertThat(chinese.exitCode()).isZero();
        assertThat(english.out()).doesNotContainPattern("[\\u4e00-\\u9fff]");
        assertThat(chinese.out()).containsPattern("[\\u4e00-\\u9fff]");
    }

    @Test
    void denseEndsWithTheSlidesShape() {
        assertThat(Run.of("lecture", "dense").out()).contains("\n  [128, 30]\n");
    }

    @Test
    @Tag("slow")
    void allWritesAPageForEachTopicAndAnIndex() throws IOException {
        Path pages = folder.resolve("lecture 课");
        Run run = Run.of("lecture", "all", "--html", pages.toString(), "--lang", "zh");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEmpty();
        String index = Files.readString(pages.resolve("index.html"));
        for (String topic : List.of("gradient", "xo", "homework", "shapes", "pooling", "dropout", "dense", "onehot")) {
            assertThat(index).contains("href=\"./" + topic + ".html\"");
            assertThat(Files.readString(pages.resolve(topic + ".html")))
                    .startsWith("<!DOCTYPE html>")
                    .endsWith("</html>\n")
                    .doesNotContainPattern("(src|href)=\"(?!data:|\\./)");
        }
    }

    @Test
    void aPageGoesWhereItIsToldAndTheScreenSaysSo() {
        Path page = folder.resolve("homework.html");
        Run run = Run.of("lecture", "homework", "--html", page.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("wrote " + page + "\n");
        assertThat(page).isRegularFile();
    }

    @Test
    void tellsAFolderThatIsMissingAndToMakeIt() {
        Path page = folder.resolve("no").resolve("such.html");
        Run run = Run.of("lecture", "homework", "--html", page.toString());
        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.err())
                .isEqualTo("error: cannot write " + page + ": the folder above it does not exist\n"
                        + "remedy: make that folder, or choose another place\n");
        assertThat(page.getParent()).doesNotExist();
    }

    @Test
    void tellsAPictureThatIsMissing() {
        Run run = Run.of("lecture", "homework", "--image", "no/such.png");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("no/such.png");
    }
}
