package dev.featuremap.lecture;

import dev.featuremap.page.Block.Interactive;
import dev.featuremap.page.Block.Numbers;
import dev.featuremap.page.Block.Picture;
import dev.featuremap.page.Grid;
import dev.featuremap.page.Language;
import dev.featuremap.page.Page;
import java.util.List;
import java.util.Locale;

/** Dropout as a page: the mask, training against evaluation, and why the others are scaled. All maps are in ninths. */
public final class DropoutPage {
    private DropoutPage() {}

    public static Page of(DropoutTopic dropout, Language language) {
        Page.Writer page = Lecture.page("dropout", language, "The forgetting layer: dropout", "遗忘层（丢弃 Dropout）");
        Grid in = ninths(dropout.activation());
        Grid train = ninths(dropout.train());
        Grid test = ninths(dropout.test());
        Grid mean = ninths(dropout.meanOfPasses());
        double range = train.largestMagnitude();
        page.add(Interactive.of("lecture/dropout.js", new Given(in.map(Math::rint), dropout.rate())));
        String input = language.say("input", "输入");
        String training = language.say("output, training", "训练时的输出");
        String evaluating = language.say("output, evaluating", "评估时的输出");
        page.heading("One pass of training", "训练时的一次前向计算", "L10");
        page.prose(
                "The homework's map of \\ goes in, here in ninths. Each unit is forgotten with probability %s, anew in every step of training; the others are multiplied by 1 / (1 - %s) = %.3f.",
                "输入是作业中 \\ 的特征图，以九分之一为单位。训练的每一步，每个单元以 %s 的概率被遗忘；其余的乘以 1 / (1 - %s) = %.3f。",
                Double.toString(dropout.rate()),
                Double.toString(dropout.rate()),
                dropout.scale());
        page.beside(List.of(
                Ninths.numbers(input, in).within(range),
                Numbers.whole(language.say("mask: 1 kept, 0 forgotten", "掩码：1 保留，0 遗忘"), dropout.mask()),
                Ninths.numbers(training, train).within(range)));
        page.beside(List.of(
                Picture.signed(input, in, range),
                Picture.light(language.say("mask (light: kept)", "掩码（亮为保留）"), dropout.mask()),
                Picture.signed(training, train, range),
                Picture.signed(evaluating, test, range)));
        page.prose(
                "Forgotten this time: %.0f of %d.",
                "这一次遗忘了 %.0f 个，共 %d 个。",
                (1 - dropout.mask().mean()) * dropout.mask().toArray().length,
                dropout.mask().toArray().length);
        double difference = in.largestDifference(test);
        page.heading("Evaluating: nothing is forgotten", "评估时什么也不忘", "L10");
        page.prose(
                "When the network is used, dropout passes everything on as it is. The largest difference between input and output is %s.",
                "使用网络时，dropout 原样放行。输入与输出的最大差为 %s。",
                difference == 0 ? "0" : String.format(Locale.ROOT, "%.0e", difference));
        page.heading("The scaling keeps the mean", "缩放保持期望不变", "L10");
        page.prose(
                "Scaled like this, what comes out is on average what went in, and the next layer meets the same sizes in training and in use. The mean of %d passes against what went in:",
                "这样缩放之后，输出的期望等于输入，下一层在训练和使用时遇到的大小相同。%d 次的平均值与输入：", dropout.passes());
        page.beside(List.of(
                Ninths.numbers(input, in).within(range),
                Ninths.numbers(language.say("mean of the passes", "多次的平均值"), mean)
                        .within(range)));
        page.table(
                "",
                List.of("", language.say("mean of all units, in ninths", "所有单元的平均值（单位 1/9）")),
                List.of(
                        row(input, in),
                        row(language.say("output, one pass of training", "训练一次的输出"), train),
                        row(language.say("output, mean of the passes", "多次训练的平均"), mean),
                        row(evaluating, test)));
        page.prose(
                "A network that cannot count on any single unit spreads what it knows over many. In Deeplearning4j's own dropOut(p), p is the share that is kept; in this project's files rate is the share that is forgotten.",
                "不能依赖任何单个单元，网络就会把学到的东西分散到许多单元。Deeplearning4j 自己的 dropOut(p) 中 p 是保留的比例；本项目文件中的 rate 是遗忘的比例。");
        return page.page();
    }

    /** What the page's program is given: the map, in ninths. */
    private record Given(Grid map, double rate) {}

    private static Grid ninths(Grid decimals) {
        return decimals.map(value -> Ninths.FULL * value);
    }

    private static List<String> row(String name, Grid grid) {
        return List.of(name, String.format(Locale.ROOT, "%.4f", grid.mean()));
    }
}
