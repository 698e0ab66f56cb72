package dev.featuremap.lecture;

import dev.featuremap.data.XoDrawing.Letter;
import dev.featuremap.page.Block;
import dev.featuremap.page.Block.Area;
import dev.featuremap.page.Block.Interactive;
import dev.featuremap.page.Block.Numbers;
import dev.featuremap.page.Block.Picture;
import dev.featuremap.page.Grid;
import dev.featuremap.page.Language;
import dev.featuremap.page.Page;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** The homework as a page: the picture, one cell by hand, and the three maps in each way of writing them. */
public final class HomeworkPage {
    private final Homework homework;
    /** The other letter, beside which it is seen what a filter is good for. */
    private final Homework other;

    private final Language language;
    private final Page.Writer page;

    private HomeworkPage(Homework homework, Language language) {
        this.homework = homework;
        Letter letter = homework.letter().equals(Letter.X.name()) ? Letter.O : Letter.X;
        this.other = Homework.of(letter, homework.size(), new Place(1, 1));
        this.language = language;
        this.page = Lecture.page("homework", language, "Homework: three feature maps by hand", "作业：手算三张特征图");
    }

    public static Page of(Homework homework, Language language) {
        return new HomeworkPage(homework, language).page();
    }

    private Page page() {
        CellWorking cell = homework.cell();
        page.add(Interactive.of("lecture/homework.js", given()));
        conclusion();
        page.heading("The picture and the three filters", "图片与三个卷积核", "L4", "L5");
        page.prose(
                "%s, %d rows of %d pixels: +1 is ink, -1 is paper. Each filter is one thing to look for.",
                "%s，%d 行 %d 列：+1 为墨，-1 为纸。每个卷积核（filter）是一种要寻找的特征。",
                named(homework.letter()),
                homework.size(),
                homework.size());
        page.beside(List.of(
                Numbers.whole(
                                language.fill(
                                        "marked: the window of cell (%d, %d)",
                                        "标出的是格子 (%d, %d) 的窗口", cell.row(), cell.column()),
                                homework.picture())
                        .marking(new Area(cell.row() - 1, cell.column() - 1, Filter.SIDE, Filter.SIDE)),
                Picture.ink(named(homework.letter()), homework.picture())));
        page.beside(maps(map -> Numbers.whole(filter(map.filter()), map.weights())));
        cell();
        maps();
        comparison();
        dl4j();
        return page.page();
    }

    /**
     * What the page's program is given.
     *
     * @param row of the window's corner, counted from 0
     * @param column likewise
     * @param letters this one and the other
     */
    private record Given(int size, int row, int column, List<Drawn> letters, List<Weights> filters) {}

    private record Drawn(String name, Grid picture) {}

    private record Weights(String shape, Grid weights) {}

    private Given given() {
        return new Given(
                homework.size(),
                homework.cell().row() - 1,
                homework.cell().column() - 1,
                Stream.of(homework, other)
                        .map(letter -> new Drawn(letter.letter(), letter.picture()))
                        .toList(),
                Arrays.stream(Filter.values())
                        .map(filter -> new Weights(filter.shape(), filter.weights()))
                        .toList());
    }

    private void conclusion() {
        List<Distinction> found = Distinction.of(homework, other);
        double widest = found.stream().mapToDouble(Distinction::gap).max().orElseThrow();
        List<Distinction> best = widest == 0
                ? List.of()
                : found.stream().filter(one -> one.gap() == widest).toList();
        page.heading(
                language.fill("Which filter tells %s from %s?", "", homework.letter(), other.letter()),
                language.fill("", "哪个卷积核能区分 %s 与 %s？", homework.letter(), other.letter()),
                "L4",
                "L5");
        if (best.isEmpty()) {
            page.prose("None: the largest answer of each is the same to both.", "没有：每个卷积核对两者的最大响应都相同。");
        }
        for (Distinction one : best) {
            page.prose(
                    "%s: its largest answer is %s to %s, and %s to %s. 9/9 means: all nine pixels are as the filter wants them.",
                    "%s：最大响应为 %s（%s）与 %s（%s）。9/9 表示九个像素全部符合该卷积核。",
                    one.filter(),
                    ninths(one.here()),
                    homework.letter(),
                    ninths(one.there()),
                    other.letter());
        }
    }

    private void cell() {
        CellWorking cell = homework.cell();
        page.heading("One cell: nine products and their mean", "一个格子：九个乘积及其平均值", "L5");
        page.prose(
                "Cell (row %d, column %d) of each map looks at the 3x3 pixels around pixel (row %d, column %d). Multiply pixel by weight, nine times; the mean of the nine is written at the filter's centre, which is that pixel. No filter's centre lies on the picture's edge, so the map begins one pixel further in.",
                "每张特征图的格子（第 %d 行，第 %d 列）看像素（第 %d 行，第 %d 列）周围的 3x3 个像素。像素与权重逐个相乘，得九个乘积；其平均值写在卷积核的中心，也就是这个像素的位置。卷积核的中心不会落在图片边缘，所以特征图从往里一圈开始。",
                cell.row(),
                cell.column(),
                cell.row() + 1,
                cell.column() + 1);
        List<Block> side = new ArrayList<>();
        side.add(Numbers.whole(language.say("pixels", "像素"), cell.window()));
        for (CellWorking.Products products : cell.products()) {
            side.add(Numbers.whole(language.say("products with ", "乘积：") + products.filter(), products.products()));
        }
        page.beside(side);
        List<String> lines = new ArrayList<>();
        for (CellWorking.Products products : cell.products()) {
            lines.add(products.filter() + "  " + sum(products.products()) + " = " + products.sum());
            lines.add("   " + products.sum() + " / 9 = " + FeatureMap.exact(products.sum()));
        }
        page.working(lines);
    }

