package dev.featuremap.lecture.explain;

import dev.featuremap.lecture.LayerNames;
import dev.featuremap.page.Block;
import dev.featuremap.page.Block.Bars;
import dev.featuremap.page.Block.Bars.Bar;
import dev.featuremap.page.Block.Picture;
import dev.featuremap.page.Grid;
import dev.featuremap.page.Language;
import dev.featuremap.page.Page;
import dev.featuremap.train.PreparedPicture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An explanation as a page: the answer, the evidence, and every layer. */
public final class ExplanationPage {
    private static final int MOST_BARS = 12;
    private static final int MOST_MAPS = 12;

    /** What falls by less is told as 0.00. */
    private static final double LEAST_FALL = 0.005;

    private final Explanation explanation;
    private final Language language;
    private final Page.Writer page;

    private ExplanationPage(Explanation explanation, Language language) {
        this.explanation = explanation;
        this.language = language;
        this.page = new Page.Writer(
                "explain",
                language.say("explanation", "解释"),
                language,
                "Why " + explanation.answer() + "?",
                "为什么是 " + explanation.answer() + "？");
    }

    /** Everything, each layer with its filters and maps, folded. */
    public static Page of(Explanation explanation, Language language) {
        ExplanationPage of = new ExplanationPage(explanation, language);
        of.answer();
        of.evidence();
        of.importantMaps();
        of.table();
        explanation.layers().forEach(layer -> of.page.add(LayerBlocks.of(layer, explanation, language)));
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
        page.prose("%s", "%s", Sentence.of(explanation, language));
        PreparedPicture.Done source = explanation.source();
        page.prose(
                "The run %s was asked about %s (%s).",
                "向运行 %s 询问了 %s（%s）。", explanation.run(), lastName(source.image()), done(source));
        if (source.trueLabel() != null) {
            page.prose("Its label is %s.", "它的标签是 %s。", source.trueLabel());
        }
        List<Block> pictureAndBars = new ArrayList<>(input());
        if (explanation.outputs().size() > 1) {
            pictureAndBars.add(bars());
        }
        page.beside(pictureAndBars);
    }

    /** Each class's output, or those of the largest where there are many. */
    private Bars bars() {
        Map<String, Double> outputs = explanation.outputs();
        double largest = outputs.values().stream().mapToDouble(Math::abs).max().orElseThrow();
        double full = Sentence.areShares(outputs) || largest == 0 ? 1 : largest;
        double least = outputs.values().stream()
                .sorted(Comparator.reverseOrder())
                .skip(Math.min(MOST_BARS, outputs.size()) - 1)
                .findFirst()
                .orElseThrow();
        return new Bars(outputs.entrySet().stream()
                .filter(output -> output.getValue() >= least)
                .map(output -> new Bar(
                        output.getKey(),
                        Math.max(0, output.getValue()) / full,
                        Sentence.number(outputs, output.getValue()),
                        output.getKey().equals(explanation.answer())))
                .toList());
    }

    /** A page that is given away tells nobody's folders. */
    private static String lastName(String place) {
        return place.substring(Math.max(place.lastIndexOf('/'), place.lastIndexOf('\\')) + 1);
    }

    private String done(PreparedPicture.Done source) {
        List<String> done = new ArrayList<>();
        if (source.resizedFrom() != null) {
            done.add(language.fill("resized from %s", "由 %s 缩放", source.resizedFrom()));
        }
        if (source.fittedInk() != null) {
            done.add(language.fill(
                    "its ink of %s fitted as MNIST's digits", "其 %s 的笔迹按 MNIST 数字的方式放置", source.fittedInk()));
        }
        if (source.withoutInk()) {
            done.add(language.say("no ink found to fit as MNIST's digits", "没有可按 MNIST 数字放置的笔迹"));
        }
        if (source.madeGrey()) {
            done.add(language.say("colours made grey", "彩色变为灰度"));
        }
        done.add(
                source.inverted()
                        ? language.say("light and dark exchanged", "明暗互换")
                        : language.say("light and dark kept", "明暗不变"));
        return String.join(language.say(", ", "，"), done);
    }

