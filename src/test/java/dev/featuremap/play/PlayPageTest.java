package dev.featuremap.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Browser;
import dev.featuremap.Failure;
import dev.featuremap.experiment.Activation;
import dev.featuremap.experiment.LayerSpec;
import dev.featuremap.experiment.NetworkSpec;
import dev.featuremap.experiment.WeightInit;
import dev.featuremap.network.RandomLayers;
import dev.featuremap.run.ModelInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                List.of(new LayerSpec.Dense(22_000, Activation.RELU), new LayerSpec.Output(10, Activation.SOFTMAX)),
                WeightInit.XAVIER,
                0,
                0,
                0);
        ModelInput input = PlayPages.digits(PlayPages.DIGITS);
        PlayedRun run =
                new PlayedRun("wide", RandomLayers.withRandomParameters(wide, input.data(), 1), input, List.of());
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
                        "two runs on one pad take the same pictures and give the same answers; one takes 1x28x28");
    }

    @Test
    void takesAsManyTestPicturesAsFit() {
        assertThat(PlayPage.testPictures(PlayPages.digits(PlayPages.DIGITS))).isEqualTo(500);
    }
}
