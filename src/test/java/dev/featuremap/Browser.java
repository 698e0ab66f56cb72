package dev.featuremap;

import com.deque.html.axecore.selenium.AxeBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.PointerInput;
import org.openqa.selenium.interactions.Sequence;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The Chromium of this machine, without a window. */
public final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MOST_TABS = 200;

    /** Warns that it does not know this Chromium's version, of which only the stable part of the protocol is used. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts it with a fresh profile; skips the test where there is none. */
    public static Browser start(Path profile) {
        Assumptions.assumeTrue(Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER), "no chromium here");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .withLogFile(new File(profile + ".log"))
                .build();
        SELENIUM.setLevel(Level.SEVERE);
        Browser browser = new Browser(new ChromeDriver(service, options));
        // The start page is not what is looked at.
        browser.driver.get("about:blank");
        browser.requests();
        browser.console();
        return browser;
    }

    /** A screen of this size in CSS pixels, as a phone has one, in a light or dark theme. */
    public Browser screen(int width, int height, boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
        return this;
    }

    /** Opens a page; what was said and asked for before is forgotten. */
    public Browser open(Path page) {
        return open(page.toUri().toString());
    }

    /** Opens the page at an address, as {@link #open(Path)}. */
    public Browser open(String address) {
        requests();
        console();
        driver.get(address);
        return this;
    }

    /** Runs a piece of JavaScript in every page that is opened from now on, before the page's own. */
    public void beforeEachPage(String script) {
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
    }

    /** Shows no scrollbars from now on. */
    public Browser withoutScrollbars() {
        driver.executeCdpCommand("Emulation.setScrollbarsHidden", Map.of("hidden", true));
        return this;
    }

    /** The top of the window as a PNG, from the left and this wide and high in CSS pixels. */
    public byte[] picture(int width, int height) {
        Object picture = driver.executeCdpCommand(
                        "Page.captureScreenshot",
                        Map.of(
                                "format",
                                "png",
                                "clip",
                                Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1)))
                .get("data");
        return Base64.getDecoder().decode((String) picture);
    }

    /** What a piece of JavaScript returns. */
    public Object run(String script) {
        return driver.executeScript(script);
    }

    /** What a piece of JavaScript returns that may await. */
    public Object compute(String script) {
        return run("return (async () => {" + script + "})()");
    }

    /** Presses the mouse at the first of some places of the window, moves it over the others, and lets go. */
    public void drag(int... xAndY) {
        press(xAndY[0], xAndY[1]);
        for (int i = 2; i < xAndY.length; i += 2) {
            moveTo(xAndY[i], xAndY[i + 1]);
        }
        release(xAndY[xAndY.length - 2], xAndY[xAndY.length - 1]);
    }

    /** Presses the mouse. */
    public void press(int x, int y) {
        mouse("mousePressed", x, y, 1);
    }

    /** Moves the mouse while it is pressed. */
    public void moveTo(int x, int y) {
        mouse("mouseMoved", x, y, 1);
    }

    /** Lets the mouse go. */
    public void release(int x, int y) {
        mouse("mouseReleased", x, y, 0);
    }

    /** Puts a finger ({@code touch}) or a pen ({@code pen}) down at the first of some places of the window, and lifts it at the last. */
    public void stroke(String pointer, int... xAndY) {
        PointerInput input =
                new PointerInput(pointer.equals("pen") ? PointerInput.Kind.PEN : PointerInput.Kind.TOUCH, pointer);
        Sequence sequence = new Sequence(input, 0);
        for (int i = 0; i < xAndY.length; i += 2) {
            sequence.addAction(
                    input.createPointerMove(Duration.ZERO, PointerInput.Origin.viewport(), xAndY[i], xAndY[i + 1]));
            if (i == 0) {
                sequence.addAction(input.createPointerDown(PointerInput.MouseButton.LEFT.asArg()));
            }
        }
        sequence.addAction(input.createPointerUp(PointerInput.MouseButton.LEFT.asArg()));
        driver.perform(List.of(sequence));
    }

    /** Moves the mouse without a button. */
    public void point(int x, int y) {
        mouse("mouseMoved", x, y, 0);
    }

    private void mouse(String type, int x, int y, int buttons) {
        driver.executeCdpCommand(
                "Input.dispatchMouseEvent",
                Map.of(
                        "type",
                        type,
                        "x",
                        x,
                        "y",
                        y,
                        "button",
                        buttons == 0 && type.equals("mouseMoved") ? "none" : "left",
                        "buttons",
                        buttons,
                        "clickCount",
                        1));
    }

    /** Presses keys, by their names such as ArrowDown, one after the other. */
    public void press(String... keys) {
        for (String key : keys) {
            for (String type : List.of("keyDown", "keyUp")) {
                driver.executeCdpCommand(
                        "Input.dispatchKeyEvent", Map.of("type", type, "key", key, "text", text(type, key)));
            }
        }
    }

    /** Types into what has the focus, as a keyboard does: texts, and keys such as {@code Keys.TAB}. */
    public void type(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    /** Presses the tabulator until what has the focus is what an expression says of {@code focus}. */
    public void tabTo(String expression) {
        for (int i = 0; i < MOST_TABS; i++) {
            type(Keys.TAB);
            if (Boolean.TRUE.equals(run("const focus = document.activeElement; return Boolean(" + expression + ")"))) {
                return;
            }
        }
        throw new AssertionError("the focus never came to: " + expression);
    }

    private static String text(String type, String key) {
        return type.equals("keyDown") && key.length() == 1 ? key : "";
    }

    /** Waits until an expression is true: what it depends on is computed elsewhere. */
    public void await(String expression) {
        long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!Boolean.TRUE.equals(run("return Boolean(" + expression + ")"))) {
            if (System.nanoTime() > until) {
                throw new AssertionError("never came true: " + expression);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    public long number(String expression) {
        return ((Number) run("return " + expression)).longValue();
    }

    /** What axe-core finds on the open page that keeps people from reading it: its serious and critical findings. */
    @SuppressWarnings("deprecation") // axe-core's other mode opens windows of its own
    public List<String> accessibilityFindings() {
        return new AxeBuilder()
                .setLegacyMode(true).analyze(driver).getViolations().stream()
                        .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                        .flatMap(rule -> rule.getNodes().stream()
                                .map(node -> rule.getId() + ": " + node.getHtml() + " " + node.getFailureSummary()))
                        .toList();
    }

    /** Everything written to the console, a refusal by the page's policy among it. */
    public List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    /** The addresses of everything that was asked for since the page was opened, but for data the page itself holds. */
    public List<String> requests() {
        return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(entry -> sent(entry.getMessage()))
                .filter(address -> !address.isEmpty() && !address.startsWith("data:"))
                .toList();
    }

    /** The address in a record of a request, empty for records of anything else. */
    private static String sent(String record) {
        try {
            JsonNode message = MAPPER.readTree(record).path("message");
            return message.path("method").asText().equals("Network.requestWillBeSent")
                    ? message.path("params").path("request").path("url").asText()
                    : "";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
