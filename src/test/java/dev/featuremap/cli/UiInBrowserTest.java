package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.Browser;
import dev.featuremap.JavaCommand;
import dev.featuremap.Stress;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.Runs;
import dev.featuremap.ui.UiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The workbench as a browser shows it, with trainings of other processes. */
@Tag("browser")
class UiInBrowserTest {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";
    private static final String[] LONG = {
        "training.epochs=60",
        "data.trainExamples=1000",
        "data.testExamples=60",
        "training.checkpoint={everyMinutes: 60}"
    };

    @TempDir
    static Path folder;

    private static Path runs;
    private static Browser browser;
    private static UiServer server;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start(folder.resolve("profile"));
        runs = Files.createDirectory(folder.resolve("runs"));
        Runs.train(Runs.small(), runs.resolve(HOSTILE));
        Runs.train(Runs.small("seed=8"), runs.resolve("second"));
        Runs.train(Runs.small("seed=9", "loss=mse"), runs.resolve("third"));
        server = UiServer.start(runs, new Workspace(folder), UiServer.Settings.LOCAL);
    }

    @AfterAll
    static void end() {
        if (browser != null) {
            browser.close();
            server.close();
        }
    }

    @Test
    void aTrainingOfAnotherProcessAppearsGrowsIsStoppedAndGoesOnToTheSameBits() throws Exception {
        Path run = runs.resolve("going");
        Process process = train("--run-dir", run.toString());
        try {
            open("");
            browser.await(
                    "[...document.querySelectorAll('#rows tr.on')].some(row => row.textContent.includes('going'))");
            open("runs/going");
            browser.await("document.getElementById('status').textContent === 'going on'");
            browser.await("document.querySelector('#steps svg title')");
            String before = (String) browser.run("return document.querySelector('#steps svg title').textContent");
            browser.await("document.querySelector('#steps svg title').textContent !== '" + before + "'");
            browser.run("document.getElementById('stop').click()");
            browser.await("document.getElementById('status').textContent === 'not finished'");
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
        } finally {
            process.destroyForcibly();
        }
        Path whole = folder.resolve("whole");
        assertThat(train("--run-dir", whole.toString()).waitFor()).isZero();

        assertThat(train("--resume", run.toString()).waitFor()).isZero();

        assertThat(sha256(run)).matches("[0-9a-f]{64}").isEqualTo(sha256(whole));
        assertThat(run.resolve("steps.csv")).hasSameBinaryContentAs(whole.resolve("steps.csv"));
        browser.await("document.getElementById('status').textContent === 'done'");
    }

    private static Process train(String... where) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("train", "--json", "--quiet"));
        arguments.addAll(List.of(where));
        if (where[0].equals("--run-dir")) {
            arguments.addAll(List.of(LONG));
        }
        return new ProcessBuilder(JavaCommand.of(List.of("-Xmx512m"), JavaCommand.FEATUREMAP, arguments))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String sha256(Path run) {
        return RunDirectory.open(run).result().parametersSha256();
    }

    @Test
    void theTableIsFilteredSortedAndGrouped() {
        open("");
        browser.await("document.querySelectorAll('#rows tr').length >= 3");
        browser.run("const where = document.getElementById('where'); where.value = 'loss = mse';"
                + " document.getElementById('question').requestSubmit()");
        browser.await("document.querySelectorAll('#rows tr').length === 1");
        assertThat(browser.run("return document.querySelector('#rows a').textContent"))
                .isEqualTo("third");
        assertThat(browser.run("return location.search")).isEqualTo("?where=loss+%3D+mse");

        browser.run("where.value = 'los = mse'; document.getElementById('question').requestSubmit()");
        browser.await("document.getElementById('fault').textContent.includes('los')");
        browser.run("where.value = 'seed < 9'; document.getElementById('question').requestSubmit()");
        browser.await("document.querySelectorAll('#rows tr').length === 2");
        browser.run(
                "[...document.querySelectorAll('#head button')].find(b => b.textContent.startsWith('Seed')).click()");
        browser.await("document.querySelector('#head [aria-sort]')?.textContent === 'Seed ↓'");
        assertThat(browser.run("return document.querySelector('#rows a').textContent"))
                .isEqualTo("second");
        browser.run("document.getElementById('by-seed').click()");
        browser.await("document.querySelectorAll('#rows tr').length === 1");
        assertThat(browser.run("return document.querySelector('#rows').textContent"))
                .asString()
                .contains("7 8");
    }

    @Test
    void chosenRunsAreTaggedAndSeenSideBySide() {
        open("");
        browser.await("document.querySelectorAll('#rows tr').length >= 3");
        browser.run(
                "for (const name of ['second', 'third']) document.querySelector(`[aria-label='Choose ${name}']`).click()");
        browser.run(
                "document.getElementById('tag').value = 'liked'; document.getElementById('chosen').requestSubmit()");
        browser.await(
                "[...document.querySelectorAll('#rows .tags')].filter(cell => cell.textContent === 'liked').length === 2");
        browser.run("document.getElementById('beside').click()");
        browser.await("document.querySelector('h1')?.textContent.includes('side by side')");
    }

    @Test
    void aRunsReportAndItsPageToPlayWithAreMadeAndNothingIsWritten() throws IOException {
        open("runs/second/report.html");
        assertThat(browser.run("return document.querySelector('h1').textContent"))
                .isEqualTo("small");
        open("runs/second/play.html");
        browser.await("featuremap.page.thought()");
        assertThat(browser.console()).isEmpty();
        assertThat(runs.resolve("second/report.html")).doesNotExist();
        assertThat(runs.resolve("second/play.html")).doesNotExist();
    }

    @Test
    void whateverARunIsCalledIsText() {
        open("");
        browser.await("[...document.querySelectorAll('#rows a')].some(link => link.textContent === '" + HOSTILE + "')");
        browser.run("[...document.querySelectorAll('#rows a')].find(link => link.textContent === '" + HOSTILE
                + "').click()");
        browser.await("document.getElementById('status')?.textContent === 'done'");
        browser.await("document.querySelectorAll('#tiles img').length === 4");
        assertThat(browser.run("return document.querySelector('h1').textContent"))
                .isEqualTo(HOSTILE);
        assertThat(browser.console()).isEmpty();
        assertThat(browser.requests()).allMatch(address -> address.startsWith(server.address()));
    }

    @ParameterizedTest
    @CsvSource({"1280, false", "1280, true", "390, false", "390, true"})
    void everybodyCanReadIt(int width, boolean dark) {
        for (String page : List.of("", "runs/third")) {
            browser.screen(width, 900, dark).open(server.address() + page);
            browser.await("document.querySelector('#rows tr, #steps svg')");
            assertThat(browser.accessibilityFindings()).isEmpty();
            assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
        }
    }

    @Test
    void ofThousandsOfRunsAHundredAreShownAtATime() throws IOException {
        int count = Stress.count("stress.runs", 250);
        Path many = Files.createDirectory(folder.resolve("many"));
        for (int i = 0; i < count; i++) {
            Path copy = Files.createDirectory(many.resolve("run-" + i));
            try (Stream<Path> files = Files.list(runs.resolve("second"))) {
                for (Path file : files.filter(UiInBrowserTest::tells).toList()) {
                    Files.copy(file, copy.resolve(file.getFileName()));
                }
            }
        }
        try (UiServer another = UiServer.start(many, new Workspace(folder), UiServer.Settings.LOCAL)) {
            browser.beforeEachPage(
                    "window.longest = 0; new PerformanceObserver(list => list.getEntries()"
                            + ".forEach(task => { longest = Math.max(longest, task.duration); })).observe({ type: 'longtask', buffered: true })");
            browser.screen(1280, 900, false).open(another.address());
            browser.await("document.querySelectorAll('#rows tr').length === 100");
            assertThat(browser.run("return document.getElementById('place').textContent"))
                    .isEqualTo("1 to 100 of " + count);
            browser.run("document.getElementById('after').click()");
            browser.await("document.getElementById('place').textContent === '101 to 200 of " + count + "'");
            browser.run("[...document.querySelectorAll('#head button')].find(b => b.textContent === 'Name').click()");
            browser.await("document.getElementById('place').textContent === '1 to 100 of " + count + "'");
            browser.run("where.value = 'name ~ 7'; document.getElementById('question').requestSubmit()");
            browser.await("document.getElementById('found').textContent.includes(' of " + count + "')");
            Stress.tell(
                    54,
                    "longest task of the page in ms, filtering and sorting " + count + " runs",
                    Long.toString(browser.number("longest")));
        }
    }

    /** Whether a file of a run's directory tells what a table shows. */
    private static boolean tells(Path file) {
        return List.of("experiment.yaml", "result.json", "provenance.json")
                .contains(file.getFileName().toString());
    }

    private static void open(String page) {
        browser.screen(1280, 900, false).open(server.address() + page);
    }
}
