package dev.featuremap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The README's pictures, taken of real pages; {@code docs/pictures/make} starts it. */
final class ReadmePictures {
    private static final int WIDTH = 1180;

    private ReadmePictures() {}

    /** Takes the folder of {@code play.html}, {@code report.html} and {@code homework.html}, and the pictures' folder. */
    public static void main(String[] arguments) throws IOException {
        Path pages = Path.of(arguments[0]).toAbsolutePath();
        Path pictures = Path.of(arguments[1]);
        try (Browser browser = Browser.start(Files.createTempDirectory("profile"))) {
            browser.screen(WIDTH, 900, false).open(pages.resolve("play.html"));
            browser.await("featuremap.page.thought()");
            browser.run("featuremap.page.choose(0);"
                    + "featuremap.page.change({ cell: { layer: 0, map: 3, row: 5, column: 7 } })");
            browser.await("document.getElementById('why').textContent");
            browser.await("document.getElementById('scores').textContent");
            Files.write(pictures.resolve("play.png"), browser.picture(WIDTH, 900));
            browser.open(pages.resolve("report.html"));
            Files.write(pictures.resolve("report.png"), browser.picture(WIDTH, 760));
            browser.open(pages.resolve("homework.html"));
            Files.write(pictures.resolve("homework.png"), browser.picture(WIDTH, 760));
        }
    }
}
