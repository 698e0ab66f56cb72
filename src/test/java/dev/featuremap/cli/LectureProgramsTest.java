package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.Browser;
import dev.featuremap.lecture.GradientStep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be changed on the lecture's pages, and the numbers that follow, in a browser. */
@Tag("browser")
class LectureProgramsTest {
    @TempDir
    static Path folder;

    private static Browser browser;

    @BeforeAll
    static void start() {
        browser = Browser.start(folder.resolve("profile"));
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    private static void open(String... topicAndOptions) {
        Path page = folder.resolve(topicAndOptions[0] + ".html");
        List<String> args = new ArrayList<>(List.of("lecture"));
        args.addAll(List.of(topicAndOptions));
        args.addAll(List.of("--html", page.toString()));
        Run run = Run.of(args.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        browser.screen(1280, 900, false).open(page);
    }

    private static void choose(String text) {
        browser.run("[...document.querySelectorAll('.interactive label')].find(l => l.textContent.trim() === '"
                + text.replace("\\", "\\\\") + "').querySelector('input').click()");
    }

    private static void focusGrid(int index) {
        browser.run("document.querySelectorAll('.interactive .walkable')[" + index + "].focus()");
    }

    private static String text(String selector) {
        return (String) browser.run("return document.querySelector('" + selector + "').textContent");
    }

    /** The numbers of a grid as they are written, row by row. */
    private static String grid(int index) {
        return (String) browser.run("return [...document.querySelectorAll('.interactive .numbers')[" + index
                + "].rows].map(r => [...r.cells].map(c => c.textContent).join(' ')).join('\\n')");
    }

    @Test
    void homeworkSaysFirstWhichFilterTellsTheLettersApart() {
        open("homework");
        assertThat(text(".conclusion"))
                .isEqualTo("The filter x tells X from O: x answers up to 9/9 to X, but up to 5/9 to O; "
                        + "\\ answers 9/9 to both; / answers 9/9 to both.");
        assertThat(browser.console()).isEmpty();
    }

    /** The map's rows are the lecture's; the pixel turned lies in nine windows, whose sums change by 2 or −2. */
    @Test
    void homeworksMapFollowsAPixelChangedByKeysAndAFilterChangedByMouse() {
        open("homework");
        assertThat(grid(1).lines().toList().get(0)).isEqualTo("7 -1 1 3 5 -1 3");
        focusGrid(0);
        browser.press("ArrowUp", "ArrowLeft", " ");
        assertThat(text(".interactive .numbers td")).isEqualTo("1");
        assertThat(grid(1).lines().toList().get(0)).isEqualTo("9 -1 1 3 5 -1 3");
        assertThat(text(".interactive > .arithmetic"))
                .isEqualTo("cell (1, 1): 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 = 9;  9 / 9 = 1");
        choose("x");
        assertThat(grid(1).lines().toList().get(0)).isEqualTo("5 -5 1 -1 1 -5 3");
        // The cross without its middle finds 2 less where the middle lies on ink, 2 more where on paper.
        click(3, 4);
        assertThat(grid(1).lines().toList().get(3)).isEqualTo("1 5 -5 7 -5 5 1");
    }

    @Test
    void homeworkWritesTheMapAsNinthsDecimalsCutAndColours() {
        open("homework");
        choose("decimals");
        assertThat(grid(1)).startsWith("0.777… -0.111… 0.111…");
        choose("cut to two decimals");
        assertThat(grid(1)).startsWith("0.77 -0.11 0.11 0.33 0.55 -0.11 0.33\n-0.11 1.00");
        choose("colours");
        assertThat(browser.accessibilityFindings()).isEmpty();
    }

    @Test
    void homeworksWindowSlidesByMouse() {
        open("homework");
        int[] from = place(0, 10);
        int[] to = place(0, 40);
        browser.drag(from[0], from[1], (from[0] + to[0]) / 2, (from[1] + to[1]) / 2, to[0], to[1]);
        assertThat(text(".interactive > .arithmetic"))
                .startsWith("cell (4, 4): ")
                .contains(" = 5;  5 / 9 = 0.555…");
    }

    /** In the browser and in Java the sums are made in the same order, so that all numbers are the very same. */
    @Test
    void gradientStepsAsJavaDoesWithTheRatesThatAreSet() {
        open("gradient");
        press("1 step");
        press("10 steps");
        GradientStep java = GradientStep.of(new GradientStep.Request(7, 42, 0.001, 11));
        assertThat(courses())
                .isEqualTo(List.of(
                        java.descent().byMse().mse(), java.descent().byMae().mae()));
        press("Begin again");
        browser.run("const s = document.querySelectorAll('.slider input')[1]; s.value = '-2';"
                + " s.dispatchEvent(new Event('input'))");
        press("1 step");
        assertThat(courses().get(1))
                .isEqualTo(GradientStep.of(new GradientStep.Request(7, 42, 0.01, 1))
                        .descent()
                        .byMae()
                        .mae());
        assertThat(text(".interactive [role=status]")).startsWith("step 1: MSE = ");
    }

    @Test
    void gradientSaysThatTooLargeARateDiverges() {
        open("gradient");
        browser.run(
                "const s = document.querySelector('.slider input'); s.value = '-1'; s.dispatchEvent(new Event('input'))");
        press("100 steps");
        assertThat(text(".interactive [role=status]")).contains("It diverges");
    }

    private static List<?> courses() {
        return (List<?>) browser.run("return featuremap.descents().map(d => d.course)");
    }

    /** Presses the first button of a name. */
    private static void press(String name) {
        browser.run("[...document.querySelectorAll('.interactive button')].find(b => b.textContent === '" + name
                + "').click()");
    }

    private static void click(int grid, int cell) {
        int[] at = place(grid, cell);
        browser.drag(at[0], at[1]);
    }

    /** The middle of a cell in the window. */
    private static int[] place(int grid, int cell) {
        List<?> at = (List<?>)
                browser.run(
                        "const c = document.querySelectorAll('.interactive .numbers')[" + grid
                                + "].querySelectorAll('td')[" + cell + "]; c.scrollIntoView({ block: 'nearest' });"
                                + " const b = c.getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height / 2].map(Math.round)");
        return at.stream().mapToInt(side -> ((Number) side).intValue()).toArray();
    }
}