    /** Red, green and blue as one picture, other channels each as its own. */
    private List<Block> input() {
        String caption = language.say("as the network sees it", "网络看到的");
        List<Grid> channels = levels();
        return channels.size() == 3
                ? List.of(Picture.colour(caption, channels))
                : channels.stream()
                        .<Block>map(channel -> Picture.light(caption, channel))
                        .toList();
    }

    /** Each channel from 0 (dark) to 1 (light). */
    private List<Grid> levels() {
        double black = explanation.black();
        double range = explanation.white() - black;
        return explanation.picture().stream()
                .map(channel -> channel.map(value -> (value - black) / range))
                .toList();
    }

    /** The mean of the channels. */
    private Grid grey() {
        List<Grid> channels = levels();
        Grid first = channels.get(0);
        return Grid.of(
                first.rows(),
                first.columns(),
                (row, column) -> channels.stream()
                        .mapToDouble(channel -> channel.at(row, column))
                        .average()
                        .orElseThrow());
    }

    private void evidence() {
        page.heading("Where the evidence lies", "证据在哪里");
        page.prose(
                "The score is the answer's output before its activation function, less the mean of the others'. Occlusion: by how much it falls when a patch of %dx%d pixels around each place is covered with background; above 0 is evidence for the answer, below 0 against it. Gradient: the slope of the score by each pixel; brightening a pixel raises the score where it is above 0 and lowers it where it is below.",
                "得分是答案在激活函数之前的输出，减去其他类别的平均值。遮挡：用背景色盖住每处周围 %dx%d 个像素时，得分下降多少；大于 0 是支持答案的证据，小于 0 是反对的。梯度：得分对每个像素的斜率；大于 0 的像素越亮，得分越高，小于 0 的越亮，得分越低。",
                explanation.patch(),
                explanation.patch());
        page.beside(List.of(
                Picture.covered(
                        language.say("occlusion over the picture", "图片上的遮挡结果"), grey(), explanation.occlusion()),
                Picture.signed(language.say("occlusion", "遮挡"), explanation.occlusion()),
                Picture.signed(language.say("gradient", "梯度"), explanation.saliency())));
    }

    /** Those maps without which the score falls most, the largest fall first, each in its layer's scale. */
    private void importantMaps() {
        if (explanation.maps().isEmpty()) {
            return;
        }
        List<Picture> mattering = explanation.maps().stream()
                .filter(map -> map.fall() >= LEAST_FALL)
                .sorted(Comparator.comparingDouble(MapImportance::fall).reversed())
                .limit(MOST_MAPS)
                .map(this::picture)
                .toList();
        page.heading("The maps that matter most", "最重要的特征图");
        if (mattering.isEmpty()) {
            page.prose("None: whichever map is made 0, the score does not fall.", "没有：把任何一幅图变为 0，得分都不下降。");
            return;
        }
        page.gallery(
                language.say(
                        "With each: its filter and layer, and by how much the score falls when the map is 0.",
                        "每幅图下：卷积核与所在的层，以及该图变为 0 时得分下降多少。"),
                mattering);
    }

    private Picture picture(MapImportance importance) {
        List<Grid> all = explanation.layers().get(importance.layer()).after();
        return Picture.signed(
                language.fill(
                        "filter %d of layer %d: %s",
                        "第 %2$d 层卷积核 %1$d：%3$s",
                        importance.map(),
                        importance.layer(),
                        String.format(Locale.ROOT, "%.2f", importance.fall())),
                all.get(importance.map()),
                largest(all));
    }

    /** The largest distance from 0 in some grids. */
    static double largest(List<Grid> grids) {
        return grids.stream().mapToDouble(Grid::largestMagnitude).max().orElse(1);
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
                    "layers[" + layer.index() + "]",
                    LayerNames.say(layer.type(), language),
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
                        language.say("min", "最小"),
                        language.say("mean", "平均"),
                        language.say("max", "最大"),
                        language.say("exactly 0", "恰为 0")),
                rows);
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
