package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionsTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void file() {
        file = folder.resolve("predictions.csv");
    }

    @Test
    void isARowPerExampleWithEachClassesOutput() throws IOException {
        new Predictions(List.of("X", "O"), List.of(), new float[] {0, 1}, new float[][] {{0.75f, 0.25f}, {1, 0}})
                .write(file);
        assertThat(Files.readString(file)).isEqualTo("index,label,predicted,X,O\n0,X,X,0.75,0.25\n1,O,X,1.0,0.0\n");
    }

    @Test
    void givesBackClassesOfAnyName() {
        List<String> names = List.of("a,b", "says \"hi\"", "two\nlines", "", " <script>");
        float[][] outputs = {{0.1f, 0.2f, 0.3f, 0.25f, 0.15f}, {1, 0, 0, 0, 0}};
        new Predictions(names, List.of(), new float[] {2, 4}, outputs).write(file);
        Predictions read = Predictions.read(file);
        assertThat(read.classNames()).isEqualTo(names);
        assertThat(read.labels()).containsExactly(2, 4);
        assertThat(read.outputs()).isDeepEqualTo(outputs);
        assertThat(read.isRight(0)).isTrue();
        assertThat(read.predictedClass(1)).isZero();
    }

    @Test
    void namesPicturesThatAreCalledByMoreThanTheirIndex() throws IOException {
        List<String> pictures = List.of("a/1.png", "b/\"<,\n.png");
        new Predictions(List.of("a", "b"), pictures, new float[] {0, 1}, new float[][] {{1, 0}, {1, 0}}).write(file);
        assertThat(Files.readString(file)).isEqualTo("""
                        index,picture,label,predicted,a,b
                        0,a/1.png,a,a,1.0,0.0
                        1,"b/""<,
                        .png",b,a,1.0,0.0
                        """);
        assertThat(Predictions.read(file).pictures()).isEqualTo(pictures);
        assertThat(Predictions.read(file).classNames()).containsExactly("a", "b");
    }

    @Test
    void namesNoPicturesThatAreCalledByTheirIndex() throws IOException {
        new Predictions(List.of(), List.of("0", "1"), new float[] {7, 8}, new float[][] {{1}, {2}}).write(file);
        assertThat(Files.readString(file)).isEqualTo("index,label,predicted\n0,7.0,1.0\n1,8.0,2.0\n");
        assertThat(Predictions.read(file).pictures()).isEmpty();
    }

    @Test
    void readsAClassCalledPictureInAFileOfTheVersionBefore() throws IOException {
        Files.writeString(file, "index,label,predicted,picture,text\n0,text,picture,0.75,0.25\n");
        Predictions read = Predictions.read(file);
        assertThat(read.classNames()).containsExactly("picture", "text");
        assertThat(read.pictures()).isEmpty();
        assertThat(read.isRight(0)).isFalse();
    }

    @Test
    void givesBackValues() {
        new Predictions(List.of(), List.of(), new float[] {7}, new float[][] {{-1.5f}}).write(file);
        Predictions read = Predictions.read(file);
        assertThat(read.isOfClasses()).isFalse();
        assertThat(read.labels()).containsExactly(7);
        assertThat(read.outputs()[0]).containsExactly(-1.5f);
    }

    @Test
    void takesTheFirstOfEqualOutputs() {
        assertThat(Predictions.largest(new float[] {0.25f, 0.375f, 0.375f})).isEqualTo(1);
        assertThat(Predictions.largest(new float[] {0.5f, 0.5f})).isZero();
    }

    @Test
    void roundsOutputsToSixDecimalsUnlessTheyAreLarge() throws IOException {
        float[][] outputs = {{0.12345678f}, {999_999.94f}, {1.23456781E+9f}, {-1.5e6f}};
        new Predictions(List.of(), List.of(), new float[4], outputs).write(file);

        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "index,label,predicted",
                        "0,0.0,0.123457",
                        "1,0.0,999999.9375",
                        "2,0.0,1.23456781E9",
                        "3,0.0,-1500000.0");
    }

    @Test
    void refusesAnAnswerThatHasNotTheLargestOutput() throws IOException {
        String header = "index,label,predicted,X,O\n";
        Files.writeString(file, header + "0,X,X,0.499999,0.5\n");
        assertThat(Predictions.read(file).predictedClass(0)).isEqualTo(1);
        Files.writeString(file, header + "0,X,X,0.499,0.501\n");
        assertRefused("line 2 is not a prediction");
    }

    @Test
    void refusesARowThatIsNone() throws IOException {
        Files.writeString(file, "index,label,predicted,X,O\n0,X,X,0.75,0.25\n1,Z,X,1.0,0.0\n");
        assertRefused("line 3 is not a prediction");
        Files.writeString(file, "index,label,predicted,X,O\n0,X,X,0.75\n");
        assertRefused("line 2 is not a prediction");
        Files.writeString(file, "");
        assertRefused("its first line does not begin with index,label,predicted");
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(() -> Predictions.read(file)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind().exitCode()).isEqualTo(4);
            assertThat(failure).hasMessage(file + " cannot be read: " + reason);
        });
    }
}
