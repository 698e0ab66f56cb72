package dev.featuremap.lecture;

import dev.featuremap.lecture.page.Block.Table;
import dev.featuremap.lecture.page.Language;
import dev.featuremap.lecture.page.Page;
import dev.featuremap.network.ShapeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The arithmetic of sizes as a page: a table for each chain of layers. */
public final class ShapesPage {
    private ShapesPage() {}

    public static Page of(ShapesTopic shapes, Language language) {
        Page.Writer page = new Page.Writer("shapes", language, "The arithmetic of sizes", "尺寸的计算");
        page.heading("One formula", "一个公式", "L7");
        page.working(List.of("(size + 2·padding - kernel) / stride + 1"));
        page.prose(
                "A window of the kernel's size starts at so many places; what is left over at the edge is dropped. 9x9 under a 3x3 filter gives 7x7; padded by one to 11x11 it gives 9x9; a 2x2 pooling window halves.",
                "窗口有这么多个起点；边上剩下的舍去。9x9 用 3x3 卷积核得 7x7；四周补一圈成 11x11 则得 9x9；2x2 池化减半。");
        page.heading("Layer by layer", "逐层计算", "L7", "L8");
        page.prose(
                "A convolution turns channels into as many feature maps as it has filters; each filter has weights for every channel and one bias. A dense layer first writes all maps as one vector.",
                "卷积把通道变成与卷积核个数相同的特征图；每个卷积核对每个通道都有权重，另有一个偏置。全连接层先把所有特征图排成一个向量。");
        shapes.chains().forEach(chain -> page.add(table(chain, language)));
        return page.page();
    }

    private static Table table(ShapesTopic.Chain chain, Language language) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", language.say("input", "输入"), chain.table().input().toString(), "", "0", ""));
        for (ShapeTable.Row row : chain.table().rows()) {
            rows.add(List.of(
                    Integer.toString(row.index()),
                    row.type(),
                    row.output().toString(),
                    row.arithmetic(),
                    String.format(Locale.ROOT, "%,d", row.parameters()),
                    row.parameterArithmetic()));
        }
        rows.add(List.of(
                "",
                language.say("all", "合计"),
                chain.table().output().toString(),
                "",
                String.format(Locale.ROOT, "%,d", chain.table().parameters()),
                ""));
        return new Table(
                chain.layers(),
                List.of(
                        "",
                        language.say("layer", "层"),
                        language.say("output", "输出"),
                        language.say("how", "算式"),
                        language.say("parameters", "参数"),
                        language.say("how", "算式")),
                rows);
    }
}
