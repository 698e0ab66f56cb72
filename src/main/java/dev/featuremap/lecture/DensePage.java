package dev.featuremap.lecture;

import dev.featuremap.page.Block.Interactive;
import dev.featuremap.page.Grid;
import dev.featuremap.page.Language;
import dev.featuremap.page.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The fully connected layer as a page: its shape, and one number of it by hand. */
public final class DensePage {
    private DensePage() {}

    public static Page of(DenseTopic dense, Language language) {
        Page.Writer page = Lecture.page("dense", language, "The fully connected layer", "全连接层");
        page.add(Interactive.of(
                "lecture/dense.js", new Given(dense.inputs().toRows().get(0), dense.weights(), dense.bias())));
        page.heading("20 → 30 on a batch of 128", "20 → 30，一批 128 个", "L11");
        page.prose(
                "X holds 128 examples of 20 numbers, W turns 20 numbers into 30, and b adds one number to each of the 30. Deeplearning4j's DenseLayer gives an output of the shape",
                "X 是 128 个样本，每个 20 个数；W 把 20 个数变成 30 个；b 给这 30 个各加一个数。Deeplearning4j 的 DenseLayer 输出的形状是");
        page.working(List.of(
                "X [128, 20] · W [20, 30] + b [30] = y " + dense.shape(),
                "",
                language.say("printed shape:", "打印的形状："),
                dense.shape().toString()));
        page.heading("One number by hand", "手算其中一个数", "L11");
        page.prose(
                "20 products, each written to four decimals, and behind each their sum so far:",
                "20 个乘积，各写四位小数，后面是到此为止的和：");
        page.working(firstNumber(dense));
        page.prose(
                "All %d outputs, computed the same way in float64, differ from DL4J's, in float32, by at most %.1e.",
                "%d 个输出全部用 float64 按同样算法计算，与 DL4J 的 float32 结果最多相差 %.1e。",
                dense.outputs().rows() * dense.outputs().columns(),
                dense.largestDifference());
        return page.page();
    }

    /**
     * What the page's program is given.
     *
     * @param x the first example
     */
    private record Given(List<Number> x, Grid weights, List<Double> bias) {}

    private static List<String> firstNumber(DenseTopic dense) {
        List<String> lines = new ArrayList<>();
        lines.add("y[1,1] = X[1,1]·W[1,1] + X[1,2]·W[2,1]");
        lines.add("       + … + X[1,20]·W[20,1] + b[1]");
        double sum = 0;
        for (int i = 0; i < dense.weights().rows(); i++) {
            double product = dense.inputs().at(0, i) * dense.weights().at(i, 0);
            sum += product;
            lines.add(String.format(
                    Locale.ROOT,
                    "%7.4f · %7.4f = %7.4f   Σ = %7.4f",
                    dense.inputs().at(0, i),
                    dense.weights().at(i, 0),
                    product,
                    sum));
        }
        lines.add(String.format(
                Locale.ROOT,
                "y[1,1] = %.6f + b %.6f = %.6f",
                sum,
                dense.bias().get(0),
                dense.byHand().at(0, 0)));
        lines.add(String.format(Locale.ROOT, "DL4J:    %.6f", dense.outputs().at(0, 0)));
        return lines;
    }
}
