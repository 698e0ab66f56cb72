package dev.featuremap.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page to play with, of a run whose folder has a hostile name, as a browser shows it from its file. */
@Tag("browser")
class PlayInBrowserTest {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";

    /** What the layer before the last shows, as one text. */
    private static final String MAPS = "featuremap.page.thought().activations.at(-2).join()";

    @TempDir
    static Path folder;

    private static Browser browser;
    private static Path page;
    private static Path pair;

    @BeforeAll
    static void writePages() throws IOException {
        browser = Browser.start(folder.resolve("profile"));
        Path run = folder.resolve(HOSTILE);
        Path other = folder.resolve("other");
        train(run, "mcxent", "training.checkpoint.keepEpochs=true");
        train(other, "mse", "training.checkpoint.keepEpochs=false");
        page = run.resolve("play.html");
        pair = folder.resolve("pair.html");
        succeed("play", run.toString(), "--lang", "en,zh");
        succeed("play", run.toString(), other.toString(), "--out", pair.toString());
        assertThat(Files.size(page)).isLessThan(600_000);
    }

    private static void train(Path run, String loss, String keeping) {
        succeed(
                "train",
                "loss=" + loss,
                keeping,
                "training.epochs=2",
                "data.trainExamples=400",
                "data.testExamples=60",
                "--quiet",
                "--run-dir",
                run.toString());
    }

    private static void succeed(String... args) {
        Run run = Run.of(args);
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    private static void open(Path file) {
        browser.screen(1280, 900, false).open(file);
        browser.await("featuremap.page.thought()");
    }

    /** Where something is in the window: left, top, width and height. */
    private static int[] place(String selector) {
        List<?> box = (List<?>) browser.run("const e = document.querySelector('" + selector
                + "'); e.scrollIntoView({ block: 'nearest' }); const b = e.getBoundingClientRect();"
                + " return [b.left, b.top, b.width, b.height].map(Math.round)");
        return box.stream().mapToInt(side -> ((Number) side).intValue()).toArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"play.html", "play.zh.html"})
    void opensFromItsFileAndAsksNothingOfAnyone(String name) {
        Path file = page.resolveSibling(name);
        open(file);
        browser.await("document.getElementById('scores').textContent");
        assertThat(browser.console()).isEmpty();
        assertThat(browser.requests())
                .filteredOn(address -> !address.startsWith("blob:"))
                .containsExactly(file.toUri().toString());
        assertThat(browser.run("return document.querySelector('h1').textContent"))
                .isEqualTo(HOSTILE);
    }

    @Test
    void aDrawingByMouseChangesTheMapsAndIsAnswered() {
        open(page);
        Object before = browser.run("return " + MAPS);
        int[] pad = place(".paper canvas");
        int[] xs = {pad[0] + pad[2] / 4, pad[0] + pad[2] / 2, pad[0] + 3 * pad[2] / 4};
        int[] ys = {pad[1] + pad[3] / 4, pad[1] + pad[3] / 2, pad[1] + 3 * pad[3] / 4};
        browser.drag(xs[0], ys[0], xs[1], ys[1], xs[2], ys[2]);
        browser.drag(xs[2], ys[0], xs[1], ys[1], xs[0], ys[2]);
        browser.await("document.querySelector('.says strong').textContent !== '–'");
        assertThat(browser.run("return featuremap.page.state().strokes.length")).isEqualTo(2L);
        assertThat(browser.run("return " + MAPS)).isNotEqualTo(before);
        browser.await("document.getElementById('why').textContent");
        assertThat((String) browser.run("return document.getElementById('why').textContent"))
                .matches("[XO], (> )?\\d+\\.\\d %\\. Next: [XO]\\..*");
        browser.run("document.getElementById('undo').click(); document.getElementById('undo').click()");
        browser.await(MAPS + " === '" + before + "'");
    }

    @Test
    void theKeyboardAloneDrawsAndWalksThroughTheMaps() {
        open(page);
        browser.run("document.querySelector('.paper canvas').focus()");
        browser.press(" ", "ArrowRight", "ArrowRight", "ArrowDown", " ");
        assertThat(browser.run("return featuremap.page.state().strokes[0].points.length"))
                .isEqualTo(8L);
        browser.run("document.querySelector('.column canvas').focus()");
        browser.press("PageDown", "PageDown", "ArrowDown", "ArrowRight");
        assertThat(browser.run("return JSON.stringify(featuremap.page.state().cell)"))
                .isEqualTo("{\"layer\":0,\"map\":2,\"row\":1,\"column\":1}");
        browser.await(
                "document.getElementById('cell').textContent.startsWith('layer 0, convolution, filter 2, row 1, column 1: ')");
        browser.run("document.querySelector('.weight').focus()");
        browser.press("ArrowUp");
        assertThat(browser.run("return Object.keys(featuremap.page.state().changes[0].weights).length"))
                .isEqualTo(1L);
        assertThat(browser.run("return document.activeElement.dataset.key"))
                .asString()
                .startsWith("weight-");
    }

