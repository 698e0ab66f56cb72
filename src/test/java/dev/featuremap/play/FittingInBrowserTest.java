package dev.featuremap.play;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.Browser;
import dev.featuremap.data.MnistFitting;
import dev.featuremap.experiment.Extent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drawings as the page fits them and as {@code predict} does. */
@Tag("browser")
class FittingInBrowserTest {
    @TempDir
    static Path folder;

    @Test
    void thePageAndPredictMakeTheVeryPictureOfADrawing() throws IOException {
        Path page = folder.resolve("play.html");
        Files.writeString(page, PlayPages.of("run", PlayPages.DIGITS));
        try (Browser browser = Browser.start(folder.resolve("profile"))) {
            browser.screen(1280, 900, false).open(page);
            Random random = new Random(4);
            for (Extent to : List.of(Extent.square(28), new Extent(17, 24))) {
                for (int i = 0; i < 20; i++) {
                    Extent paper = new Extent(8 + random.nextInt(200), 8 + random.nextInt(200));
                    byte[] drawing = strokes(paper, random);
                    byte[] expected =
                            MnistFitting.of(drawing, paper, to).orElseThrow().levels();

                    assertThat(browser.compute("""
                                    const levels = featuremap.numbers.bytesOf("%s");
                                    const fitted = featuremap.numbers.fitted(levels, [%d, %d], [%d, %d]);
                                    return btoa(String.fromCharCode(...fitted));
                                    """.formatted(
                                            Base64.getEncoder().encodeToString(drawing),
                                            paper.height(),
                                            paper.width(),
                                            to.height(),
                                            to.width())))
                            .as("a drawing of %s fitted into %s", paper, to)
                            .isEqualTo(Base64.getEncoder().encodeToString(expected));
                }
            }
        }
    }

    /** Walks of light ink, of many levels, over dark noise. */
    private static byte[] strokes(Extent paper, Random random) {
        byte[] drawing = new byte[paper.height() * paper.width()];
        for (int i = 0; i < drawing.length; i++) {
            drawing[i] = (byte) random.nextInt(6);
        }
        int place = random.nextInt(drawing.length);
        for (int step = 0; step < 300; step++) {
            drawing[place] = (byte) (120 + random.nextInt(136));
            place = Math.floorMod(
                    place + List.of(1, -1, paper.width(), -paper.width()).get(random.nextInt(4)), drawing.length);
        }
        return drawing;
    }
}
