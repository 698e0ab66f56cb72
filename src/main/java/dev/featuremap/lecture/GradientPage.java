package dev.featuremap.lecture;

import dev.featuremap.lecture.GradientStep.LossStep;
import dev.featuremap.page.Block.Interactive;
import dev.featuremap.page.Block.Picture;
import dev.featuremap.page.Chart;
import dev.featuremap.page.Chart.Series;
import dev.featuremap.page.Grid;
import dev.featuremap.page.Language;
import dev.featuremap.page.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Gradient descent as a page: one step by hand, then many. */
public final class GradientPage {
    private final GradientStep step;
    private final Language language;
    private final Page.Writer page;

    private GradientPage(GradientStep step, Language language) {
        this.step = step;
        this.language = language;
        this.page = Lecture.page("gradient", language, "Gradient descent by hand", "手算梯度下降");
    }

    public static Page of(GradientStep step, Language language) {
        return new GradientPage(step, language).page();
    }

    /** What the page's program is given. */
    private record Given(List<Grid> digits, LinearModel start, double learningRate) {}

    private Page page() {
        page.add(Interactive.of("lecture/gradient.js", new Given(Digits.all(), step.start(), step.learningRate())));
        prediction();
        losses();
        oneStep();
        pictures();
        manySteps();
        return page.page();
    }

    private void prediction() {
        page.heading("A prediction: Yp = X·W + b", "预测：Yp = X·W + b", "L1");
        page.prose(
                "A real handwritten %s: 28x28 pixels, written one after the other, are the 784 numbers X. W holds 784 weights, drawn at random from -0.05 to 0.05 (seed %d), and b is 0.",
                "一个真实的手写数字 %s：28x28 个像素排成一行，就是 784 个数 X。W 有 784 个权重，在 -0.05 到 0.05 之间随机抽取（种子 %d），b 为 0。",
                step.digit(),
                step.seed());
        page.beside(List.of(
                Picture.light("X", step.picture()),
                weights("W", step.start().weights(), step.start().weights().largestMagnitude())));
        page.working(List.of(
                "Yp = X1·W1 + X2·W2 + … + X784·W784 + b",
                line(
                        "   = %.6f + %.6f = %.6f",
                        step.prediction() - step.start().bias(), step.start().bias(), step.prediction()),
                line("Y  = %d", step.label()),
                line("Yp - Y = %.6f", step.residual())));
    }

    private void losses() {
        page.heading("Two losses", "两种损失", "L2");
        page.prose(
                "A loss tells how wrong a prediction is: MSE, the mean squared error, or MAE, the mean absolute error. With one digit there is nothing to take the mean of yet.",
                "损失衡量预测错了多少：MSE 是均方误差，MAE 是平均绝对误差。只有一个数字时，还没有什么可平均的。");
        page.working(List.of(
                line("MSE = (Yp - Y)² = %.6f", step.mse().loss()),
                line("MAE = |Yp - Y|  = %.6f", step.mae().loss())));
        page.prose(
                "Their slopes differ: that of MSE grows with the distance, that of MAE depends only on the side.",
                "两者的斜率不同：MSE 的斜率随距离增大，MAE 的斜率只取决于在哪一侧。");
        page.working(List.of(
                line("MSE: ∂loss/∂Yp = 2·(Yp - Y)   = %.6f", step.mse().slope()),
                line("MAE: ∂loss/∂Yp = sign(Yp - Y) = %.0f", step.mae().slope())));
    }

    private void oneStep() {
        int place = darkest();
        int row = place / Digits.SIDE;
        int column = place % Digits.SIDE;
        page.heading("One step: C, the new W, the new b", "走一步：C、新的 W、新的 b", "L3");
        page.prose(
                "C, the gradient, tells how fast the loss rises with each weight: C = ∂loss/∂Yp · ∂Yp/∂Wi. As Yp = X·W + b, ∂Yp/∂Wi is the pixel Xi, and ∂Yp/∂b is 1. Take the pixel with most ink, i = %d (row %d, column %d), Xi = %.6f, and the learning rate Lr = %s:",
                "C 是梯度，即损失随每个权重上升得多快：C = ∂loss/∂Yp · ∂Yp/∂Wi。因为 Yp = X·W + b，∂Yp/∂Wi 就是像素 Xi，∂Yp/∂b 是 1。取墨最多的像素 i = %d（第 %d 行，第 %d 列），Xi = %.6f，学习率 Lr = %s：",
                place + 1,
                row + 1,
                column + 1,
                step.picture().at(row, column),
                Double.toString(step.learningRate()));
        page.working(stepLines("MSE", step.mse(), row, column));
        page.working(stepLines("MAE", step.mae(), row, column));
        double square = 1;
        for (double x : step.picture().toArray()) {
            square += x * x;
        }
        page.prose(
                "A step changes Yp by -Lr·∂loss/∂Yp·(X·X + 1), here X·X + 1 = %.3f. With MSE a learning rate of 1/(2·%.3f) = %.5f would reach Y in one step; with more than twice that, each step would end further away than it began.",
                "一步使 Yp 改变 -Lr·∂loss/∂Yp·(X·X + 1)，这里 X·X + 1 = %.3f。用 MSE 时，学习率 1/(2·%.3f) = %.5f 一步就到 Y；超过它的两倍，每一步都会离得更远。",
                square,
                square,
                0.5 / square);
    }

