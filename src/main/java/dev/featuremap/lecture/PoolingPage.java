package dev.featuremap.lecture;

import dev.featuremap.page.Block.Interactive;
import dev.featuremap.page.Grid;
import dev.featuremap.page.Language;
import dev.featuremap.page.Page;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Pooling as a page: the map, each window, and what is kept of it. */
public final class PoolingPage {
    private PoolingPage() {}

    public static Page of(PoolingTopic pooling, Language language) {
        Page.Writer page = Lecture.page("pooling", language, "The pooling layer", "池化层");
        page.add(Interactive.of("lecture/pooling.js", new Given(pooling.map(), PoolingTopic.WINDOW)));
        page.heading("A map made smaller", "把特征图变小", "L9", "L7");
        page.prose(
                "The homework's map of \\, in ninths, under 2x2 windows that do not overlap. 7 / 2 leaves one row and one column over; they are dropped, and 7x7 becomes 3x3.",
                "作业中 \\ 的特征图（以九分之一为单位），用互不重叠的 2x2 窗口。7 / 2 余一行一列，舍去，于是 7x7 变成 3x3。");
        String map = language.say("map of \\", "\\ 的特征图");
        String max = language.say("max", "最大");
        String average = language.say("average", "平均");
        page.beside(List.of(
                Ninths.numbers(map, pooling.map()),
                Ninths.numbers(max, pooling.max()),
                Ninths.numbers(average, pooling.avg())));
        page.beside(List.of(
                Ninths.drawn(map, pooling.map()),
                Ninths.drawn(max, pooling.max()),
                Ninths.drawn(average, pooling.avg())));
        page.prose("In all of them 9/9 is the full scale.", "各图都以 9/9 为满刻度。");
        page.heading("Each window", "逐个窗口", "L9");
        page.table(
                "",
                List.of(
                        language.say("rows", "行"),
                        language.say("columns", "列"),
                        language.say("four values", "四个数"),
                        max,
                        average),
                windows(pooling));
        page.prose(
                "Max keeps how strongly the feature was found anywhere in the window, and forgets where exactly: the letter may move by a pixel. The average keeps how much of it there is, and weakens a single strong answer.",
                "最大池化只留下特征在窗口里最强的响应，忘掉确切位置：字母移动一个像素也无妨。平均池化留下总体有多少，单个强响应会被冲淡。");
        page.prose(
                "DL4J's SubsamplingLayer gives the same; the largest difference is %.1e ninths.",
                "DL4J 的 SubsamplingLayer 结果相同；最大相差 %.1e（单位 1/9）。", pooling.largestDifference());
        return page.page();
    }

    /** What the page's program is given. */
    private record Given(Grid map, int window) {}

    private static List<List<String>> windows(PoolingTopic pooling) {
        int side = PoolingTopic.WINDOW;
        List<List<String>> rows = new ArrayList<>();
        for (int row = 0; row < pooling.max().rows(); row++) {
            for (int column = 0; column < pooling.max().columns(); column++) {
                Grid window = pooling.map().window(side * row, side * column, side, side);
                rows.add(List.of(
                        range(row),
                        range(column),
                        Arrays.stream(window.toArray())
                                .mapToObj(value -> String.format(Locale.ROOT, "%.0f", value))
                                .collect(Collectors.joining(", ")),
                        String.format(Locale.ROOT, "%.0f", pooling.max().at(row, column)),
                        String.format(Locale.ROOT, "%.2f", pooling.avg().at(row, column))));
            }
        }
        return rows;
    }

    private static String range(int index) {
        int first = PoolingTopic.WINDOW * index + 1;
        return first + "-" + (first + PoolingTopic.WINDOW - 1);
    }
}
