package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.Browser;
import dev.featuremap.lecture.DenseTopic;
import dev.featuremap.lecture.GradientStep;
import dev.featuremap.lecture.OneHotTopic;
import dev.featuremap.lecture.ShapesTopic;
import dev.featuremap.lecture.XoNetwork;
import dev.featuremap.network.Shape;
import dev.featuremap.network.ShapeTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat((String) browser.run(
                        "return [...document.querySelectorAll('.choice input:checked')][1].parentElement.textContent"))
                .as("whose map is shown")
                .isEqualTo(" x");
        assertThat(grid(1).lines().toList().get(0)).isEqualTo("3 -5 1 -1 1 -5 3");
        assertThat(text(".conclusion + p")).contains("9/9 where all nine pixels in the frame are as the filter wants");
        assertThat(browser.console()).isEmpty();
    }

    /** The map's rows are the lecture's; the pixel turned lies in nine windows, whose sums change by 2 or −2. */
    @Test
    void homeworksMapFollowsAPixelChangedByKeysAndAFilterChangedByMouse() {
        open("homework");
        choose("\\");
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
        choose("\\");
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
        choose("\\");
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

    @Test
    void gradientSaysWhereItStoppedWhenTheLossIsTooLargeForANumber() {
        open("gradient");
        browser.run(
                "const s = document.querySelector('.slider input'); s.value = '0'; s.dispatchEvent(new Event('input'))");
        press("100 steps");
        assertThat(text(".interactive [role=status]")).contains("Here it stopped");
        assertThat(browser.number("Math.min(...[...document.querySelectorAll('.chart text')].map(t => t.getBBox().x))"))
                .isNotNegative();
    }

    @Test
    void gradientSaysWhyALongStepDownMaeComesNoNearer() {
        open("gradient");
        browser.run("const s = document.querySelectorAll('.slider input')[1]; s.value = '0';"
                + " s.dispatchEvent(new Event('input'))");
        press("10 steps");
        assertThat((String)
                        browser.run("return document.querySelectorAll('.interactive [role=status]')[1].textContent"))
                .contains("step 10: MAE = ", "it has come no nearer", "lower the learning rate");
        press("Begin again");
        press("10 steps");
        assertThat(text(".interactive [role=status]")).doesNotContain("no nearer");
    }

    @Test
    void shapesFollowTheChainThatIsTyped() {
        open("shapes", "--layers", "1x28x28 -> conv 64 3 -> max 2");
        assertThat(text(".conclusion")).isEqualTo("1x28x28 becomes 64x13x13 with 640 parameters.");
        browser.run(
                "const t = document.querySelector('.chain-text'); t.focus(); t.value = '1x28x28 -> conv 8 5x3 stride 2 pad 1 ->"
                        + " dense 10'; t.dispatchEvent(new Event('input'))");
        assertThat(boxes())
                .containsExactly(
                        "1x28x28",
                        "8x13x14 | ⌊(28 + 2·1 - 5)/2⌋ + 1 = 13, ⌊(28 + 2·1 - 3)/2⌋ + 1 = 14 | 8·(1·5·3) + 8 = 128",
                        "10 | 8·13·14 = 1456 → 10 | 1456·10 + 10 = 14,570");
        browser.run(
                "const t = document.querySelector('.chain-text'); t.value = '1x9x9 -> conv 1 12'; t.dispatchEvent(new"
                        + " Event('input'))");
        assertThat(text(".conclusion"))
                .isEqualTo("Layer 0, conv 1 12: a window of 12x12 does not fit the 1x9x9 it is given.");
        assertThat(browser.accessibilityFindings()).isEmpty();
    }

    @Test
    void shapesFollowABoxThatIsDraggedMovedByItsArrowsOrRemoved() {
        open("shapes", "--layers", "1x28x28 -> max 2 -> conv 4 3 -> dropout 0.5");
        List<?> at = (List<?>)
                browser.run("return [...document.querySelectorAll('.grip')].map(g => g.getBoundingClientRect())"
                        + ".flatMap(b => [b.left + 20, b.top + 5]).map(Math.round)");
        int[] place = at.stream().mapToInt(side -> ((Number) side).intValue()).toArray();
        browser.drag(place[2], place[3], (place[2] + place[4]) / 2, place[5], place[4], place[5]);
        assertThat((String) browser.run("return document.querySelector('.chain-text').value"))
                .isEqualTo("1x28x28 -> conv 4 3 -> max 2 -> dropout 0.5");
        browser.run("document.querySelector('[data-key=left-3]').focus()");
        browser.run("document.activeElement.click(); document.activeElement.click()");
        assertThat((String) browser.run("return document.querySelector('.chain-text').value"))
                .isEqualTo("1x28x28 -> dropout 0.5 -> conv 4 3 -> max 2");
        browser.run("document.querySelector('[data-key=remove-1]').click()");
        assertThat(boxes().get(1)).isEqualTo("4x26x26 | 28 - 3 + 1 = 26 | 4·(1·3·3) + 4 = 40");
    }

    /** As {@code --layers} of the command: each chain is read, or refused in the very same words. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1x28x28",
                "1x28x28 -> conv 3 3 ->",
                "1x28x28 -> conv 3 999999",
                "1x28x28 -> conv 99999999999 3",
                "1x28x28 -> dense 9999999",
                "1x28x28 -> max 2 stride 100001",
                "1x28x28 -> dropout 1",
                "1x28x28 -> dropout -1",
                "99999x99999x99999 -> dropout 0.5"
            })
    void shapesTellTheRangeThatANumberIsNotIn(String chain) {
        open("shapes");
        String refused = (String) browser.run("return featuremap.tableOf('" + chain + "').refused.message");
        assertThatThrownBy(() -> ShapesTopic.of(chain)).hasMessage("--layers: " + refused);
    }

    @Test
    void shapesReadSizesAsTheyAreWritten() {
        open("shapes", "--layers", "1 x 28×28 → Conv 8 5X3 → MAX 2×2 → dropout .5");
        assertThat(text(".conclusion")).isEqualTo("1x28x28 becomes 8x12x13 with 128 parameters.");
    }

    @Test
    void shapesTakeAtMostAHundredLayers() {
        open("shapes");
        String layers = " -> dropout 0".repeat(100);
        assertThat(browser.run("return featuremap.tableOf('1x1x1" + layers + "').refused"))
                .isNull();
        String message =
                (String) browser.run("return featuremap.tableOf('1x1x1" + layers + " -> dropout 0').refused.message");
        assertThat(message).isEqualTo("found \"101 layers\", expected at most 100");
        assertThatThrownBy(() -> ShapesTopic.of("1x1x1" + layers + " -> dropout 0"))
                .hasMessage("--layers: " + message);
    }

    /** What each box gives, and its arithmetic. */
    private static List<String> boxes() {
        List<?> boxes = (List<?>) browser.run("return [...document.querySelectorAll('.box')].map(b =>"
                + " [...b.querySelectorAll('strong, .arithmetic')].map(e => e.textContent).join(' | '))");
        return boxes.stream().map(String::valueOf).toList();
    }

    @Test
    void shapesAreJavasOrRefusedWithItsWordsForRandomChains() {
        open("shapes");
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            String chain = chain(random);
            Map<?, ?> table = (Map<?, ?>) browser.run("const t = featuremap.tableOf('" + chain + "');"
                    + " return { rows: t.rows.map(r => [r.output.join('x'), r.arithmetic, r.parameters, r.counted].join(' | ')),"
                    + " refused: t.refused?.message, part: t.refused?.part }");
            if (table.get("refused") == null) {
                assertThat(table.get("rows")).as(chain).isEqualTo(javaRows(chain));
            } else {
                // Java reads all layers before it computes their shapes.
                String[] parts = chain.split(" -> ", -1);
                int upTo = ((Number) table.get("part")).intValue() + 1;
                assertThatThrownBy(() -> ShapesTopic.of(
                                String.join(" -> ", List.of(parts).subList(0, upTo))))
                        .as(chain)
                        .hasMessageContaining((String) table.get("refused"));
                refused++;
            }
        }
        assertThat(refused).isBetween(50, 350);
    }

    private static List<String> javaRows(String chain) {
        ShapeTable table = ShapesTopic.of(chain).chains().get(0).table();
        List<String> rows = new ArrayList<>();
        Shape from = table.input();
        for (ShapeTable.Row row : table.rows()) {
            String arithmetic = row.arithmetic();
            if (row.type().equals("dense")) {
                arithmetic = (from instanceof Shape.Units ? from.toString() : arithmetic) + " → " + row.output();
            }
            String counted = row.parameterArithmetic().replaceFirst(" = \\d+$", "");
            rows.add(row.output() + " | " + arithmetic + " | " + row.parameters() + " | " + counted);
            from = row.output();
        }
        return rows;
    }

    /** A chain that may or may not be. */
    private static String chain(Random random) {
        StringBuilder chain = new StringBuilder(
                (1 + random.nextInt(3)) + "x" + (5 + random.nextInt(30)) + "x" + (5 + random.nextInt(30)));
        for (int layers = 1 + random.nextInt(4); layers > 0; layers--) {
            chain.append(" -> ")
                    .append(
                            switch (random.nextInt(5)) {
                                case 0 -> "dense " + random.nextInt(50);
                                case 1 -> "dropout 0." + random.nextInt(10);
                                case 2 -> (random.nextBoolean() ? "max " : "avg ") + window(random);
                                default -> "conv " + random.nextInt(40) + " " + window(random);
                            });
        }
        return chain.toString();
    }

    private static String window(Random random) {
        String size = (1 + random.nextInt(5)) + (random.nextBoolean() ? "" : "x" + (1 + random.nextInt(5)));
        return size
                + switch (random.nextInt(4)) {
                    case 0 -> " stride " + random.nextInt(4);
                    case 1 -> " same stride " + (1 + random.nextInt(6));
                    case 2 -> " pad " + random.nextInt(4) + " stride 2";
                    default -> "";
                };
    }

    /** The homework's map of \\ begins 7 -1 / -1 9, whose largest is 9 and whose mean is 14/4. */
    @Test
    void poolingFollowsANumberChangedByKeysAndAnotherWindow() {
        open("pooling");
        assertThat(grid(1)).isEqualTo("9 3 5\n3 9 3\n5 3 9");
        assertThat(grid(2)).startsWith("3.50 1.50 1\n");
        focusGrid(0);
        browser.press("+", "+", "+", "ArrowRight", "-");
        assertThat(grid(0)).startsWith("10 -2 1 3");
        assertThat(grid(1)).startsWith("10 3 5\n");
        assertThat(text(".interactive > .arithmetic")).isEqualTo("max(10, -2, -1, 9) = 10;  16 / 4 = 4");
        browser.run("const s = document.querySelector('.interactive select'); s.value = '3';"
                + " s.dispatchEvent(new Event('change'))");
        assertThat(grid(1)).isEqualTo("10 5\n5 9");
        assertThat(browser.accessibilityFindings()).isEmpty();
    }

    /** One input changes all outputs, one weight only its own; all of them are the very numbers of Java's float64. */
    @Test
    void denseFollowsANumberOfXAndOneOfW() {
        open("dense", "--seed", "3");
        DenseTopic java = DenseTopic.of(3);
        List<Double> before = outputs();
        assertThat(before)
                .isEqualTo(IntStream.range(0, 30)
                        .mapToObj(unit -> java.byHand().at(0, unit))
                        .toList());
        focusGrid(1);
        browser.press("ArrowDown", "+");
        List<Double> byWeight = outputs();
        assertThat(byWeight.get(0))
                .isCloseTo(before.get(0) + 0.1 * java.inputs().at(0, 1), within(1e-12));
        assertThat(byWeight.subList(1, 30)).isEqualTo(before.subList(1, 30));
        focusGrid(0);
        browser.press("-");
        List<Double> byInput = outputs();
        assertThat(byInput.get(29))
                .isCloseTo(before.get(29) - 0.1 * java.weights().at(1, 29), within(1e-12));
        click(3, 4);
        type("b ", "2");
        assertThat(text(".interactive > .arithmetic"))
                .startsWith("y[1,5] = ")
                .endsWith(" + b 2.000000 = "
                        + String.format(Locale.ROOT, "%.6f", outputs().get(4)));
        assertThat(outputs().get(4)).isCloseTo(byInput.get(4) + 2 - java.bias().get(4), within(1e-12));
    }

    private static List<Double> outputs() {
        List<?> outputs = (List<?>) browser.run("return featuremap.outputs()");
        return outputs.stream().map(output -> ((Number) output).doubleValue()).toList();
    }

    /** A unit is forgotten where its number lies below the rate; the numbers are those of Java's Random. */
    @Test
    void dropoutForgetsByTheSeedAndTheRateAndScalesTheRest() {
        open("dropout");
        type("Begin at seed ", "7");
        slide("0.75");
        Random random = new Random(7);
        List<Integer> mask = mask(random, 0.75);
        assertThat(numbers(1)).isEqualTo(texts(mask));
        int[] in = numbers(0).stream().mapToInt(Integer::parseInt).toArray();
        assertThat(numbers(2))
                .isEqualTo(texts(IntStream.range(0, 49)
                        .mapToObj(i -> 4 * in[i] * mask.get(i))
                        .toList()));
        assertThat(text(".conclusion"))
                .isEqualTo(
                        Collections.frequency(mask, 0) + " of 49 units are forgotten; the others are multiplied by 4.");
        press("Draw again");
        assertThat(numbers(1)).isEqualTo(texts(mask(random, 0.75)));
        press("Draw 100 times");
        assertThat(text(".interactive figure:last-child figcaption")).isEqualTo("mean of 102 draws");
        slide("0");
        assertThat(grid(2)).isEqualTo(grid(0));
        assertThat(grid(3)).isEqualTo(grid(0));
    }

    private static List<Integer> mask(Random random, double rate) {
        return Stream.generate(() -> random.nextDouble() < rate ? 0 : 1)
                .limit(49)
                .toList();
    }

    private static List<String> texts(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).toList();
    }

    private static List<String> numbers(int grid) {
        return Pattern.compile("\\s").splitAsStream(grid(grid)).toList();
    }

    /** From 1 − 0.9 and 0.1 − 0: each square 0.01, each distance 0.1; for the other label 0.81 and 0.9. */
    @Test
    void oneHotFollowsTheLabelAndTheOutputs() {
        open("onehot");
        OneHotTopic java = OneHotTopic.of(XoNetwork.train(42));
        assertThat(browser.run("return featuremap.onehot.state.outputs"))
                .isEqualTo(java.cases().get(0).probabilities());
        output("X", "0.9");
        output("O", "0.1");
        assertThat(text(".conclusion")).isEqualTo("The label X is (1, 0); the largest output is that of X.");
        assertThat(losses())
                .isEqualTo("MSE = ((0.9 - 1)² + (0.1 - 0)²) / 2 = 0.010 MAE = (|0.9 - 1| + |0.1 - 0|) / 2 = 0.100");
        choose("O");
        assertThat(text(".conclusion")).isEqualTo("The label O is (0, 1); the largest output is that of X.");
        assertThat(losses())
                .isEqualTo("MSE = ((0.9 - 0)² + (0.1 - 1)²) / 2 = 0.810 MAE = (|0.9 - 0| + |0.1 - 1|) / 2 = 0.900");
    }

    private static String losses() {
        return (String) browser.run("return [...document.querySelectorAll('.interactive .arithmetic')]"
                + ".map(line => line.textContent).join(' ')");
    }

    private static void output(String name, String value) {
        set("document.querySelector('[aria-label=\"output for " + name + "\"]')", value);
    }

    private static void slide(String value) {
        set("document.querySelector('.slider input')", value);
    }

    private static void type(String label, String value) {
        set(
                "[...document.querySelectorAll('.interactive label')].find(l => l.textContent === '" + label
                        + "').querySelector('input')",
                value);
    }

    private static void set(String input, String value) {
        browser.run("const i = " + input + "; i.value = '" + value + "'; i.dispatchEvent(new Event('input'))");
    }

    /** What is not seen with the eyes alone, and on a phone, in both languages and themes. */
    @ParameterizedTest
    @ValueSource(strings = {"pooling", "dropout", "dense", "onehot"})
    void fitsAPhoneAndHasNoSeriousAccessibilityFinding(String topic) {
        for (String language : List.of("en", "zh")) {
            open(topic, "--lang", language);
            for (int width : new int[] {390, 1280}) {
                browser.screen(width, 800, width == 390).open(folder.resolve(topic + ".html"));
                assertThat(browser.number("document.documentElement.scrollWidth"))
                        .isLessThanOrEqualTo(width);
                assertThat(browser.accessibilityFindings()).isEmpty();
                assertThat(browser.console()).isEmpty();
            }
        }
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