    @Test
    void pointingAtACellShowsItsNumbersUntilTheMouseLeaves() {
        open(page);
        int[] maps = place(".column canvas");
        browser.point(maps[0] + 4, maps[1] + 4);
        browser.await(
                "document.getElementById('cell').textContent.startsWith('layer 0, convolution, filter 0, row 0, column 0: ')");
        browser.point(2, 2);
        browser.await("document.getElementById('cell').textContent.startsWith('Point at')");
    }

    @Test
    void aFilterThatIsSwitchedOffCountsAsNothing() {
        open(page);
        browser.run(
                "featuremap.page.choose(0); featuremap.page.change({ cell: { layer: 0, map: 1, row: 0, column: 0 } })");
        browser.await("document.querySelector('[data-key=off]')");
        Object before = browser.run("return " + MAPS);
        browser.run("document.querySelector('[data-key=off]').click()");
        browser.await("featuremap.page.thought().activations[1].subarray(100, 200).every(value => value === 0)");
        browser.run("document.querySelector('[data-key=only]').click()");
        browser.await("featuremap.page.thought().activations[1].subarray(0, 100).every(value => value === 0)");
        browser.run("document.getElementById('reset').click()");
        browser.await(MAPS + " === '" + before + "'");
    }

    @Test
    void itsAddressTellsItsState() {
        open(page);
        browser.run(
                "featuremap.page.change({ strokes: [{ rubber: false, points: [0.25, 0.5, 0.75, 0.5] }], order: 'importance' })");
        browser.await("location.hash.length > 1");
        String address = (String) browser.run("return location.hash");
        Object state = browser.run("return JSON.stringify(featuremap.page.state())");
        browser.run("featuremap.page.change({ strokes: [], order: 'index' })");
        browser.await("location.hash !== '" + address + "'");
        browser.run("location.hash = '" + address + "'");
        browser.await("JSON.stringify(featuremap.page.state()) === '" + state + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "bnVsbA",
                "eyJydW4iOi0xLCJjZWxsIjpbOSw5LDksOV0sInN0cm9rZXMiOlsiPGltZz4iLFtdLFsxXV0sImNoYW5nZXMiOlt7Im9mZiI6eyJfX3Byb3RvX18iOlsxXX0sIndlaWdodHMiOnsiLTEiOjF9fV19"
            })
    void anAddressThatMakesNoSenseChangesNothing(String fragment) {
        open(page);
        Object state = browser.run("return JSON.stringify(featuremap.page.state())");
        browser.run("location.hash = '" + fragment + "'");
        browser.run("return new Promise(resume => setTimeout(resume, 100))");
        assertThat(browser.run("return JSON.stringify(featuremap.page.state())"))
                .isEqualTo(state);
        assertThat(browser.console()).isEmpty();
    }

