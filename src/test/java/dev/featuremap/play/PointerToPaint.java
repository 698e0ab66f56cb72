package dev.featuremap.play;

import dev.featuremap.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long a page to play with takes from a movement of the pointer to the paint of the last map, and from its opening to the first
 * answer; {@code bench/play} starts it.
 */
final class PointerToPaint {
    /** Tells when something has been painted that was there when this is called. */
    private static final String PAINTED = """
            globalThis.painted = (then) => requestAnimationFrame(() => {
              const { port1, port2 } = new MessageChannel();
              port1.onmessage = then;
              port2.postMessage(0);
            });
            """;

    private static final String FIRST_ANSWER = PAINTED + """
            const wait = () => globalThis.featuremap?.page.thought()
              ? painted(() => (globalThis.firstAnswer = performance.now()))
              : requestAnimationFrame(wait);
            requestAnimationFrame(wait);
            """;

    private static final String MEASURE = """
            globalThis.measured = [];
            document.querySelector('.paper canvas').addEventListener('pointermove', (event) => {
              const before = featuremap.page.thought();
              const wait = () => featuremap.page.thought() !== before
                ? painted(() => measured.push(performance.now() - event.timeStamp))
                : requestAnimationFrame(wait);
              wait();
            });
            """;

    private static final int OPENINGS = 11;
    private static final int STROKE = 20;
    private static final int PAUSE_MILLISECONDS = 120;

    private PointerToPaint() {}

    /** Takes a page, and how many movements to measure. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path page = Path.of(arguments[0]).toAbsolutePath();
        int movements = Integer.parseInt(arguments[1]);
        try (Browser browser = Browser.start(Files.createTempDirectory("profile"))) {
            browser.screen(1280, 900, false).beforeEachPage(FIRST_ANSWER);
            double[] first = new double[OPENINGS];
            for (int i = 0; i < OPENINGS; i++) {
                browser.open(page);
                browser.await("globalThis.firstAnswer");
                first[i] = ((Number) browser.run("return firstAnswer")).doubleValue();
            }
            tell("first answer after opening", first);
            browser.run(MEASURE);
            for (int done = 0; done < movements; done += STROKE) {
                draw(browser, done / STROKE);
            }
            tell(
                    "pointer moved to last map painted",
                    ((List<?>) browser.run("return measured"))
                            .stream()
                                    .mapToDouble(time -> ((Number) time).doubleValue())
                                    .toArray());
        }
    }

    /** A stroke across the pad, each another way. */
    private static void draw(Browser browser, int stroke) throws InterruptedException {
        List<?> box = (List<?>) browser.run("""
                featuremap.page.clear();
                const box = document.querySelector('.paper canvas').getBoundingClientRect();
                return [box.left, box.top, box.width].map(Math.round);
                """);
        int[] pad = box.stream().mapToInt(side -> ((Number) side).intValue()).toArray();
        int x = pad[0] + pad[2] / 5;
        int y = pad[1] + pad[2] * (1 + stroke % 4) / 5;
        browser.press(x, y);
        for (int i = 1; i <= STROKE; i++) {
            Thread.sleep(PAUSE_MILLISECONDS);
            browser.moveTo(x + i * pad[2] * 3 / 5 / STROKE, y + (stroke % 3 - 1) * i);
        }
        Thread.sleep(PAUSE_MILLISECONDS);
        browser.release(x, y);
    }

    private static void tell(String what, double[] milliseconds) {
        Arrays.sort(milliseconds);
        int count = milliseconds.length;
        System.out.printf(
                Locale.ROOT,
                "%-34s median %6.1f ms   95 %% %6.1f ms   most %6.1f ms   (%d)%n",
                what,
                milliseconds[count / 2],
                milliseconds[Math.min(count - 1, (int) Math.ceil(0.95 * count) - 1)],
                milliseconds[count - 1],
                count);
    }
}
