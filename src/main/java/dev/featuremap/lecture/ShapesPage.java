package dev.featuremap.lecture;

import dev.featuremap.network.Shape;
import dev.featuremap.network.ShapeTable;
import dev.featuremap.page.Block.Interactive;
import dev.featuremap.page.Block.Table;
import dev.featuremap.page.Language;
import dev.featuremap.page.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The arithmetic of sizes as a page: a table for each chain of layers. */
public final class ShapesPage {
    /** The slides' network as a chain: the sizes it names, and the layers between them that the experiment has. */
    private static final String SLIDE_L8 = "1x28x28 -> conv 64 3 -> conv 128 3 -> max 2 -> conv 128 3 -> max 2"
            + " -> conv 128 2 -> max 2 -> dense 256 -> dense 64 -> dense 12 -> dense 10";

    private ShapesPage() {}

    public static Page of(ShapesTopic shapes, Language language) {
        Page.Writer page = Lecture.page("shapes", language, "The arithmetic of sizes", "尺寸的计算");
        page.add(Interactive.of("lecture/shapes.js", Map.of("chain", chain(shapes))));
        page.heading("One formula", "一个公式", "L7");
        page.working(
                List.of(language.say("⌊(size + 2·padding - kernel) / stride⌋ + 1", "⌊(边长 + 2·填充 - 核大小) / 步长⌋ + 1")));
        page.prose(
                "A window of the kernel's size starts at so many places; ⌊ ⌋ rounds down: what is left over at the edge is dropped. 9x9 under a 3x3 filter gives 7x7; padded by one to 11x11 it gives 9x9; a 2x2 pooling window halves height and width.",
                "窗口有这么多个起点；⌊ ⌋ 表示向下取整：边上剩下的舍去。9x9 用 3x3 卷积核得 7x7；四周补一圈成 11x11 则得 9x9；2x2 池化使长宽各减半。");
        page.prose(
                "Where a layer says same, it is padded as far as needed and gives ⌈size / stride⌉; ⌈ ⌉ rounds up.",
                "写 same 的层会按需要填充，得到 ⌈边长 / 步长⌉；⌈ ⌉ 表示向上取整。");
        page.heading("Layer by layer", "逐层计算", "L7", "L8");
        page.prose(
                "A convolution turns channels into as many feature maps as it has filters; each filter has weights for every channel and one bias. A dense layer first writes all maps as one vector.",
                "卷积把通道变成与卷积核个数相同的特征图；每个卷积核对每个通道都有权重，另有一个偏置。全连接层先把所有特征图排成一个向量。");
        page.prose(
                "Above each table stands what it is about: channels x height x width, then the layers. conv 3 3 is a convolution of 3 filters of 3x3; max 2 and avg 2 pool windows of 2x2; pad 1 adds a border of one; dense 10 is fully connected to 10 units; dropout 0.5 forgets half of them in training. Sizes go up to 100000, filters to 65536, units to 1000000, rates from 0 to below 1, and no picture or array has more than 2147483647 numbers.",
                "每张表上方写着网络：通道 x 高 x 宽，然后是各层。conv 3 3 是 3 个 3x3 卷积核的卷积；max 2、avg 2 是 2x2 的池化；pad 1 是四周补一圈；dense 10 是 10 个单元的全连接层；dropout 0.5 在训练时遗忘一半。边长不超过 100000，卷积核不超过 65536 个，单元不超过 1000000 个，比例从 0 到小于 1，图片或数组不超过 2147483647 个数。");
        shapes.chains().forEach(chain -> page.add(table(chain, language)));
        return page.page();
    }

    /** What one begins to change: the chain that was asked for, or the slides' network. */
    private static String chain(ShapesTopic shapes) {
        return shapes.chains().size() == 1 ? shapes.chains().get(0).layers() : SLIDE_L8;
    }

    private static Table table(ShapesTopic.Chain chain, Language language) {
        List<List<String>> rows = new ArrayList<>();
        Shape from = chain.table().input();
        rows.add(List.of("", language.say("input", "输入"), from.toString(), "", "0", ""));
        for (ShapeTable.Row row : chain.table().rows()) {
            rows.add(List.of(
                    Integer.toString(row.index()),
                    LayerNames.say(row.type(), language),
                    row.output().toString(),
                    arithmetic(row, from),
                    grouped(row.parameters()),
                    withoutResult(row.parameterArithmetic())));
            from = row.output();
        }
        rows.add(List.of(
                "",
                language.say("total", "合计"),
                chain.table().output().toString(),
                "",
                grouped(chain.table().parameters()),
                ""));
        return new Table(
                caption(chain, language),
                List.of(
                        "",
                        language.say("layer", "层"),
                        language.say("output", "输出"),
                        language.say("size", "尺寸算式"),
                        language.say("parameters", "参数"),
                        language.say("counted", "参数算式")),
                rows);
    }

    private static String caption(ShapesTopic.Chain chain, Language language) {
        return chain.isNamed()
                ? language.say("the experiment ", "实验 ") + chain.layers()
                : chain.layers().replace("->", "→");
    }

    /** A fully connected layer is told by its inputs and outputs: {@code 128·2·2 = 512 → 256}, {@code 256 → 64}. */
    private static String arithmetic(ShapeTable.Row row, Shape from) {
        if (row.parameters() == 0 || !(row.output() instanceof Shape.Units)) {
            return row.arithmetic();
        }
        return (from instanceof Shape.Units ? from.toString() : row.arithmetic()) + " → " + row.output();
    }

    /** The result stands in a column of its own. */
    private static String withoutResult(String arithmetic) {
        int equals = arithmetic.lastIndexOf(" = ");
        return equals < 0 ? arithmetic : arithmetic.substring(0, equals);
    }

    private static String grouped(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
