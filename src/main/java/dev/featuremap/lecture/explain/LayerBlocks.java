package dev.featuremap.lecture.explain;

import dev.featuremap.lecture.LayerNames;
import dev.featuremap.page.Block;
import dev.featuremap.page.Block.Picture;
import dev.featuremap.page.Grid;
import dev.featuremap.page.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What a page shows of one layer: its filters, and its maps or units before and after the activation function. */
final class LayerBlocks {
    private static final int FEW_UNITS = 16;
    private static final int SHORT_ROW = 16;
    private static final int LONG_ROW = 32;

    private final LayerView layer;
    private final Explanation explanation;
    private final Language language;
    private final List<Block> blocks = new ArrayList<>();

    private LayerBlocks(LayerView layer, Explanation explanation, Language language) {
        this.layer = layer;
        this.explanation = explanation;
        this.language = language;
    }

    static Block.Folded of(LayerView layer, Explanation explanation, Language language) {
        LayerBlocks of = new LayerBlocks(layer, explanation, language);
        of.fill();
        return new Block.Folded(
                "layers[" + layer.index() + "]: " + LayerNames.say(layer.type(), language) + " → " + layer.shape(),
                of.blocks);
    }

    private void fill() {
        if (isUnchanged()) {
            blocks.add(new Block.Prose(language.say("Unchanged when evaluating.", "评估时原样放行。")));
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
            fewUnits();
        } else {
            if (!layer.before().isEmpty()) {
                manyUnits(before, layer.before().get(0));
            }
            manyUnits(after, layer.after().get(0));
        }
    }

    /** Dropout gives what the layer before it gave. */
    private boolean isUnchanged() {
        return layer.index() > 0
                && layer.after()
                        .equals(explanation.layers().get(layer.index() - 1).after());
    }

    /** All in one scale, so that strong maps look strong. */
    private void gallery(String caption, List<Grid> grids) {
        double range = ExplanationPage.largest(grids);
        blocks.add(new Block.Gallery(
                caption,
                IntStream.range(0, grids.size())
                        .mapToObj(i -> Picture.signed(Integer.toString(i), grids.get(i), range))
                        .toList()));
    }

    /** One row for each unit; those of the last layer are the classes. */
    private void fewUnits() {
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
                row.add(ExplanationPage.number(layer.before().get(0).at(0, unit)));
            }
            row.add(ExplanationPage.number(after.at(0, unit)));
            rows.add(row);
        }
        blocks.add(new Block.Table("", header, rows));
    }

    /** A picture of rows of units, too many to read one by one. */
    private void manyUnits(String caption, Grid units) {
        int count = units.columns();
        int inARow = count <= SHORT_ROW * SHORT_ROW ? SHORT_ROW : LONG_ROW;
        int rows = (count + inARow - 1) / inARow;
        blocks.add(new Block.Prose(caption));
        blocks.add(Picture.signed(
                language.fill("units 0 to %d, %d in a row", "单元 0 至 %d，每行 %d 个", count - 1, inARow),
                Grid.of(rows, inARow, (row, column) -> {
                    int unit = row * inARow + column;
                    return unit < count ? units.at(0, unit) : 0;
                })));
    }
}