    private List<String> stepLines(String name, LossStep of, int row, int column) {
        double pixel = step.picture().at(row, column);
        double c = of.gradient().weights().at(row, column);
        double weight = step.start().weights().at(row, column);
        String rate = Double.toString(step.learningRate());
        return List.of(
                line("%s  C(Wi) = %.6f · %.6f = %.6f", name, of.slope(), pixel, c),
                line("     C(b)  = %.6f · 1 = %.6f", of.slope(), of.gradient().bias()),
                "     Wi ← Wi - Lr·C(Wi)",
                line("        = %.6f - %s·(%.6f)", weight, rate, c),
                line("        = %.6f", of.newWeights().at(row, column)),
                "     b  ← b - Lr·C(b)",
                line(
                        "        = %.6f - %s·(%.6f)",
                        step.start().bias(), rate, of.gradient().bias()),
                line("        = %.6f", of.newBias()),
                line("     Yp:   %.6f → %.6f", step.prediction(), of.newPrediction()),
                line("     loss: %.6f → %.6f", of.loss(), of.newLoss()));
    }

    private void pictures() {
        page.prose(
                "C as a picture is the digit itself, times the slope: each weight moves by as much as its pixel holds ink. Each picture has its own scale, as C of MSE is %.1f times as large here.",
                "把 C 画成图片，就是数字本身乘以斜率：每个权重移动多少，取决于它的像素有多少墨。两幅图的尺度不同，这里 MSE 的 C 是 MAE 的 %.1f 倍。",
                step.mse().gradient().weights().largestMagnitude()
                        / step.mae().gradient().weights().largestMagnitude());
        page.beside(List.of(gradient("C (MSE)", step.mse()), gradient("C (MAE)", step.mae())));
    }

    private void manySteps() {
        Descent descent = step.descent();
        int steps = descent.byMse().mse().size() - 1;
        page.heading("Many steps", "走很多步", "L2", "L3");
        page.prose(
                "The digits 0 to 9 as one batch, %d steps, learning rate %s, once down MSE and once down MAE, both from the W above. Both losses are recorded on each way down.",
                "数字 0 到 9 作为一批，走 %d 步，学习率 %s：一次沿 MSE 下降，一次沿 MAE 下降，都从上面的 W 出发。两种下降过程都记录两种损失。",
                steps,
                Double.toString(step.learningRate()));
        String across = language.say("step", "步");
        String downMse = language.say("down MSE", "沿 MSE");
        String downMae = language.say("down MAE", "沿 MAE");
        page.beside(List.of(
                Chart.counting(
                        language.say("MSE: the mean of (Yp - Y)²", "MSE：(Yp - Y)² 的平均"),
                        across,
                        List.of(
                                Series.line(downMse, 1, descent.byMse().mse()),
                                Series.line(downMae, 2, descent.byMae().mse()))),
                Chart.counting(
                        language.say("MAE: the mean of |Yp - Y|", "MAE：|Yp - Y| 的平均"),
                        across,
                        List.of(
                                Series.line(downMse, 1, descent.byMse().mae()),
                                Series.line(downMae, 2, descent.byMae().mae())))));
        compare(descent.byMae());
        double range = Math.max(
                descent.byMse().end().weights().largestMagnitude(),
                descent.byMae().end().weights().largestMagnitude());
        page.beside(List.of(
                weights("W (MSE)", descent.byMse().end().weights(), range),
                weights("W (MAE)", descent.byMae().end().weights(), range)));
        List<List<String>> rows = new ArrayList<>();
        for (int digit = 0; digit <= 9; digit++) {
            rows.add(List.of(
                    Integer.toString(digit),
                    line("%.3f", descent.byMse().predictions().get(digit)),
                    line("%.3f", descent.byMae().predictions().get(digit))));
        }
        page.table(language.say("What each predicts in the end", "最后的预测"), List.of("Y", "Yp (MSE)", "Yp (MAE)"), rows);
    }

    private void compare(Descent.Path byMae) {
        String arrived =
                byMae.arrived().stream().map(digit -> Integer.toString(digit)).collect(Collectors.joining(", "));
        page.prose(
                "MSE hurries where it is far off and slows down as it comes near. On one digit alone, a step down MAE is as long near Y as far from it. In a batch the signs of all digits are added up: when one passes its Y, its sign turns, C changes its length (the kinks), and the step with it; here C is %.2f long in the first step and %.2f in the last. Digits that have arrived only tremble about their Y; here: %s.",
                "MSE 离得远时走得快，近了就慢下来。只有一个数字时，MAE 的步长不随距离改变。一批数字的符号要相加：某个数字越过自己的 Y，符号就反过来，C 的长度随之改变（曲线的折点），步长也跟着变；这里第一步 C 的长度为 %.2f，最后一步为 %.2f。已经到达的数字只在 Y 附近来回抖动；这里是：%s。",
                byMae.gradients().get(0),
                byMae.gradients().get(byMae.gradients().size() - 1),
                arrived.isEmpty() ? language.say("none", "无") : arrived);
    }

    private Picture gradient(String name, LossStep of) {
        Grid c = of.gradient().weights();
        return weights(name, c, c.largestMagnitude());
    }

    /** With the number that is the full scale. */
    private Picture weights(String name, Grid grid, double range) {
        return Picture.signed(language.fill("%s, full scale ±%.3f", "%s，满刻度 ±%.3f", name, range), grid, range);
    }

    private int darkest() {
        double[] x = step.picture().toArray();
        int best = 0;
        for (int i = 1; i < x.length; i++) {
            best = x[i] > x[best] ? i : best;
        }
        return best;
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
