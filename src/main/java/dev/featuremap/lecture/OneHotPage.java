package dev.featuremap.lecture;

import dev.featuremap.lecture.OneHotTopic.Case;
import dev.featuremap.lecture.OneHotTopic.Unit;
import dev.featuremap.page.Block.Interactive;
import dev.featuremap.page.Block.Numbers;
import dev.featuremap.page.Block.Picture;
import dev.featuremap.page.Grid;
import dev.featuremap.page.Language;
import dev.featuremap.page.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One-hot labels as a page: the units that fire for each letter, and the sum of their votes. */
public final class OneHotPage {
    private OneHotPage() {}

    public static Page of(OneHotTopic oneHot, Language language) {
        Page.Writer page = Lecture.page("onehot", language, "One-hot labels and the units that vote", "独热标签与投票的单元");
        page.add(Interactive.of(
                "lecture/onehot.js",
                oneHot.cases().stream()
                        .map(of -> new Given(of.letter(), of.probabilities()))
                        .toList()));
        page.heading("One output for each class", "每个类别一个输出", "L12");
        page.prose(
                "The slides write cat = (1, 0) and dog = (0, 1); here X = (1, 0) and O = (0, 1). A network trained on the spot (seed %d) answers the clean letters: %s. Its dense layer has %d units (neurons); a unit fires when its activation is above 0: it has found what it looks for. Each that fires gives both classes a score, activation times weight; X - O is its vote.",
                "幻灯片写 cat = (1, 0)，dog = (0, 1)；这里 X = (1, 0)，O = (0, 1)。一个当场训练的网络（种子 %d）回答标准字母：%s。它的全连接层有 %d 个单元（神经元）；激活值大于 0 就是“被激活”，即找到了它要找的特征。被激活的单元给两个类别打分，得分为激活值乘以权重；X - O 就是它的一票。",
                oneHot.seed(),
                LayerNames.line(oneHot.network(), language),
                oneHot.cases().get(0).units().size());
        oneHot.cases().forEach(of -> add(page, of, language));
        return page.page();
    }

    /** What the page's program is given of each letter. */
    private record Given(String letter, List<Double> outputs) {}

    private static void add(Page.Writer page, Case of, Language language) {
        page.heading(
                "The letter " + of.letter() + ": label " + label(of), "字母 " + of.letter() + "：标签 " + label(of), "L12");
        List<Unit> units = of.units();
        page.beside(List.of(
                Picture.ink(language.say("the letter ", "字母 ") + of.letter(), of.picture()), firing(units, language)));
        List<List<String>> rows = new ArrayList<>();
        for (Unit unit : units) {
            rows.add(List.of(
                    Integer.toString(unit.index()),
                    number(unit.activation()),
                    unit.fired() ? number(unit.votes().get(0)) : "",
                    unit.fired() ? number(unit.votes().get(1)) : "",
                    unit.fired() ? signed(unit.difference()) : "",
                    unit.fired() ? favoured(unit.votes()) : ""));
        }
        rows.add(total(language.say("bias", "偏置"), of.bias(), difference(of.bias())));
        rows.add(total(language.say("sum", "合计"), of.logits(), difference(of.logits())));
        rows.add(total("softmax", of.probabilities(), ""));
        page.table(
                "",
                List.of(
                        language.say("unit", "单元"),
                        language.say("activation", "激活值"),
                        language.say("for X", "X 得分"),
                        language.say("for O", "O 得分"),
                        "X - O",
                        language.say("favours", "支持")),
                rows);
        page.prose(
                "All votes for X together are +%.1f, all for O -%.1f, without the bias.",
                "不算偏置，投给 X 的票共 +%.1f，投给 O 的共 -%.1f。",
                units.stream()
                        .mapToDouble(Unit::difference)
                        .filter(vote -> vote > 0)
                        .sum(),
                -units.stream()
                        .mapToDouble(Unit::difference)
                        .filter(vote -> vote < 0)
                        .sum());
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

    /** The units by number, those that fire marked. */
    private static Numbers firing(List<Unit> units, Language language) {
        Grid activations =
                Grid.of(1, units.size(), (row, unit) -> units.get(unit).activation());
        List<String> numbers = units.stream()
                .map(unit -> unit.index() + (unit.fired() ? "*" : " "))
                .toList();
        return new Numbers(
                language.say("units by number: * fires", "单元编号：* 为被激活"),
                activations,
                List.of(numbers),
                activations.largestMagnitude(),
                Optional.empty());
    }

    private static List<String> total(String name, List<Double> values, String difference) {
        return List.of(name, "", number(values.get(0)), number(values.get(1)), difference, favoured(values));
    }

    private static String difference(List<Double> values) {
        return signed(values.get(0) - values.get(1));
    }

    private static String favoured(List<Double> values) {
        return values.get(0) > values.get(1) ? "X" : "O";
    }

    private static String signed(double value) {
        return String.format(Locale.ROOT, "%+.4f", value);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
