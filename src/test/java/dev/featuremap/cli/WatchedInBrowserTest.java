package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.Browser;
import dev.featuremap.JavaCommand;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.Workspace;
import dev.featuremap.ui.UiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** Trainings, comparisons and searches of other processes, watched and stopped in a browser. */
@Tag("browser")
class WatchedInBrowserTest {
    private static final String LONG =
            " training.epochs=60 data.trainExamples=1000 data.testExamples=60 training.checkpoint.everyMinutes=60";

    @TempDir
    static Path folder;

    private static Path runs;
    private static Browser browser;
    private static UiServer server;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start(folder.resolve("profile"));
        browser.beforeEachPage("""
                window.pauses = [];
                window.setTimeout = ((later) => (act, pause) => {
                  pauses.push(pause);
                  return later(act, pause);
                })(window.setTimeout);
                """);
        browser.screen(1280, 900, false);
        runs = Files.createDirectory(folder.resolve("runs"));
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
    void aTrainingAppearsGrowsIsStoppedAndGoesOnToTheSameBits() throws Exception {
        Path run = runs.resolve("going");
        Process process = featuremap("train --run-dir " + run + LONG);
        try {
            browser.open(server.address());
            browser.await(
                    "[...document.querySelectorAll('#rows tr.on')].some(row => row.textContent.includes('going'))");
            browser.open(server.address() + "runs/going");
            browser.await("document.getElementById('status').textContent === 'going on'");
            browser.await("document.querySelector('#steps svg title')");
            String before = (String) browser.run("return document.querySelector('#steps svg title').textContent");
            browser.await("document.querySelector('#steps svg title').textContent !== '" + before + "'");
            browser.tabTo("focus.id === 'stop'");
            browser.type(Keys.ENTER);
            browser.await("document.getElementById('status').textContent === 'not finished'");
            // What the file has a quarter of a second after the step before, is asked for half a second later.
            assertThat(browser.number("pauses.filter((pause) => pause === 500).length"))
                    .isPositive();
            assertThat(browser.number("Math.min(...pauses)")).isEqualTo(500);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
        } finally {
            process.destroyForcibly();
        }
        Path whole = folder.resolve("whole");
        assertThat(featuremap("train --run-dir " + whole + LONG).waitFor()).isZero();

        assertThat(featuremap("train --resume " + run).waitFor()).isZero();

        assertThat(sha256(run)).matches("[0-9a-f]{64}").isEqualTo(sha256(whole));
        assertThat(run.resolve("steps.csv")).hasSameBinaryContentAs(whole.resolve("steps.csv"));
        browser.await("document.getElementById('status').textContent === 'done'");
        assertThat(browser.run("return document.getElementById('stopping').textContent"))
                .isEqualTo("");
        assertThat(browser.run("return document.getElementById('stop').disabled"))
                .isEqualTo(false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compare conf/compare/xo-losses.yaml comparison.losses=[mse,mae] comparison.seeds=3 training.epochs=20",
                "tune conf/tune/xo-small.yaml tune.candidates=5 training.epochs=20"
            })
    void aComparisonOrASearchIsSeenAsItComesIsStoppedAndGoesOn(String command) throws Exception {
        String name = command.split(" ", 2)[0];
        String line = command + " data.trainExamples=1000 data.testExamples=60 --run-dir " + runs.resolve(name);
        Process process = featuremap(line);
        try {
            browser.open(server.address());
            browser.await("[...document.querySelectorAll('#rows tr.on')].some(row => row.textContent.includes('" + name
                    + "'))");
            browser.open(server.address() + "runs/" + name);
            browser.await("document.querySelectorAll('#rows tr').length >= 2");
            browser.await("/^\\d runs so far; going on$/.test(document.getElementById('found').textContent)");
            browser.tabTo("focus.id === 'stop'");
            browser.type(Keys.ENTER);
            browser.await("document.getElementById('found').textContent.endsWith('; not finished')");
            assertThat(browser.run("const { hidden, disabled } = document.getElementById('stop');"
                            + " return [hidden, disabled, document.getElementById('stopping').textContent]"))
                    .isEqualTo(List.of(true, false, ""));
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
            browser.open(server.address() + "runs/" + name + "/report.html");
            assertThat(browser.run("return document.body.textContent"))
                    .asString()
                    .contains("not finished");
        } finally {
            process.destroyForcibly();
        }
        browser.open(server.address() + "runs/" + name);

        assertThat(featuremap(line).waitFor()).isZero();

        browser.await("/^\\d runs; done$/.test(document.getElementById('found').textContent)");
        assertThat(RunDirectory.within(runs.resolve(name))).allMatch(RunDirectory::hasResult);
    }

    private static Process featuremap(String line) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(line.split(" ")));
        arguments.addAll(List.of("--json", "--quiet"));
        return new ProcessBuilder(JavaCommand.of(List.of("-Xmx512m"), JavaCommand.FEATUREMAP, arguments))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String sha256(Path run) {
        return RunDirectory.open(run).result().parametersSha256();
    }
}
