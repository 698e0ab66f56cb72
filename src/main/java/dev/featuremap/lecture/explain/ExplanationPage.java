package dev.featuremap.lecture.explain;

import dev.featuremap.lecture.page.Block;
import dev.featuremap.lecture.page.Block.Numbers;
import dev.featuremap.lecture.page.Block.Picture;
import dev.featuremap.lecture.page.Grid;
import dev.featuremap.lecture.page.Language;
import dev.featuremap.lecture.page.Page;
import dev.featuremap.lecture.page.Palette;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** An explanation as a page: the answer, the evidence, and every layer. */
public final class ExplanationPage {
    private static final int FEW_UNITS = 16;
    private static final int UNITS_IN_A_ROW = 32;

    private final Explanation explanation;
    private final Language language;
    private final Page.Writer page;

    private ExplanationPage(Explanation explanation, Language language) {
        this.explanation = explanation;
        this.language = language;
        this.page = new Page.Writer(
                "explain", language, "Why " + explanation.answer() + "?", "为什么是 " + explanation.answer() + "？");
    }

    /** Everything, each layer with its filters and maps. */
    public static Page of(Explanation explanation, Language language) {
        ExplanationPage of = new ExplanationPage(explanation, language);
        of.answer();
        of.evidence();
        of.table();
        explanation.layers().forEach(of::layer);
        return of.page.page();
    }

    /** The answer, the evidence, and each layer in one line. */
    public static Page summary(Explanation explanation, Language language) {
        ExplanationPage of = new ExplanationPage(explanation, language);
        of.answer();
        of.evidence();
        of.table();
        return of.page.page();
    }

    private void answer() {
        page.heading("The picture and the answer", "图片与回答");
        if (explanation.inverted()) {
            page.prose(
                    "%s, with light and dark exchanged, as the network was trained on light ink.",
                    "%s，明暗互换，因为训练时用的是浅色墨迹。", explanation.image());
        } else {
            page.prose("%s", "%s", explanation.image());
        }
        page.beside(input());
        page.table(
                "",
                List.of(language.say("class", "类别"), language.say("output", "输出")),
                explanation.outputs().entrySet().stream()
                        .map(output -> List.of(output.getKey(), number(output.getValue())))
                        .toList());
    }

    private List<Block> input() {
        List<Block> channels = new ArrayList<>();
        for (Grid channel : explanation.picture()) {
            double low = channel.min();
            double range = Math.max(1e-12, channel.max() - low);
            channels.add(Picture.light(
                    language.say("as the network sees it", "网络看到的"), channel.map(v -> (v - low) / range)));
        }
        return channels;
    }

    private void evidence() {
        page.heading("Where the evidence lies", "证据在哪里");
        page.prose(
                "The score is the answer's output before its activation function, less the mean of the others'. Left: by how much it falls when a patch of %dx%d pixels around each place is covered with paper; red is evidence for the answer, blue against it. Right: the slope of the score by each pixel; more light on red speaks for the answer, on blue against it.",
                "得分是答案在激活函数之前的输出，减去其他类别的平均值。左：用纸色盖住每处周围 %dx%d 个像素时，得分下降多少；红色是支持答案的证据，蓝色是反对的。右：得分对每个像素的斜率；红色处越亮越支持，蓝色处越亮越反对。",
                explanation.patch(),
                explanation.patch());
        page.beside(List.of(
                Picture.signed(language.say("occlusion", "遮挡"), explanation.occlusion()),
                Picture.signed(language.say("gradient", "梯度"), explanation.saliency())));
    }

    private void table() {
        page.heading("Layer by layer", "逐层");
        List<List<String>> rows = new ArrayList<>();
        for (LayerView layer : explanation.layers()) {
            double[] all = layer.after().stream()
                    .flatMapToDouble(grid -> Arrays.stream(grid.toArray()))
                    .toArray();
            double silent = Arrays.stream(all).filter(value -> value == 0).count() / (double) all.length;
            rows.add(List.of(
                    Integer.toString(layer.index()),
                    layer.type(),
                    layer.shape(),
                    number(Arrays.stream(all).min().orElse(0)),
                    number(Arrays.stream(all).average().orElse(0)),
                    number(Arrays.stream(all).max().orElse(0)),
                    String.format(Locale.ROOT, "%.0f %%", 100 * silent)));
        }
        page.table(
                "",
                List.of(
                        "",
                        language.say("layer", "层"),
                        language.say("output", "输出"),
                        language.say("least", "最小"),
                        language.say("mean", "平均"),
                        language.say("most", "最大"),
                        language.say("exactly 0", "恰为 0")),
                rows);
    }

    private void layer(LayerView layer) {
        page.heading(
                layer.index() + ". " + layer.type() + " → " + layer.shape(),
                layer.index() + ". " + layer.type() + " → " + layer.shape());
        if (!layer.filters().isEmpty()) {
            gallery(
                    language.say(
                            "Filters, each the mean over its input channels; red is positive, blue negative:",
                            "卷积核，各取其输入通道的平均；红为正，蓝为负："),
                    layer.filters());
        }
        String before = language.say("Before the activation function:", "激活函数之前：");
        String after = language.say("What comes out:", "输出：");
        if (layer.hasMaps()) {
            if (!layer.before().isEmpty()) {
                gallery(before, layer.before());
            }
            gallery(after, layer.after());
        } else {
            if (!layer.before().isEmpty()) {
                page.add(units(before, layer.before().get(0)));
            }
            page.add(units(after, layer.after().get(0)));
        }
    }

    /** All in one scale, so that strong maps look strong. */
    private void gallery(String caption, List<Grid> grids) {
        double range = grids.stream().mapToDouble(Grid::largestMagnitude).max().orElse(1);
        page.gallery(
                caption,
                IntStream.range(0, grids.size())
                        .mapToObj(i -> new Picture(Integer.toString(i), grids.get(i), Palette.SIGNED, range))
                        .toList());
    }

    /** A few units as numbers, many as a picture of rows of 32. */
    private static Block units(String caption, Grid units) {
        int count = units.columns();
        if (count <= FEW_UNITS) {
            return new Numbers(caption, units, ExplanationPage::number);
        }
        int rows = (count + UNITS_IN_A_ROW - 1) / UNITS_IN_A_ROW;
        return Picture.signed(caption, Grid.of(rows, UNITS_IN_A_ROW, (row, column) -> {
            int unit = row * UNITS_IN_A_ROW + column;
            return unit < count ? units.at(0, unit) : 0;
        }));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
