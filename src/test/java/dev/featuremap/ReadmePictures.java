package dev.featuremap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The README's pictures, taken of real pages; {@code docs/pictures/make} starts it. */
final class ReadmePictures {
    private static final int WIDTH = 1180;

    /** Drawn as one draws it: across, and down. */
    private static final String SEVEN =
            "{ rubber: false, points: [0.28, 0.24, 0.5, 0.22, 0.7, 0.24, 0.6, 0.45, 0.5, 0.65, 0.44, 0.84] }";

    private ReadmePictures() {}

    /** Takes the folder of {@code play.html}, {@code report.html} and {@code homework.html}, and the pictures' folder. */
    public static void main(String[] arguments) throws IOException {
        Path pages = Path.of(arguments[0]).toAbsolutePath();
        Path pictures = Path.of(arguments[1]);
        try (Browser browser = Browser.start(Files.createTempDirectory("profile"))) {
            browser.screen(WIDTH, 1600, false).withoutScrollbars().open(pages.resolve("play.html"));
            browser.await("featuremap.page.thought()");
            browser.run("featuremap.page.change({ strokes: [" + SEVEN
                    + "], cell: { layer: 0, map: 3, row: 5, column: 12 } })");
            browser.await("document.getElementById('why').textContent");
            browser.await("document.getElementById('scores').textContent.includes(' % of ')");
            Files.write(pictures.resolve("play.png"), browser.picture(WIDTH, bottom(browser, "#working")));
            browser.open(pages.resolve("report.html"));
            Files.write(
                    pictures.resolve("report.png"), browser.picture(WIDTH, bottom(browser, "#curves .side-by-side")));
            browser.open(pages.resolve("homework.html"));
            Files.write(pictures.resolve("homework.png"), browser.picture(WIDTH, bottom(browser, ".interactive")));
        }
    }

    /** Where a part of the page ends, and a little paper below it, in CSS pixels from the top. */
    private static int bottom(Browser browser, String selector) {
        return 24
                + (int) browser.number(
                        "Math.ceil(document.querySelector('" + selector + "').getBoundingClientRect().bottom)");
    }
}
