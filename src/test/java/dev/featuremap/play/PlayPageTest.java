package dev.featuremap.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Browser;
import dev.featuremap.Failure;
import dev.featuremap.experiment.Activation;
import dev.featuremap.experiment.LayerSpec;
import dev.featuremap.experiment.NetworkSpec;
import dev.featuremap.network.RandomLayers;
import dev.featuremap.run.ModelInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlayPageTest {
    private static final String EVIL = "</div><script>alert(1)</script><img src=x onerror=alert(2)>";

    @Test
    void escapesWhateverARunSays() {
        assertThat(PlayPages.of(EVIL, PlayPages.named(EVIL)))
                .doesNotContain("<script>alert", "<img")
                .contains("&lt;script&gt;alert(1)");
    }

    @Test
    @Tag("browser")
    void hostileClassNamesAreShownAsTheText(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("play.html");
        Files.writeString(page, PlayPages.of(EVIL, PlayPages.named(EVIL)));
        try (Browser browser = Browser.start(folder.resolve("profile"))) {
            browser.screen(390, 800, false).open(page);
            browser.await("featuremap.page.thought()");
            browser.run("featuremap.page.change({ strokes: [{ rubber: false, points: [0.5, 0.2, 0.5, 0.8] }] })");
            browser.await("document.querySelectorAll('#bars li').length === 10");
            assertThat(browser.run("return document.querySelector('#bars .class').textContent"))
                    .isEqualTo(EVIL + 0);
            assertThat(browser.number("document.images.length")).isZero();
            assertThat(browser.number("document.scripts.length")).isEqualTo(2);
            assertThat(browser.number("document.documentElement.scrollWidth")).isEqualTo(390);
            assertThat(browser.console()).isEmpty();
        }
    }

    @Test
    void refusesMoreParametersThanABrowserShouldBeGiven() {
        NetworkSpec.Layers wide = new NetworkSpec.Layers(
                List.of(new LayerSpec.Dense(22_000, Activation.RELU), new LayerSpec.Output(10, Activation.SOFTMAX)));
        ModelInput input = PlayPages.digits(PlayPages.DIGITS);
        PlayedRun run = PlayPages.run("wide", RandomLayers.withRandomParameters(wide, input.data(), 1), input);
        assertThatThrownBy(() -> PlayPages.html(List.of(run)))
                .isInstanceOf(Failure.class)
                .hasMessage("the network has 17490010 parameters; a page to play with takes at most 16777216");
    }

    @Test
    void refusesTwoRunsThatGiveOtherAnswers() {
        PlayedRun one = PlayPages.run("one", PlayPages.DIGITS);
        PlayedRun other = PlayPages.run("other", PlayPages.named("class "));
        assertThatThrownBy(() -> PlayPages.html(List.of(one, other)))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith(
                        "two runs on one pad take the same pictures and give the same answers; one takes 1x28x28"
                                + " pictures with data.scaling=unit and gives one of 10 classes; other takes ");
    }

    @Test
    void offersToFitDrawingsAsMnistsWereWhereNetworksTakeGreyPictures() {
        NetworkSpec.Layers linear = new NetworkSpec.Layers(List.of(new LayerSpec.Output(10, Activation.SOFTMAX)));
        ModelInput grey = PlayPages.digits(PlayPages.DIGITS);
        ModelInput colour = new ModelInput(
                List.of(3, 28, 28), grey.greyWeights(), "bilinear", false, null, grey.scaling(), grey.classes());
        assertThat(PlayPages.of("grey", PlayPages.DIGITS)).contains("id=\"fit\"");
        assertThat(PlayPages.html(List.of(
                        PlayPages.run("colour", RandomLayers.withRandomParameters(linear, colour.data(), 1), colour))))
                .doesNotContain("id=\"fit\"");
    }

    @Test
    void takesAsManyTestPicturesAsFit() {
        assertThat(PlayPage.testPictures(PlayPages.digits(PlayPages.DIGITS))).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({"0, ''", "1, 0", "2, '0,1'", "3, '0,2'", "20, '0,19'"})
    void takesAsManyOtherEpochsOfLeNetAsFitFromTheFirstToTheLast(int there, String taken) {
        PlayedRun lenet = PlayPages.run("lenet", PlayPages.DIGITS);
        SortedMap<Integer, Supplier<MultiLayerNetwork>> others = new TreeMap<>();
        for (int epoch = 0; epoch < there; epoch++) {
            others.put(epoch, lenet::network);
        }
        PlayedRun run = new PlayedRun("lenet", lenet.network(), lenet.input(), List.of(), there, others);
        assertThat(run.othersThatFit().keySet().stream().map(String::valueOf).collect(Collectors.joining(",")))
                .isEqualTo(taken);
        assertThat(PlayPages.html(List.of(run)).contains("id=\"epoch\"")).isEqualTo(there > 0);
        assertThat(PlayPages.html(List.of(run)).contains("Epochs left out")).isEqualTo(there > 2);
    }
}
