package dev.featuremap.lecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.network.ShapeTable;
import dev.featuremap.page.Language;
import dev.featuremap.page.Screen;
import dev.featuremap.page.TextForm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShapesTopicTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1x9x9 -> conv 3 3                          | 3x7x7",
                "1x9x9 -> conv 3 3 pad 1                    | 3x9x9",
                "1x11x11 → conv 1 3                         | 1x9x9",
                "3x8x8 -> max 2                             | 3x4x4",
                "3x7x7 -> avg 2                             | 3x3x3",
                "1x28x28 -> conv 8 5x3 stride 2 pad 1       | 8x13x14",
                "1x28x28 -> conv 8 3 same stride 2          | 8x14x14",
                "1x28x28->conv  64 3->max 2->dropout 0.5->dense 10 | 10",
                "1 x 28×28 → Conv 8 5X3 → MAX 2×2 → dropout .5     | 8x12x13",
            })
    void readsAChainAsOneWritesIt(String chain, String output) {
        assertThat(table(chain).output()).hasToString(output);
    }

    @Test
    void theSlidesNetworkEndsIn512Then256Then64Then12() {
        Experiment slides = ExperimentFile.read(Path.of("conf/experiment/mnist-lecture-cnn.yaml"), List.of());
        List<ShapesTopic.Chain> chains = ShapesTopic.ofSlides(slides).chains();
        assertThat(chains.get(chains.size() - 1).table().rows())
                .extracting(row -> row.output().toString())
                .startsWith("64x26x26", "128x24x24")
                .containsSubsequence("128x2x2", "256", "64", "12", "10");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1x28x28",
                "",
                "28x28 -> dense 10",
                "1x0x28 -> dense 10",
                "1x28x28 -> conv 64",
                "1x28x28 -> conv 64 3 pad",
                "1x28x28 -> conv 64 3 {type: evil}",
                "1x28x28 -> dropout 1.5",
                "1x28x28 -> conv 999999 3",
                "1x28x28 -> max 0",
                "1x28x28 -> conv 8 3 pad 1 same",
                "1x28x28 -> -> dense 3",
                "1x28x28 -> conv 3 3x",
                "1x28x28 -> conv 3 3 samex"
            })
    void saysWhatCouldStandWhereItCannotRead(String chain) {
        assertThatThrownBy(() -> ShapesTopic.of(chain))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("--layers: found")
                .hasMessageContaining("expected");
    }

    /** However many digits a number has, it is read as one, and its range is told. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1x28x28 -> conv 3 999999       | found \"conv 3 999999\", expected sizes up to 100000",
                "1x28x28 -> conv 99999999999 3  | filters: a number in [1, 65536]",
                "1x28x28 -> dense 9999999       | units: a number in [1, 1000000]",
                "1x28x28 -> max 2 stride 100001 | sizes up to 100000",
                "1x28x28 -> dropout 1           | rate: a number in [0, 1)",
                "1x28x28 -> dropout -1          | dropout RATE, from 0 to below 1",
                "1x28x28 -> dense 5 ->          | found nothing, expected conv FILTERS KERNEL",
                "99999x99999x99999 -> dense 1   | an input of 1 to 2147483647 numbers",
                "99999999999x1x1 -> dense 1     | an input of 1 to 2147483647 numbers",
            })
    void tellsTheRangeThatANumberIsNotIn(String chain, String told) {
        assertThatThrownBy(() -> ShapesTopic.of(chain))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(told);
    }

    @Test
    void refusesAShapeThatCannotBe() {
        assertThatThrownBy(() -> ShapesTopic.of("1x9x9 -> conv 1 12"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("12x12")
                .hasMessageContaining("1x9x9");
    }

    @Test
    void tellsThatAPoolNeedsAPictureWhateverItsPaddingIs() {
        assertThatThrownBy(() -> ShapesTopic.of("1x9x9 -> dense 5 -> max 2 pad 2"))
                .hasMessageContaining("needs a picture of channels x height x width, but is given 5 numbers");
    }

    @Test
    void thePageWritesTheChainAboveItsTableAndWhereOutputsComeFrom() {
        String text = TextForm.of(
                ShapesPage.of(
                        ShapesTopic.of("1x28x28 -> conv 64 3 same -> max 7 -> dense 256 -> dense 12"), Language.EN),
                Screen.of("", false));
        assertThat(text)
                .containsSubsequence(
                        "1x28x28 → conv 64 3 same → max 7 → dense 256 → dense 12\n   layer",
                        "64x28x28  ⌈28/1⌉ = 28",
                        "64·4·4 = 1024 → 256",
                        "262,400  1024·256 + 256\n",
                        "256 → 12");
    }

    private static ShapeTable table(String chain) {
        return ShapesTopic.of(chain).chains().get(0).table();
    }
}