    /** Keys that are no place as one writes it, a weight that float32 has not, a layer that is a text. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"changes\":[{\"off\":{\"01\":[0],\"\":[0],\"-0\":[0],\"1e0\":[0]}}]}",
                "{\"changes\":[{\"weights\":{\"00\":1,\"\":1,\"0\":1e308}}]}",
                "{\"cell\":[\"0\",0,0,0]}"
            })
    void anAddressMayHoldWhateverItLikes(String told) {
        anAddressThatMakesNoSenseChangesNothing(Base64.getEncoder().encodeToString(told.getBytes(US_ASCII)));
    }

    @Test
    void aNetworkWhoseNumbersOverflowGivesNoAnswer() {
        open(page);
        browser.run("const weights = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [i, 3e38]));"
                + " featuremap.page.choose(0); featuremap.page.change({ changes: [{ off: {}, weights }] })");
        browser.await("document.getElementById('why').textContent.startsWith('The network gives no answer')");
        assertThat(browser.run("return document.querySelector('.answer').textContent"))
                .asString()
                .contains("–", "no answer")
                .doesNotContain("NaN");
        browser.await("document.getElementById('scores').textContent.startsWith('0.0 % of 60')");
        for (int layer = 0; layer < 6; layer++) {
            browser.run("featuremap.page.change({ cell: { layer: " + layer + ", map: 0, row: 0, column: 0 } })");
        }
        assertThat(browser.console()).isEmpty();
    }

    @Test
    void theMicroscopeStaysInSightOnceUsed() {
        open(page);
        browser.run("featuremap.page.choose(0)");
        int[] maps = place(".column canvas");
        browser.point(maps[0] + 4, maps[1] + 4);
        browser.await("document.querySelector('.weight')");
        String bottom = "document.getElementById('microscope').getBoundingClientRect().bottom";
        assertThat(browser.number(bottom)).isLessThanOrEqualTo(900);
        browser.screen(1280, 600, false);
        assertThat(browser.number(bottom)).isEqualTo(600);
    }

    @Test
    void theSentenceHasItsRoomBeforeItIsThere() {
        open(page);
        String top = "document.getElementById('occlusion').getBoundingClientRect().top";
        browser.await("document.getElementById('scores').textContent.includes(' right')");
        long before = browser.number(top);
        browser.run("featuremap.page.choose(0)");
        browser.await("document.getElementById('why').textContent");
        assertThat(browser.number(top)).isEqualTo(before);
    }

    @Test
    void anAddressBringsItsCellsLayerIntoSight() {
        open(page);
        browser.screen(700, 800, false);
        browser.run("location.hash = btoa(JSON.stringify({ cell: [5, 0, 0, 0] }))");
        browser.await("featuremap.page.state().cell");
        assertThat(browser.number("document.querySelector('.column:last-child').getBoundingClientRect().right"
                        + " - document.getElementById('columns').getBoundingClientRect().right"))
                .isNotPositive();
    }

    @Test
    void softmaxIsWorkedOut() {
        open(page);
        browser.run(
                "featuremap.page.choose(0); featuremap.page.change({ cell: { layer: 5, map: 0, row: 0, column: 0 } })");
        browser.await("document.querySelector('.weight')");
        assertThat(browser.run("return [...document.querySelectorAll('.arithmetic')].at(-1).textContent"))
                .asString()
                .matches("z = .*, softmax\\(z\\) = e\\^z / Σ e\\^z = .+ / .+ = .+");
        assertThat(browser.run("return document.querySelector('.weight').getAttribute('aria-label')"))
                .asString()
                .startsWith("weight from unit ");
        browser.run("featuremap.page.change({ cell: { layer: 0, map: 1, row: 0, column: 0 } })");
        browser.await(
                "document.querySelector('.weight[aria-label=\"weight of filter 1, channel 0, row 0, column 1\"]')");
    }

    @Test
    void aSliderShowsWhatTheNetworkWasAfterEachEpoch() {
        open(page);
        browser.run("featuremap.page.choose(0)");
        browser.await("featuremap.page.thought().picture.some(level => level > 0)");
        Object trained = browser.run("return " + MAPS);
        assertThat(browser.run("return featuremap.page.epochs.join()")).isEqualTo("0,1,2");
        browser.run("document.getElementById('epoch').focus()");
        browser.press("Home");
        browser.await("featuremap.page.state().epoch === 0 && " + MAPS + " !== '" + trained + "'");
        assertThat(browser.run("return document.getElementById('epoch-told').textContent"))
                .isEqualTo("before training");
        browser.await("location.hash.length > 1");
        browser.press("ArrowRight", "ArrowRight");
        browser.await(MAPS + " === '" + trained + "'");
        assertThat(browser.run("return featuremap.page.state().epoch")).isNull();
        assertThat(browser.run("return document.getElementById('epoch-told').textContent"))
                .isEqualTo("after epoch 2");
    }

    /** Until the test pictures are counted again, no score of other weights stands there. */
    @ParameterizedTest
    @ValueSource(strings = {"{ epoch: 0 }", "{ changes: [{ off: { 0: [1] }, weights: {} }] }"})
    void saysThatTestPicturesAreCountedAnewWhenTheNetworkIsAnother(String change) {
        open(page);
        browser.await("document.getElementById('scores').textContent.includes(' of 60 test pictures right')");
        assertThat(browser.run("featuremap.page.change(" + change + ");"
                        + " return document.getElementById('scores').textContent"))
                .isEqualTo("Counting how many of 60 test pictures are right …");
        browser.await("document.getElementById('scores').textContent.includes(' of 60 test pictures right')");
    }

