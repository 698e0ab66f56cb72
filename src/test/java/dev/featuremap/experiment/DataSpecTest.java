package dev.featuremap.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSpecTest {
    private static final Map<String, String> FILES =
            Map.of("pictures", "aa", "t10k-images", "bb", "/x/t10k-labels", "cc", "t10k-labels", "dd", "more", "ee");

    @Test
    void lettersAreClassesOfSignedPixelsDrawnFromTheSeed() {
        DataSpec.Xo letters = (DataSpec.Xo) data("{source: xo, testExamples: 70, deform: {shift: 2}}");
        Deformation moved = new Deformation(2, 0, 0, 0, 0, 0);

        assertThat(letters.label()).isEqualTo(LabelMode.CLASS);
        assertThat(letters.scaling()).isEqualTo(Scaling.SIGNED);
        assertThat(letters.testDeformation()).isEqualTo(moved);
        assertThat(letters.testedOn(7, FILES)).containsExactly("xo", 7L, 9, 70, moved);
        assertThat(((DataSpec.Xo) data("{source: xo, deform: {shift: 2}, testDeform: {}}")).testDeformation())
                .isEqualTo(Deformation.NONE);
        assertNeitherFilesNorDraws(letters);
    }

    @Test
    void mnistIsTestedOnTheFirstOfItsTestExamples() {
        DataSpec mnist = data("{source: mnist, label: value, testExamples: 5}");

        assertThat(mnist.testedOn(7, FILES)).containsExactly("mnist", LabelMode.VALUE, 5, FILES);
        assertThat(data("{source: mnist}").testedOn(7, FILES)).contains(10_000);
        assertNeitherFilesNorDraws(mnist);
    }

    @Test
    void idxFilesAreToldByTheirHashesOrWhereThereAreNoneByTheirPaths() {
        String files = "{source: idx, trainImages: /x/a, trainLabels: /x/b, testImages: %s, testLabels: %s}";

        assertThat(data(files.formatted("/x/t10k-images", "/x/t10k-labels")).testedOn(7, FILES))
                .containsExactly("idx", LabelMode.CLASS, "bb", "cc");
        assertThat(data(files.formatted("/y/t10k-labels", "/x/none")).testedOn(7, FILES))
                .containsExactly("idx", LabelMode.CLASS, "dd", "/x/none");
        assertNeitherFilesNorDraws(data(files.formatted("/x/c", "/x/d")));
    }

    @Test
    void picturesAreHeldOutByTheSeedWhereThereIsNoTestFolder() {
        DataSpec alone = data("{source: images, folder: /x/pictures, testShare: 0.3, invert: true}");
        DataSpec apart = data("{source: images, folder: /x/pictures, testFolder: /x/more}");

        assertThat(alone.label()).isEqualTo(LabelMode.CLASS);
        assertThat(alone.isOfPictureFiles()).isTrue();
        assertThat(alone.invert()).isTrue();
        assertThat(apart.invert()).isFalse();
        assertThat(alone.holdsOutTest()).isTrue();
        assertThat(apart.holdsOutTest()).isFalse();
        assertThat(alone.testedOn(7, FILES)).containsExactly("images", "aa", 0.3, 7L);
        assertThat(apart.testedOn(7, FILES)).containsExactly("images", "ee");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{source: mnist%s}",
                "{source: xo%s}",
                "{source: idx, trainImages: a, trainLabels: b, testImages: c, testLabels: d%s}",
                "{source: images, folder: pictures%s}"
            })
    void labelNoiseIsOfEachSourcesTrainingDataOnly(String source) {
        DataSpec noisy = data(source.formatted(", labelNoise: 0.2"));
        DataSpec plain = data(source.formatted(""));

        assertThat(noisy.labelNoise()).isEqualTo(0.2);
        assertThat(plain.labelNoise()).isZero();
        assertThat(noisy.testedOn(7, FILES)).isEqualTo(plain.testedOn(7, FILES));
        assertThatThrownBy(() -> data(source.formatted(", labelNoise: 1")))
                .hasMessage("command line: data.labelNoise: found 1; allowed: a number in [0, 1)");
    }

    @Test
    void refusesLabelNoiseOfValues() {
        assertThatThrownBy(() -> data("{source: mnist, label: value, labelNoise: 0.2}"))
                .hasMessage(
                        "command line: data.labelNoise: found 0.2; allowed: 0 where the label is a value, as there is no"
                                + " other class");
        assertThatThrownBy(() -> data("{source: idx, trainImages: a, trainLabels: b, testImages: c, testLabels: d,"
                        + " label: value, labelNoise: 0.2}"))
                .hasMessageContaining("data.labelNoise: found 0.2");
        assertThat(data("{source: mnist, label: value, labelNoise: 0}").labelNoise())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "classNames: [a]                | 2 different names, as data.classes is 2",
                "classNames: [a, a]             | 2 different names, as data.classes is 2",
                "classNames: [a, b, c]          | 2 different names, as data.classes is 2",
                "classNames: [a, '']            | names of one line, none of them empty",
                "classNames: [a, \"b\\tc\"]     | names of one line, none of them empty",
                "classNames: [a, b], label: value | [] where the label is a value"
            })
    void refusesNamesThatAreNotOneForEachClass(String names, String allowed) {
        String files = "source: idx, trainImages: a, trainLabels: b, testImages: c, testLabels: d, classes: 2, ";

        assertThatThrownBy(() -> data("{" + files + names + "}"))
                .hasMessageStartingWith("command line: data.classNames: found ")
                .hasMessageEndingWith("; allowed: " + allowed);
    }

    private static void assertNeitherFilesNorDraws(DataSpec data) {
        assertThat(data.isOfPictureFiles()).isFalse();
        assertThat(data.invert()).isFalse();
        assertThat(data.holdsOutTest()).isFalse();
    }

    private static DataSpec data(String data) {
        return ExperimentFile.parse("""
                name: x
                network: {saved: net.json}
                training: {epochs: 1}
                """, "x.yaml", List.of("data=" + data)).data();
    }
}
