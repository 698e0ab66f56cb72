package dev.featuremap.lecture;

import dev.featuremap.lecture.OneHotTopic.Case;
import dev.featuremap.lecture.OneHotTopic.Unit;
import dev.featuremap.lecture.page.Block.Picture;
import dev.featuremap.lecture.page.Grid;
import dev.featuremap.lecture.page.Language;
import dev.featuremap.lecture.page.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One-hot labels as a page: the units that fire for each letter, and the sum of their votes. */
public final class OneHotPage {
    private OneHotPage() {}

    public static Page of(OneHotTopic oneHot, Language language) {
        Page.Writer page = new Page.Writer("onehot", language, "One-hot labels and the units that vote", "独热标签与投票的神经元");
        page.heading("One output for each class", "每个类别一个输出", "L12");
        page.prose(
                "The slides write cat = (1, 0) and dog = (0, 1); here X = (1, 0) and O = (0, 1). A network trained on the spot (seed %d) answers the clean letters. Its dense layer has %d units; a unit fires when its activation is above 0: it has found what it looks for. Each that fires votes for both classes, by activation times weight.",
                "幻灯片写 cat = (1, 0)，dog = (0, 1)；这里 X = (1, 0)，O = (0, 1)。一个当场训练的网络（种子 %d）回答标准字母。它的全连接层有 %d 个单元；激活值大于 0 就是“被激活”，即找到了它要找的特征。被激活的单元给两个类别投票，票数为激活值乘以权重。",
                oneHot.seed(),
                oneHot.cases().get(0).units().size());
        oneHot.cases().forEach(of -> add(page, of, language));
        return page.page();
    }

    private static void add(Page.Writer page, Case of, Language language) {
        page.heading(
                "The letter " + of.letter() + ": label " + label(of), "字母 " + of.letter() + "：标签 " + label(of), "L12");
        List<Unit> units = of.units();
        page.beside(List.of(
                Picture.ink(of.letter(), of.picture()),
                Picture.signed(
                        language.say("units 1 to ", "单元 1 至 ") + units.size(),
                        Grid.of(1, units.size(), (row, unit) -> units.get(unit).activation()))));
        List<List<String>> rows = new ArrayList<>();
        for (Unit unit : units) {
            rows.add(List.of(
                    Integer.toString(unit.index()),
                    number(unit.activation()),
                    unit.fired() ? language.say("fires", "激活") : "",
                    unit.fired() ? number(unit.votes().get(0)) : "",
                    unit.fired() ? number(unit.votes().get(1)) : "",
                    unit.fired() ? (unit.votes().get(0) > unit.votes().get(1) ? "X" : "O") : ""));
        }
        rows.add(total(language.say("bias", "偏置"), of.bias()));
        rows.add(total(language.say("sum", "合计"), of.logits()));
        rows.add(total("softmax", of.probabilities()));
        page.table(
                "",
                List.of(
                        language.say("unit", "单元"),
                        language.say("activation", "激活值"),
                        "",
                        language.say("for X", "投给 X"),
                        language.say("for O", "投给 O"),
                        language.say("helps", "支持")),
                rows);
        page.prose(
                "%d of %d units fire; the answer is %s with probability %s.",
                "%d 个单元被激活（共 %d 个）；答案是 %s，概率 %s。",
                units.stream().filter(Unit::fired).count(),
                units.size(),
                of.answered(),
                number(Math.max(of.probabilities().get(0), of.probabilities().get(1))));
    }

    private static String label(Case of) {
        return "(" + of.oneHot().get(0) + ", " + of.oneHot().get(1) + ")";
    }

    private static List<String> total(String name, List<Double> values) {
        return List.of(
                name, "", "", number(values.get(0)), number(values.get(1)), values.get(0) > values.get(1) ? "X" : "O");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
