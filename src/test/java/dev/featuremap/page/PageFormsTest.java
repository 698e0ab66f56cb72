package dev.featuremap.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.page.Block.Chart;
import dev.featuremap.page.Block.Numbers;
import dev.featuremap.page.Block.Picture;
import dev.featuremap.page.Block.Series;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageFormsTest {
    private static final String EVIL = "<script>alert('1')</script>\" onload=\"x & y";

    @Test
    void escapesWhateverStandsInAPage() {
        Grid grid = Grid.of(1, 1, (row, column) -> 1);
        String html = HtmlForm.of(new Page.Writer("evil", Language.EN, EVIL, EVIL)
                .heading(EVIL, EVIL, EVIL)
                .prose("%s", "%s", EVIL)
                .working(List.of(EVIL))
                .table(EVIL, List.of(EVIL), List.of(List.of(EVIL)))
                .gallery(EVIL, List.of(Picture.signed(EVIL, grid)))
                .beside(List.of(
                        new Numbers(EVIL, grid, value -> EVIL),
                        new Chart(EVIL, EVIL, List.of(new Series(EVIL, List.of(1.0))))))
                .page());
        assertThat(html).doesNotContain("<script", "\" onload", "& y").contains("&lt;script&gt;");
    }

    @Test
    void asksNothingOfTheNetwork() {
        Page page = new Page.Writer("t", Language.ZH, "t", "题")
                .add(Picture.light("p", Grid.of(2, 2, (row, column) -> 0)))
                .page();
        String html = HtmlForm.of(page, List.of(page));
        assertThat(html)
                .contains("default-src 'none'", "lang=\"zh-CN\"", "width=device-width", "prefers-color-scheme: dark")
                .doesNotContain("http://", "https://", "//cdn", "<script", "<link", "@import");
    }

    @Test
    void saysWhatColoursMeanWhereThereAreAny() {
        Grid grid = Grid.of(1, 1, (row, column) -> -1);
        Page.Writer plain = new Page.Writer("t", Language.EN, "t", "题").add(Picture.ink("p", grid));
        assertThat(HtmlForm.of(plain.page())).doesNotContain("Colours:");
        Page coloured = plain.beside(List.of(Picture.signed("p", grid))).page();
        assertThat(HtmlForm.of(coloured)).contains("<footer>\n<p>Colours: red is above 0, blue below;");
    }

    @Test
    void textSaysWhatTheMarksOfASignedPictureMeanAndWhatSlidesAre() {
        Page.Writer plain = new Page.Writer("t", Language.EN, "t", "题").prose("p", "p");
        assertThat(TextForm.of(plain.page())).doesNotContain("far below 0", "L1 to L12");
        Page coloured = plain.heading("h", "h", "L5")
                .beside(List.of(Picture.signed("p", Grid.of(1, 1, (row, column) -> -1))))
                .page();
        assertThat(TextForm.of(coloured)).contains("# far above 0, + above; = far below 0, - below;", "L1 to L12: ");
    }

    @Test
    void numbersOfOneRangeHaveOneColourForOneValue() {
        Numbers small = Numbers.whole("a", Grid.of(new double[][] {{4, -1}}));
        Numbers large = Numbers.whole("b", Grid.of(new double[][] {{4, 9}}));
        assertThat(firstCell(small)).isNotEqualTo(firstCell(large));
        assertThat(firstCell(small.within(9))).isEqualTo(firstCell(large));
        assertThat(HtmlForm.fragment(small.within(9))).contains("var(--plus),0.31)", "var(--minus),0.19)");
    }

    private static String firstCell(Numbers numbers) {
        String html = HtmlForm.fragment(numbers);
        return html.substring(html.indexOf("<td"), html.indexOf("</td>"));
    }

    @Test
    void marksTheCellsOfAnArea() {
        Numbers numbers = Numbers.whole("n", Grid.of(new double[][] {{1, 2, 3}, {4, 5, 6}}))
                .marking(new Block.Area(1, 1, 1, 2));
        Page page = new Page.Writer("t", Language.EN, "t", "t").add(numbers).page();
        assertThat(TextForm.of(page)).contains("\n1  2  3\n4  5* 6*\n");
        assertThat(HtmlForm.of(page).split("class=\"marked\"", -1)).hasSize(1 + 2);
    }

    @Test
    void leadsToThePagesBeforeAndAfter() {
        List<Page> folder = Stream.of("a", "b", "c")
                .map(name -> new Page.Writer(name, Language.EN, "The " + name, name).page())
                .toList();
        String html = HtmlForm.of(folder.get(1), folder);
        assertThat(html.substring(html.indexOf("class=\"foot\"")))
                .containsSubsequence("← <a href=\"a.html\">The a</a>", "<a href=\"c.html\">The c</a> →");
        assertThat(HtmlForm.of(folder.get(0), folder)).doesNotContain("←");
        assertThat(HtmlForm.of(folder.get(2), folder)).doesNotContain("→");
    }

    @ParameterizedTest
    @CsvSource({"60,60", "120,120", "'',80", "wide,80", "0,40", "-5,80"})
    void textIsAsWideAsTheTerminal(String columns, int width) {
        Page page = new Page.Writer("t", Language.EN, "t", "t")
                .prose("a ".repeat(300), "a")
                .page();
        assertThat(TextForm.of(page, columns).lines().map(String::length).max(Integer::compare))
                .hasValueSatisfying(longest -> assertThat(longest).isBetween(width - 1, width));
    }

    @Test
    void picturesHoldOnePixelForEachNumber() throws IOException {
        Picture picture = Picture.signed("p", Grid.of(new double[][] {{-2, 0, 2}}));
        String uri = PngPicture.dataUri(picture);
        var image =
                ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(uri.substring(uri.indexOf(',') + 1))));
        assertThat(image.getWidth()).isEqualTo(3);
        assertThat(image.getRGB(0, 0) & 0xffffff).isEqualTo(0x2166ac);
        assertThat(image.getRGB(1, 0) & 0xffffff).isEqualTo(0xffffff);
        assertThat(image.getRGB(2, 0) & 0xffffff).isEqualTo(0xb2182b);
    }

    @Test
    void textPutsWhatFitsSideBySideWithChineseTwoColumnsWide() {
        Grid grid = Grid.of(new double[][] {{1, -1}, {10, 0}});
        String text = TextForm.of(new Page.Writer("t", Language.ZH, "t", "题")
                .beside(List.of(Numbers.whole("特征图", grid), Numbers.whole("b", grid)))
                .page());
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
        Chart chart = new Chart("loss", "step", List.of(new Series("mse", Collections.nCopies(301, 0.5))));
        String text = TextForm.of(
                new Page.Writer("t", Language.EN, "t", "t").add(chart).page());
        assertThat(text).contains("step     mse", "   0  0.5000", " 300  0.5000");
    }

    @Test
    void gridsAreRowsInJsonAndWholeNumbersStayWhole() {
        assertThat(Grid.of(new double[][] {{1, -0.0}, {0.5, 9}}).toRows())
                .isEqualTo(List.of(List.of(1, 0), List.of(0.5, 9)));
    }

    @Test
    void aFragmentStylesOnlyItself() {
        String html = HtmlForm.fragment(Picture.light("p", Grid.of(2, 2, (row, column) -> 1)));
        assertThat(html).startsWith("<style>").contains("<div class=\"blocks\">", "data:image/png");
        assertThat(html.substring(html.indexOf('>') + 1, html.indexOf("</style>"))
                        .lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("@media")))
                .allMatch(line -> line.startsWith(".blocks "));
    }
}
