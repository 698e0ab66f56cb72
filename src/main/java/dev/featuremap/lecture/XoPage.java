package dev.featuremap.lecture;

import dev.featuremap.experiment.Deformation;
import dev.featuremap.lecture.XoTopic.Answered;
import dev.featuremap.lecture.XoTopic.Kind;
import dev.featuremap.lecture.XoTopic.Trial;
import dev.featuremap.page.Block.Picture;
import dev.featuremap.page.Language;
import dev.featuremap.page.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** X or O as a page: the clean letters, the deformed ones, and where the network fails. */
public final class XoPage {
    private static final String NO_BREAK = "\u00a0";

    private final XoTopic xo;
    private final Language language;
    private final Page.Writer page;

    private XoPage(XoTopic xo, Language language) {
        this.xo = xo;
        this.language = language;
        this.page = Lecture.page("xo", language, "X or O", "X 还是 O");
    }

    public static Page of(XoTopic xo, Language language) {
        return new XoPage(xo, language).page();
    }

    private Page page() {
        clean();
        accuracies();
        samples();
        failures();
        return page.page();
    }

    private void clean() {
        Deformation by = xo.trainedOn();
        page.heading("The clean letters", "标准字母", "L4");
        page.prose(
                "A label tells the machine what a picture is. This network (%s; seed %d, trained on the spot) has seen letters moved by up to %s pixel, turned by up to %s degrees, resized by up to %s, thickened by up to %s pixel, with noise of %s and up to %s of the ink missing; its answers to the clean ones:",
                "标签告诉机器图片是什么。这个网络（%s；种子 %d，当场训练）见过的字母：移动至多 %s 像素，旋转至多 %s 度，缩放至多 %s，加粗至多 %s 像素，噪声 %s，缺墨至多 %s。它对标准字母的回答：",
                LayerNames.line(xo.network(), language),
                xo.seed(),
                by.shift(),
                by.rotation(),
                by.scale(),
                by.thickness(),
                by.noise(),
                by.missing());
        page.beside(xo.clean().stream().map(this::picture).toList());
        page.prose(
                "With each picture: the letter it is → the network's answer and its probability; then all votes for (+) and against (-) the letter it is.",
                "每幅图旁边：真实的字母 → 网络的回答及其概率；然后是支持（+）和反对（-）真实字母的全部票数。");
    }

    private void accuracies() {
        page.heading("Letters that differ", "变形的字母", "L4");
        page.prose(
                "Each row deforms the clean letters in one way alone, up to the amount given (noise: with exactly that standard deviation): %d drawings, half of them X.",
                "每一行只用一种方式变形，程度至多为所给数值（噪声的标准差恰为该值）：%d 幅，X 与 O 各半。",
                xo.trials().get(0).drawings());
        List<List<String>> rows = new ArrayList<>();
        for (Trial trial : xo.trials()) {
            rows.add(List.of(
                    name(trial.kind()),
                    amount(trial),
                    String.format(Locale.ROOT, "%.1f %%", 100 - 100.0 * trial.wrong() / trial.drawings()),
                    Integer.toString(trial.wrong())));
        }
        page.table(
                "",
                List.of(
                        language.say("deformed by", "变形方式"),
                        language.say("amount", "程度"),
                        language.say("right", "正确率"),
                        language.say("wrong", "答错")),
                rows);
    }

    private void samples() {
        for (Kind kind : Kind.values()) {
            Trial most = xo.trials().stream()
                    .filter(trial -> trial.kind() == kind)
                    .reduce((less, more) -> more)
                    .orElseThrow();
            page.gallery(
                    titled(most), most.examples().stream().map(this::picture).toList());
        }
    }

