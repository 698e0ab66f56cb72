package dev.featuremap.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.page.Block.Numbers;
import dev.featuremap.page.Block.Picture;
import dev.featuremap.page.Chart.Series;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageFormsTest {
    private static final Screen PLAIN = Screen.of("", false);
    private static final String EVIL = "<script>alert('1')</script>\" onload=\"x & y";

    @Test
    void escapesWhateverStandsInAPage() {
        Grid grid = Grid.of(1, 1, (row, column) -> 1);
        String html = HtmlForm.of(new Page.Writer("evil", "kind", Language.EN, EVIL, EVIL)
                .heading(EVIL, EVIL, EVIL)
                .prose("%s", "%s", EVIL)
                .working(List.of(EVIL))
                .table(EVIL, List.of(EVIL), List.of(List.of(EVIL)))
                .gallery(EVIL, List.of(Picture.signed(EVIL, grid)))
                .beside(List.of(
                        new Numbers(EVIL, grid, value -> EVIL),
                        Chart.counting(EVIL, EVIL, List.of(Series.line(EVIL, 1, List.of(1.0))))))
                .page());
        assertThat(html).doesNotContain("<script>alert", "\" onload", "& y").contains("&lt;script&gt;");
    }

    @Test
    void asksNothingOfTheNetwork() {
        Page page = new Page.Writer("t", "kind", Language.ZH, "t", "题")
                .add(Picture.light("p", Grid.of(2, 2, (row, column) -> 0)))
                .page();
        String html = HtmlForm.folder(page, List.of(page), List.of(Language.ZH)).get("t.html");
        assertThat(html)
                .contains("default-src 'none'", "lang=\"zh-CN\"", "width=device-width", "prefers-color-scheme: dark")
                .doesNotContain("http://", "https://", "//cdn", "src=\"/", "@import");
        assertThat(html.split("<script>", -1)).hasSize(1 + html.split("'sha256-", -1).length - 1);
    }

    @Test
    void saysWhatColoursMeanWhereThereAreAny() {
        Grid grid = Grid.of(1, 1, (row, column) -> -1);
        Page.Writer plain = new Page.Writer("t", "kind", Language.EN, "t", "题").add(Picture.ink("p", grid));
        assertThat(HtmlForm.of(plain.page())).doesNotContain("Colours:");
        Page coloured = plain.beside(List.of(Picture.signed("p", grid))).page();
        assertThat(HtmlForm.of(coloured)).contains("<footer>\n<p>Colours: red is above 0, blue below;");
    }

    @Test
    void textSaysWhatTheMarksOfASignedPictureMeanAndWhatSlidesAre() {
        Page.Writer plain = new Page.Writer("t", "kind", Language.EN, "t", "题").prose("p", "p");
        assertThat(TextForm.of(plain.page(), PLAIN)).doesNotContain("far below 0", "L1 to L12");
        Page coloured = plain.heading("h", "h", "L5")
                .beside(List.of(Picture.signed("p", Grid.of(1, 1, (row, column) -> -1))))
                .page();
        assertThat(TextForm.of(coloured, PLAIN))
                .contains("# far above 0, + above; = far below 0, - below;", "L1 to L12: ");
    }

    @Test
    void numbersOfOneRangeHaveOneColourForOneValue() {
        Numbers small = Numbers.whole("a", Grid.of(new double[][] {{4, -1}}));
        Numbers large = Numbers.whole("b", Grid.of(new double[][] {{4, 9}}));
        assertThat(firstCell(small)).isNotEqualTo(firstCell(large));
        assertThat(firstCell(small.within(9))).isEqualTo(firstCell(large));
        assertThat(HtmlForm.fragment(small.within(9)))
                .contains("class=\"above\" style=\"--heat:0.444\"", "class=\"below\" style=\"--heat:0.111\"");
    }

    private static String firstCell(Numbers numbers) {
        String html = HtmlForm.fragment(numbers);
        return html.substring(html.indexOf("<td"), html.indexOf("</td>"));
    }

    @Test
    void marksTheCellsOfAnArea() {
        Numbers numbers = Numbers.whole("n", Grid.of(new double[][] {{1, 2, 3}, {4, 5, 6}}))
                .marking(new Block.Area(1, 1, 1, 2));
        Page page =
                new Page.Writer("t", "kind", Language.EN, "t", "t").add(numbers).page();
        assertThat(TextForm.of(page, PLAIN)).contains("\n1  2  3\n4  5* 6*\n");
        assertThat(HtmlForm.of(page).split(" marked\"", -1)).hasSize(1 + 2);
    }

    @Test
    void leadsToThePagesBeforeAndAfter() {
        List<Page> folder = Stream.of("a", "b", "c")
                .map(name -> new Page.Writer(name, "kind", Language.EN, "The " + name, name).page())
                .toList();
        Map<String, String> files = HtmlForm.folder(index("i"), folder, List.of(Language.EN));
        assertThat(neighbours(files.get("b.html")))
                .containsSubsequence("← <a href=\"./a.html\">The a</a>", "<a href=\"./c.html\">The c</a> →");
        assertThat(neighbours(files.get("a.html"))).doesNotContain("← <");
        assertThat(neighbours(files.get("c.html"))).doesNotContain("> →");
    }

    private static Page index(String name) {
        return new Page.Writer(name, "kind", Language.EN, "All", "all").page();
    }

    private static String neighbours(String html) {
        return html.substring(html.indexOf("class=\"neighbours\""));
    }

    @ParameterizedTest
    @CsvSource({"60,60", "120,120", "'',80", "wide,80", "0,40", "-5,80"})
    void textIsAsWideAsTheTerminal(String columns, int width) {
        Page page = new Page.Writer("t", "kind", Language.EN, "t", "t")
                .prose("a ".repeat(300), "a")
                .page();
        assertThat(TextForm.of(page, Screen.of(columns, false))
                        .lines()
                        .map(String::length)
                        .max(Integer::compare))
                .hasValueSatisfying(longest -> assertThat(longest).isBetween(width - 1, width));
    }

    @Test
    void picturesHoldOnePixelForEachNumber() throws IOException {
        Picture picture = Picture.signed("p", Grid.of(new double[][] {{-2, 0, 2}}));
        String uri = picture.png();
        var image =
                ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(uri.substring(uri.indexOf(',') + 1))));
        assertThat(image.getWidth()).isEqualTo(3);
        assertThat(image.getRGB(0, 0)).isEqualTo(0xff2f80c8);
        assertThat(image.getRGB(1, 0) >>> 24).as("opacity of 0").isZero();
        assertThat(image.getRGB(2, 0)).isEqualTo(0xffd03a46);
    }

    @Test
    void textWithoutColoursDrawsAPixelAsTwoCharacters() {
        List<String> lines = TextForm.of(Picture.light("p", Grid.of(28, 28, (row, column) -> row == 14 ? 1 : 0)), PLAIN)
                .lines()
                .toList();
        assertThat(lines.subList(1, lines.size()))
                .hasSize(1 + 28 + 1)
                .allSatisfy(line -> assertThat(line).hasSize(1 + 56 + 1));
        assertThat(lines.get(2)).isEqualTo("|" + " ".repeat(56) + "|");
        assertThat(lines.get(2 + 14)).isEqualTo("|" + "@".repeat(56) + "|");
    }

    @Test
    void textWithColoursDrawsTwoPixelsAsOneCharacterAndSaysWhatTheColoursMean() {
        Picture picture = Picture.signed("p", Grid.of(20, 20, (row, column) -> row % 2 == 0 ? 1 : -1));
        Page page = new Page.Writer("t", "kind", Language.EN, "t", "t")
                .beside(List.of(picture, picture))
                .page();
        String text = TextForm.of(page, Screen.of("80", true));
        String red = Integer.toString(HalfBlocks.code(0xd03a46));
        String blue = Integer.toString(HalfBlocks.code(0x2f80c8));
        String line = ("\u001b[38;5;" + red + ";48;5;" + blue + "m▀").repeat(20) + "\u001b[0m";
        assertThat(text).contains("\n" + line + "   " + line + "\n", "Colours: red is above 0, blue below");
        assertThat(text).doesNotContain("Marks:");
        assertThat(TextForm.of(page, PLAIN)).contains("Marks:").doesNotContain("red", "\u001b");
    }

    @ParameterizedTest
    @CsvSource({"000000,16", "ffffff,231", "808080,244", "ff0000,196", "2166ac,25", "b2182b,124"})
    void coloursOfATerminalAreTheNearestOf256(String rgb, int code) {
        assertThat(HalfBlocks.code(Integer.parseInt(rgb, 16))).isEqualTo(code);
    }

    @Test
    void aPictureOfThreeChannelsIsInColour() {
        List<Grid> channels = Stream.of(1.0, 0.0, 0.5)
                .map(level -> Grid.of(1, 1, (row, column) -> level))
                .toList();
        assertThat(Picture.colour("p", channels).image().getRGB(0, 0) & 0xffffff)
                .isEqualTo(0xff0080);
    }

    @Test
    void aPageInTwoLanguagesLeadsToTheOther() {
        List<Language> both = List.of(Language.EN, Language.ZH);
        Page page = new Page.Writer("t", "kind", Language.EN, "t", "t").page();
        Page other = new Page.Writer("t", "kind", Language.ZH, "t", "t").page();
        Edition english = new Edition("why #1.html", Language.EN, both);
        Edition chinese = new Edition("why #1.html", Language.ZH, both);
        assertThat(chinese.file()).isEqualTo("why #1.zh.html");
        assertThat(HtmlForm.of(page, english)).contains("href=\"./why%20%231.zh.html\" hreflang=\"zh-CN\"", ">中文</a>");
        assertThat(HtmlForm.of(other, chinese)).contains("href=\"./why%20%231.html\" hreflang=\"en\"", ">English</a>");
        assertThat(HtmlForm.of(page)).doesNotContain("hreflang");
        Map<String, String> folder = HtmlForm.folder(index("index"), List.of(page), both);
        assertThat(folder).containsOnlyKeys("t.html", "index.html");
        assertThat(folder.get("t.html")).contains("href=\"./index.html\"", "href=\"./t.zh.html\"");
    }

    @Test
    void textPutsWhatFitsSideBySideWithChineseTwoColumnsWide() {
        Grid grid = Grid.of(new double[][] {{1, -1}, {10, 0}});
        String text = TextForm.of(
                new Page.Writer("t", "kind", Language.ZH, "t", "题")
                        .beside(List.of(Numbers.whole("特征图", grid), Numbers.whole("b", grid)))
                        .page(),
                PLAIN);
        assertThat(text).isEqualTo("""
                        题
                        ==

                        特征图   b
                         1 -1     1 -1
                        10  0    10  0
                        """);
    }

    @Test
    void textBreaksLinesAtBlanksAndBesideChinese() {
        assertThat(TextWidth.wrap("one two three", 7)).containsExactly("one two", "three");
        assertThat(TextWidth.wrap("一二三，四五", 6)).containsExactly("一二", "三，四", "五");
        assertThat(TextWidth.wrap("", 5)).containsExactly("");
    }

    @Test
    void chartsAsTextShowTheFirstAndLastStep() {
        Chart chart = Chart.counting("loss", "step", List.of(Series.line("mse", 1, Collections.nCopies(301, 0.5))));
        String text = TextForm.of(
                new Page.Writer("t", "kind", Language.EN, "t", "t").add(chart).page(), PLAIN);
        assertThat(text).contains("step     mse", "   0  0.5000", " 300  0.5000");
    }

    @Test
    void gridsAreRowsInJsonAndWholeNumbersStayWhole() {
        assertThat(Grid.of(new double[][] {{1, -0.0}, {0.5, 9}}).toRows())
                .isEqualTo(List.of(List.of(1, 0), List.of(0.5, 9)));
    }

    @Test
    void whatCanBeChangedIsHiddenUntilItsProgramRunsAndNoPartOfTextOrOfAnothersPage() {
        Block.Interactive place = Block.Interactive.of("lecture/homework.js", List.of(EVIL));
        Page page =
                new Page.Writer("t", "kind", Language.EN, "t", "t").add(place).page();
        String html = HtmlForm.of(page);
        assertThat(html)
                .contains("<div class=\"interactive\" hidden>[&quot;&lt;script&gt;alert")
                .contains("modules[\"lecture/homework.js\"] =");
        assertThat(html.split("<script>", -1)).hasSize(1 + html.split("'sha256-", -1).length - 1);
        assertThat(TextForm.of(page, PLAIN)).isEqualTo("t\n=\n");
        assertThat(HtmlForm.fragment(place)).doesNotContain("interactive\" hidden", "<script");
    }

    @Test
    void aFragmentStylesOnlyItself() {
        String html = HtmlForm.fragment(Picture.light("p", Grid.of(2, 2, (row, column) -> 1)));
        assertThat(html).startsWith("<style>").contains("<div class=\"blocks\">", "data:image/png");
        String rules = html.substring(html.indexOf('>') + 1, html.indexOf("</style>"))
                .replaceAll("(?s)/\\*.*?\\*/", "")
                .strip();
        assertThat(topLevel(rules)).containsExactly(".blocks", ":where(.blocks)");
    }

    /** The selectors of a style's outermost rules. */
    private static List<String> topLevel(String rules) {
        List<String> selectors = new ArrayList<>();
        StringBuilder selector = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < rules.length(); i++) {
            char character = rules.charAt(i);
            if (character == '{' && depth++ == 0) {
                selectors.add(selector.toString().strip());
            } else if (character == '}' && --depth == 0) {
                selector.setLength(0);
            } else if (depth == 0) {
                selector.append(character);
            }
        }
        return selectors;
    }
}
