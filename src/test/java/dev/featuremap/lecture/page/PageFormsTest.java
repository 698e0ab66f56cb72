package dev.featuremap.lecture.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.lecture.page.Block.Chart;
import dev.featuremap.lecture.page.Block.Numbers;
import dev.featuremap.lecture.page.Block.Picture;
import dev.featuremap.lecture.page.Block.Series;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

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
        assertThat(HtmlForm.of(coloured)).contains("<footer>Colours: red is above 0, blue below;");
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