    private void failures() {
        page.heading("Where it fails, and why", "哪里失败，为什么", "L4");
        page.prose(
                "Each unit of the dense layer votes for one letter: its activation, times its weight for this letter less that for the other (the biases are left out). +: all votes for the letter it is; -: all votes against it. The clean X has %s, the clean O %s. A letter is lost when its own features are not found, or when others are found that it does not have.",
                "全连接层的每个单元投票给一个字母：激活值乘以（这个字母的权重减去另一个字母的权重），不算偏置。+：支持正确字母的全部票数；-：反对它的全部票数。标准 X 为 %s，标准 O 为 %s。找不到自己的特征，或者找到了本不该有的特征，字母就认错了。",
                votes(xo.clean().get(0)),
                votes(xo.clean().get(1)));
        List<Trial> failed =
                xo.trials().stream().filter(trial -> trial.wrong() > 0).toList();
        for (Trial trial : failed) {
            List<Answered> wrong = trial.failures();
            page.gallery(
                    titled(trial) + language.say(": ", "：") + reason(trial.kind()),
                    wrong.stream().limit(XoTopic.SHOWN).map(this::picture).toList());
            page.prose(
                    "The %d wrong answers have on average %.1f votes for the letter it is and %.1f against.",
                    "答错的 %d 幅平均有 %.1f 票支持正确字母，%.1f 票反对。",
                    wrong.size(),
                    wrong.stream().mapToDouble(Answered::votesFor).average().orElse(0),
                    wrong.stream().mapToDouble(Answered::votesAgainst).average().orElse(0));
        }
        if (failed.isEmpty()) {
            page.prose("It answered every drawing rightly; try another --seed.", "所有图都答对了；换一个 --seed 试试。");
        }
    }

    private Picture picture(Answered drawing) {
        return Picture.ink(
                String.format(
                        Locale.ROOT,
                        "%s → %s %.3f  %s",
                        drawing.letter(),
                        drawing.answered(),
                        drawing.probability(),
                        votes(drawing)),
                drawing.picture());
    }

    private static String votes(Answered drawing) {
        return votes("+", drawing.votesFor()) + NO_BREAK + votes("-", drawing.votesAgainst());
    }

    private static String votes(String sign, double votes) {
        String number = String.format(Locale.ROOT, "%.1f", votes);
        return number.equals("0.0") ? "0" : sign + number;
    }

    /** Noise is given as it is, everything else as the most there is of it. */
    private static String amount(Trial trial) {
        return (trial.kind() == Kind.NOISE ? "= " : "≤ ") + trial.amount();
    }

    private String titled(Trial trial) {
        return name(trial.kind()) + language.say(" ", "") + amount(trial);
    }

    private String name(Kind kind) {
        return switch (kind) {
            case SHIFT -> language.say("moved (pixels)", "移动（像素）");
            case ROTATION -> language.say("turned (degrees)", "旋转（度）");
            case SCALE -> language.say("resized (share)", "缩放（比例）");
            case THICKNESS -> language.say("thicker (pixels)", "加粗（像素）");
            case NOISE -> language.say("noise (std. deviation)", "噪声（标准差）");
            case MISSING -> language.say("ink missing (share)", "缺墨（比例）");
        };
    }

    private String reason(Kind kind) {
        return switch (kind) {
            case SHIFT ->
                language.say(
                        "moved further than in training, strokes lie where the dense layer has not learned to expect them.",
                        "移动得比训练时远，笔画落在全连接层没有学过的位置。");
            case ROTATION ->
                language.say(
                        "an X turned by 45 degrees is a plus: its strokes run along rows and columns, and filters for diagonals find little.",
                        "X 转 45 度成了加号：笔画沿行与列，寻找斜线的卷积核找不到多少。");
            case SCALE ->
                language.say(
                        "a small O is a few pixels around a hole, and on so few pixels its arcs and an X's crossing look much alike.",
                        "小的 O 只是洞周围的几个像素；像素这么少，圆弧与 X 的交叉看上去差不多。");
            case THICKNESS ->
                language.say(
                        "thick strokes fill 3x3 windows whole, so filters for thin lines no longer find them, and an O's hole closes.",
                        "粗笔画填满 3x3 窗口，寻找细线的卷积核找不到它们，O 的洞也合上了。");
            case NOISE ->
                language.say(
                        "noise makes and breaks short strokes everywhere, so units fire for features that no letter has.",
                        "噪声到处制造和打断短笔画，单元被不存在的特征激活。");
            case MISSING ->
                language.say(
                        "with much of the ink gone the features that made the letter are gone too.",
                        "缺墨较多时，构成字母的特征也随之消失。");
        };
    }
}
