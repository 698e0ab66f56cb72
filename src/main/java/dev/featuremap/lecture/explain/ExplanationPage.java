package dev.featuremap.lecture.explain;

import dev.featuremap.lecture.LayerNames;
import dev.featuremap.page.Block;
import dev.featuremap.page.Block.Picture;
import dev.featuremap.page.Grid;
import dev.featuremap.page.Language;
import dev.featuremap.page.Page;
import dev.featuremap.train.PreparedPicture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** An explanation as a page: the answer, the evidence, and every layer. */
public final class ExplanationPage {
    private static final int FEW_UNITS = 16;
    private static final int SHORT_ROW = 16;
    private static final int LONG_ROW = 32;

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
        PreparedPicture.Done source = explanation.source();
        page.prose("%s, %s.", "%s（%s）。", lastName(source.image()), done(source));
        if (source.trueLabel() != null) {
            page.prose("Its label is %s.", "它的标签是 %s。", source.trueLabel());
        }
        if (explanation.outputs().size() > 1) {
            page.prose(
                    "The run %s answers %s, with probability %s.",
                    "运行 %s 的回答是 %s，概率 %s。",
                    explanation.run(),
                    explanation.answer(),
                    number(explanation.outputs().get(explanation.answer())));
        } else {
            page.prose("The run %s answers %s.", "运行 %s 的回答是 %s。", explanation.run(), explanation.answer());
        }
        page.beside(input());
        page.table(
                "",
                List.of(language.say("class", "类别"), language.say("output", "输出")),
                explanation.outputs().entrySet().stream()
                        .map(output -> List.of(output.getKey(), number(output.getValue())))
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
        double black = explanation.black();
        double range = explanation.white() - black;
        List<Grid> channels = explanation.picture().stream()
                .map(channel -> channel.map(value -> (value - black) / range))
                .toList();
        return channels.size() == 3
                ? List.of(Picture.colour(caption, channels))
                : channels.stream()
                        .<Block>map(channel -> Picture.light(caption, channel))
                        .toList();
    }

    private void evidence() {
        page.heading("Where the evidence lies", "证据在哪里");
        page.prose(
                "The score is the answer's output before its activation function, less the mean of the others'. Occlusion: by how much it falls when a patch of %dx%d pixels around each place is covered with background; above 0 is evidence for the answer, below 0 against it. Gradient: the slope of the score by each pixel; brightening a pixel raises the score where it is above 0 and lowers it where it is below.",
                "得分是答案在激活函数之前的输出，减去其他类别的平均值。遮挡：用背景色盖住每处周围 %dx%d 个像素时，得分下降多少；大于 0 是支持答案的证据，小于 0 是反对的。梯度：得分对每个像素的斜率；大于 0 的像素越亮，得分越高，小于 0 的越亮，得分越低。",
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

    private void layer(LayerView layer) {
        String name =
                "layers[" + layer.index() + "]: " + LayerNames.say(layer.type(), language) + " → " + layer.shape();
        page.heading(name, name);
        if (isUnchanged(layer)) {
            page.prose("Unchanged when evaluating.", "评估时原样放行。");
            return;
        }
        if (!layer.filters().isEmpty()) {
            gallery(
                    language.say("Filters, each the mean over its input channels:", "卷积核，各取其输入通道的平均："),
                    layer.filters());
        }
        String before = language.say("Before the activation function:", "激活函数之前：");
        String after = language.say("What comes out:", "输出：");
        if (layer.hasMaps()) {
            if (!layer.before().isEmpty()) {
                gallery(before, layer.before());
            }
            gallery(after, layer.after());
        } else if (layer.after().get(0).columns() <= FEW_UNITS) {
            fewUnits(layer);
        } else {
            if (!layer.before().isEmpty()) {
                manyUnits(before, layer.before().get(0));
            }
            manyUnits(after, layer.after().get(0));
        }
    }

    /** Dropout gives what the layer before it gave. */
    private boolean isUnchanged(LayerView layer) {
        return layer.index() > 0
                && layer.after()
                        .equals(explanation.layers().get(layer.index() - 1).after());
    }

    /** All in one scale, so that strong maps look strong. */
    private void gallery(String caption, List<Grid> grids) {
        double range = grids.stream().mapToDouble(Grid::largestMagnitude).max().orElse(1);
        page.gallery(
                caption,
                IntStream.range(0, grids.size())
                        .mapToObj(i -> Picture.signed(Integer.toString(i), grids.get(i), range))
                        .toList());
    }

    /** One row for each unit; those of the last layer are the classes. */
    private void fewUnits(LayerView layer) {
        boolean isLast = layer.index() == explanation.layers().size() - 1;
        List<String> classes = List.copyOf(explanation.outputs().keySet());
        boolean isActivated = !layer.before().isEmpty();
        List<String> header = new ArrayList<>();
        header.add(isLast ? language.say("class", "类别") : language.say("unit", "单元"));
        if (isActivated) {
            header.add(isLast ? language.say("score", "得分") : language.say("before activation", "激活函数之前"));
        }
        header.add(language.say("output", "输出"));
        Grid after = layer.after().get(0);
        List<List<String>> rows = new ArrayList<>();
        for (int unit = 0; unit < after.columns(); unit++) {
            List<String> row = new ArrayList<>();
            row.add(isLast ? classes.get(unit) : Integer.toString(unit));
            if (isActivated) {
                row.add(number(layer.before().get(0).at(0, unit)));
            }
            row.add(number(after.at(0, unit)));
            rows.add(row);
        }
        page.table("", header, rows);
    }

    /** A picture of rows of units, too many to read one by one. */
    private void manyUnits(String caption, Grid units) {
        int count = units.columns();
        int inARow = count <= SHORT_ROW * SHORT_ROW ? SHORT_ROW : LONG_ROW;
        int rows = (count + inARow - 1) / inARow;
        page.prose("%s", "%s", caption);
        page.add(Picture.signed(
                language.fill("units 0 to %d, %d in a row", "单元 0 至 %d，每行 %d 个", count - 1, inARow),
                Grid.of(rows, inARow, (row, column) -> {
                    int unit = row * inARow + column;
                    return unit < count ? units.at(0, unit) : 0;
                })));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