    @Test
    void anEmptyPadInvitesToDrawAndShowsItsMapsWithoutColours() {
        open(page);
        String filter = "getComputedStyle(document.querySelector('.column canvas')).filter";
        String said = "document.getElementById('said').textContent";
        assertThat((String) browser.run("return " + said)).contains("Draw, or choose a picture");
        assertThat(browser.run("return " + filter)).isEqualTo("grayscale(1)");
        browser.run("featuremap.page.choose(0)");
        browser.await(filter + " === 'none' && !" + said + ".includes('Draw')");
    }

    @ParameterizedTest
    @ValueSource(strings = {"touch", "pen"})
    void fingerAndPenDrawAndHoldOnToACell(String pointer) {
        open(page);
        int[] pad = place(".paper canvas");
        browser.stroke(pointer, pad[0] + 20, pad[1] + 20, pad[0] + 60, pad[1] + 80, pad[0] + 90, pad[1] + 40);
        browser.await("document.querySelector('.says strong').textContent !== '–'");
        assertThat(browser.number("featuremap.page.state().strokes.length")).isOne();
        assertThat(browser.number("featuremap.page.state().strokes[0].points.length"))
                .isEqualTo(6);
        // Now and then Chrome makes no click of a tap.
        browser.run("addEventListener('click', click => click.stopImmediatePropagation(), true)");
        int[] maps = place(".column canvas");
        browser.stroke(pointer, maps[0] + 4, maps[1] + 4);
        browser.await("featuremap.page.state().cell");
        assertThat(browser.run("return JSON.stringify(featuremap.page.state().cell)"))
                .isEqualTo("{\"layer\":0,\"map\":0,\"row\":0,\"column\":0}");
    }

    @Test
    void everyLayerOfTheLettersNetworkIsInSightOnADesk() {
        open(page);
        browser.await("document.getElementById('columns').children.length === 6");
        assertThat(browser.number("document.getElementById('columns').scrollWidth"))
                .isEqualTo(browser.number("document.getElementById('columns').clientWidth"));
        browser.screen(1000, 900, false);
        browser.await("document.getElementById('columns').classList.contains('more')");
    }

    @Test
    void twoRunsAnswerSideBySide() {
        open(pair);
        browser.run("featuremap.page.choose(0)");
        browser.await("document.querySelectorAll('.says').length === 2");
        browser.await("document.querySelectorAll('#scores p').length === 2");
        browser.run("document.querySelectorAll('input[name=run]')[1].click()");
        browser.await("featuremap.page.state().run === 1 && featuremap.page.thought()");
        assertThat(browser.console()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void hasNoSeriousAccessibilityFinding(boolean dark) {
        for (Path file : List.of(page, page.resolveSibling("play.zh.html"), pair)) {
            for (int width : new int[] {390, 1280}) {
                browser.screen(width, 800, dark).open(file);
                browser.await("featuremap.page.thought()");
                browser.run(
                        "featuremap.page.choose(1); document.querySelectorAll('details').forEach(part => part.open = true);"
                                + "featuremap.page.change({ cell: { layer: 2, map: 3, row: 1, column: 1 } })");
                browser.await("document.querySelector('.weight')");
                assertThat(browser.accessibilityFindings()).isEmpty();
            }
        }
    }

    @Test
    void aPhoneKeepsPadAndAnswerInSight() {
        for (Path file : List.of(page, pair)) {
            browser.screen(390, 800, false).open(file);
            browser.await("featuremap.page.thought()");
            browser.run(
                    "featuremap.page.choose(1); featuremap.page.change({ cell: { layer: 2, map: 3, row: 1, column: 1 } })");
            browser.await("document.querySelector('.weight')");
            assertThat(browser.number("document.documentElement.scrollWidth")).isEqualTo(390);
            browser.run("scrollTo(0, 500)");
            assertThat(place(".paper canvas")[1]).isBetween(0, 60);
            assertThat(place("#said")[1]).isBetween(0, 60);
            browser.run("document.querySelector('[data-key=off]').click()");
            browser.await("/ right/.test(document.getElementById('scores').textContent)");
            browser.await("document.getElementById('why').textContent");
            for (String told : List.of("#verdict", "#seen canvas")) {
                assertThat(browser.run("const b = document.querySelector('" + told + "').getBoundingClientRect();"
                                + " return document.getElementById('microscope').contains(document.elementFromPoint("
                                + "b.left + 9, b.bottom - 9))"))
                        .as(told)
                        .isEqualTo(true);
            }
        }
    }
}