    /** Each number with its sign, so that the sums of all filters stand below one another. */
    private static String sum(Grid products) {
        StringBuilder sum = new StringBuilder();
        for (double product : products.toArray()) {
            if (sum.isEmpty()) {
                sum.append(product < 0 ? "-1" : " 1");
            } else {
                sum.append(product < 0 ? " - 1" : " + 1");
            }
        }
        return sum.toString();
    }

    private String named(String letter) {
        return isLetter(letter) ? language.say("The letter ", "字母 ") + letter : letter;
    }

    private static boolean isLetter(String name) {
        return Arrays.stream(Letter.values()).anyMatch(letter -> letter.name().equals(name));
    }

    private String filter(String shape) {
        return language.say("filter ", "卷积核 ") + shape;
    }

    private String map(String shape) {
        return language.fill("map of %s", "%s 的特征图", shape);
    }

    private void maps() {
        int size = homework.size();
        int cells = size - 2;
        page.heading("The three feature maps", "三张特征图", "L5", "L6", "L7");
        page.prose(
                "A 3x3 window has %d - 3 + 1 = %d places in each direction, so %dx%d pixels give a map of %dx%d.",
                "3x3 的窗口在每个方向有 %d - 3 + 1 = %d 个位置，所以 %dx%d 的图片得到 %dx%d 的特征图。", size, cells, size, size, cells, cells);
        Area cell = new Area(homework.cell().row() - 1, homework.cell().column() - 1, 1, 1);
        page.prose("In ninths; the cell worked out above is marked:", "以九分之一为单位，标出的是上面算过的格子：");
        page.beside(maps(map -> Ninths.numbers(map(map.filter()), map.ninths()).marking(cell)));
        page.prose("As exact decimals:", "精确小数：");
        page.beside(maps(map -> new Numbers(map(map.filter()), map.ninths(), FeatureMap::exact).within(Ninths.FULL)));
        page.prose("Cut to two decimals, not rounded, as the slides do:", "按幻灯片的写法截取两位小数（不四舍五入）：");
        page.beside(maps(map -> new Numbers(map(map.filter()), map.cut(), HomeworkPage::twoDecimals).within(1)));
        page.prose("Drawn, with 9/9 as the full scale:", "画出来，以 9/9 为满刻度：");
        page.beside(maps(map -> Ninths.drawn(map(map.filter()), map.ninths())));
    }

    /** The same filters on the other letter: what a filter answers is what tells the letters apart. */
    private void comparison() {
        page.heading("Beside another letter", "与另一个字母比较", "L4", "L5");
        page.prose(
                "The largest answer of each filter to each picture. 9/9 means: all nine pixels are as the filter wants them.",
                "每个卷积核对每幅图的最大响应。9/9 表示九个像素全部符合该卷积核。");
        List<List<String>> rows = new ArrayList<>();
        for (Distinction filter : Distinction.of(homework, other)) {
            rows.add(List.of(filter.filter(), ninths(filter.here()), ninths(filter.there())));
        }
        page.table("", List.of(language.say("filter", "卷积核"), named(homework.letter()), named(other.letter())), rows);
        List<Block> drawn = new ArrayList<>();
        drawn.add(Picture.ink(named(other.letter()), other.picture()));
        List<Block> numbers = new ArrayList<>();
        for (FeatureMap map : other.maps()) {
            String caption = other.letter() + language.say(", ", "，") + map(map.filter());
            drawn.add(Ninths.drawn(caption, map.ninths()));
            numbers.add(Ninths.numbers(caption, map.ninths()));
        }
        page.beside(drawn);
        page.prose("%s in ninths:", "%s 的特征图，以九分之一为单位：", named(other.letter()));
        page.beside(numbers);
    }

    private void dl4j() {
        page.heading("The same from Deeplearning4j", "用 Deeplearning4j 计算同样的结果", "L5");
        page.prose(
                "A ConvolutionLayer whose weights are these filters divided by 9 gives the same maps; the largest difference is %.1e.",
                "ConvolutionLayer 以这三个卷积核除以 9 为权重，得到同样的特征图；最大差为 %.1e。", Dl4jFeatureMaps.largestDifference(homework));
    }

    private List<Block> maps(Function<FeatureMap, Block> shown) {
        return homework.maps().stream().map(shown).toList();
    }

    private static String ninths(double value) {
        return String.format(Locale.ROOT, "%.0f/9", value);
    }

    private static String twoDecimals(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
