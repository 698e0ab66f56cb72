package dev.featuremap.lecture;

import dev.featuremap.lecture.page.Block.Numbers;
import dev.featuremap.lecture.page.Block.Picture;
import dev.featuremap.lecture.page.Grid;
import dev.featuremap.lecture.page.Language;
import dev.featuremap.lecture.page.Page;
import dev.featuremap.lecture.page.Palette;
import java.util.List;
import java.util.Locale;

/** Dropout as a page: the mask, training against evaluation, and why the others are scaled. */
public final class DropoutPage {
    private DropoutPage() {}

    public static Page of(DropoutTopic dropout, Language language) {
        Page.Writer page = new Page.Writer("dropout", language, "The forgetting layer: dropout", "遗忘层：dropout");
        page.heading("One pass of training", "训练中的一次", "L10");
        page.prose(
                "The homework's map of \\ goes in. Each unit is forgotten with probability %s, anew in every step of training; the others are multiplied by 1 / (1 - %s) = %.3f.",
                "输入是作业中 \\ 的特征图。训练的每一步，每个单元以 %s 的概率被遗忘；其余的乘以 1 / (1 - %s) = %.3f。",
                Double.toString(dropout.rate()),
                Double.toString(dropout.rate()),
                dropout.scale());
        page.beside(List.of(
                numbers(language.say("in", "输入"), dropout.activation()),
                Numbers.whole(language.say("mask: 1 kept, 0 forgotten", "掩码：1 保留，0 遗忘"), dropout.mask()),
                numbers(language.say("out, training", "训练时的输出"), dropout.train())));
        double range = dropout.train().largestMagnitude();
        page.beside(List.of(
                picture(language.say("in", "输入"), dropout.activation(), range),
                Picture.light(language.say("mask", "掩码"), dropout.mask()),
                picture(language.say("out, training", "训练时的输出"), dropout.train(), range),
                picture(language.say("out, evaluating", "评估时的输出"), dropout.test(), range)));
        page.prose(
                "Forgotten this time: %.0f of %d.",
                "这一次遗忘了 %.0f 个，共 %d 个。",
                (1 - dropout.mask().mean()) * dropout.mask().toArray().length,
                dropout.mask().toArray().length);
        double difference = difference(dropout.activation(), dropout.test());
        page.heading("Evaluating: nothing is forgotten", "评估时什么也不忘", "L10");
        page.prose(
                "When the network is used, dropout passes everything on as it is. The largest difference between in and out is %s.",
                "使用网络时，dropout 原样放行。输入与输出的最大差为 %s。",
                difference == 0 ? "0" : String.format(Locale.ROOT, "%.0e", difference));
        page.heading("The scaling keeps the mean", "缩放保持平均值", "L10");
        page.prose(
                "Multiplied so, what comes out is on average what went in, and the next layer meets the same sizes in training and in use. The mean of %d passes against what went in:",
                "这样缩放之后，输出的平均值等于输入，下一层在训练和使用时遇到的大小相同。%d 次的平均值与输入：", dropout.passes());
        page.beside(List.of(
                numbers(language.say("in", "输入"), dropout.activation()),
                numbers(language.say("mean of the passes", "多次的平均值"), dropout.meanOfPasses())));
        page.table(
                "",
                List.of("", language.say("mean of all units", "所有单元的平均值")),
                List.of(
                        row(language.say("in", "输入"), dropout.activation()),
                        row(language.say("out, one pass of training", "训练一次的输出"), dropout.train()),
                        row(language.say("out, mean of the passes", "多次训练的平均"), dropout.meanOfPasses()),
                        row(language.say("out, evaluating", "评估时的输出"), dropout.test())));
        page.prose(
                "A network that cannot count on any single unit spreads what it knows over many. In Deeplearning4j's own dropOut(p), p is the share that is kept; in this project's files rate is the share that is forgotten.",
                "不能依赖任何单个单元，网络就会把学到的东西分散到许多单元。Deeplearning4j 自己的 dropOut(p) 中 p 是保留的比例；本项目文件中的 rate 是遗忘的比例。");
        return page.page();
    }

    private static Numbers numbers(String caption, Grid grid) {
        return new Numbers(caption, grid, value -> String.format(Locale.ROOT, "%.2f", value));
    }

    private static Picture picture(String caption, Grid grid, double range) {
        return new Picture(caption, grid, Palette.SIGNED, range);
    }

    private static List<String> row(String name, Grid grid) {
        return List.of(name, String.format(Locale.ROOT, "%.4f", grid.mean()));
    }

    private static double difference(Grid one, Grid other) {
        return Grid.of(one.rows(), one.columns(), (row, column) -> one.at(row, column) - other.at(row, column))
                .largestMagnitude();
    }
}
