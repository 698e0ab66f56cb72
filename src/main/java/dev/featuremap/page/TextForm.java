package dev.featuremap.page;

import dev.featuremap.page.Block.Picture;
import dev.featuremap.page.Chart.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A page as lines of text for a terminal. */
public final class TextForm {
    private static final String GAP = "   ";
    private static final int PICTURES_OF_A_GALLERY = 3;
    private static final int ROWS_OF_A_CHART = 9;

    private final Language language;
    private final Screen screen;

    private TextForm(Language language, Screen screen) {
        this.language = language;
        this.screen = screen;
    }

    /** The page, each line ended by a newline. */
    public static String of(Page page, Screen screen) {
        TextForm form = new TextForm(page.language(), screen);
        List<String> lines = new ArrayList<>();
        lines.add(page.title());
        lines.add("=".repeat(TextWidth.of(page.title())));
        for (Block block : page.blocks()) {
            List<String> own = form.lines(block);
            if (!own.isEmpty()) {
                lines.add("");
                lines.addAll(own);
            }
        }
        lines.addAll(form.legend(page));
        return text(lines);
    }

    /** A block on its own. */
    public static String of(Block block, Screen screen) {
        return text(new TextForm(Language.EN, screen).lines(block));
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    /** What the pictures' marks or colours mean, and what slides are. */
    private List<String> legend(Page page) {
        List<String> lines = new ArrayList<>();
        if (page.hasSignedPictures()) {
            lines.addAll(wrap(
                    screen.hasColours()
                            ? page.aboutColours()
                            : language.say(
                                    "Marks: # far above 0, + above; = far below 0, - below; blank: under a quarter of the full scale.",
                                    "图中符号：# 远大于 0，+ 大于 0；= 远小于 0，- 小于 0；空白：不到满刻度的四分之一。")));
        }
        page.aboutSlides().ifPresent(about -> lines.addAll(wrap(about)));
        if (!lines.isEmpty()) {
            lines.add(0, "");
        }
        return lines;
    }

    private List<String> wrap(String text) {
        return TextWidth.wrap(text, screen.columns());
    }

    private List<String> lines(Block block) {
        if (block instanceof Block.Heading heading) {
            String slides = heading.slides().isEmpty() ? "" : "  [" + String.join(", ", heading.slides()) + "]";
            return List.of(heading.text() + slides, "-".repeat(TextWidth.of(heading.text()) + TextWidth.of(slides)));
        }
        if (block instanceof Block.Prose prose) {
            return wrap(prose.text());
        }
        if (block instanceof Block.Working working) {
            return working.lines().stream()
                    .map(line -> ("  " + line).stripTrailing())
                    .toList();
        }
        if (block instanceof Block.Numbers numbers) {
            return captioned(numbers.caption(), columns(numbers));
        }
        if (block instanceof Block.Table table) {
            return captioned(table.caption(), table(table));
        }
        if (block instanceof Picture picture) {
            return captioned(picture.caption(), screen.hasColours() ? HalfBlocks.of(picture) : framed(picture));
        }
        if (block instanceof Block.Gallery gallery) {
            return gallery(gallery);
        }
        if (block instanceof Chart chart) {
            return captioned(chart.y().label(), table(chart));
        }
        if (block instanceof Block.Bars bars) {
            return bars(bars);
        }
        if (block instanceof Block.Folded folded) {
            return folded(folded);
        }
        if (block instanceof Block.Interactive) {
            return List.of();
        }
        return beside(((Block.Beside) block).blocks());
    }

    private List<String> captioned(String caption, List<String> lines) {
        List<String> all = new ArrayList<>();
        if (!caption.isEmpty()) {
            all.addAll(wrap(caption));
        }
        all.addAll(lines);
        return all;
    }

    /** Columns as wide as their widest cell, all to the right; a star stands behind each marked cell. */
    private static List<String> columns(Block.Numbers numbers) {
        boolean hasMarks = numbers.marked().isPresent();
        List<List<String>> cells = IntStream.range(0, numbers.cells().size())
                .mapToObj(row -> IntStream.range(0, numbers.cells().get(row).size())
                        .mapToObj(column -> numbers.cells().get(row).get(column)
                                + (numbers.isMarked(row, column) ? "*" : hasMarks ? " " : ""))
                        .toList())
                .toList();
        int width = cells.stream()
                .flatMap(List::stream)
                .mapToInt(TextWidth::of)
                .max()
                .orElse(0);
        return cells.stream()
                .map(row -> String.join(
                                " ",
                                row.stream()
                                        .map(cell -> TextWidth.padLeft(cell, width))
                                        .toList())
                        .stripTrailing())
                .toList();
    }

    private static List<String> table(Block.Table table) {
        List<List<String>> all = new ArrayList<>();
        all.add(table.header());
        all.addAll(table.rows());
        int[] widths = IntStream.range(0, table.header().size())
                .map(column -> all.stream()
                        .mapToInt(row -> TextWidth.of(row.get(column)))
                        .max()
                        .orElse(0))
                .toArray();
        List<String> lines = new ArrayList<>();
        for (List<String> row : all) {
            List<String> cells = new ArrayList<>();
            for (int column = 0; column < widths.length; column++) {
                boolean right = table.isOfNumbers(column);
                cells.add(
                        right
                                ? TextWidth.padLeft(row.get(column), widths[column])
                                : TextWidth.padRight(row.get(column), widths[column]));
            }
            lines.add(String.join("  ", cells).stripTrailing());
        }
        return lines;
    }

    /** The name, the number, and a bar of # as long as its share of 20. */
    private static List<String> bars(Block.Bars bars) {
        List<List<String>> rows = bars.bars().stream()
                .map(bar -> List.of(bar.name(), bar.text(), "#".repeat((int) Math.round(20 * bar.share()))))
                .toList();
        return table(new Block.Table("", rows.get(0), rows.subList(1, rows.size())));
    }

    private List<String> folded(Block.Folded folded) {
        List<String> lines = new ArrayList<>(wrap(folded.summary()));
        for (Block block : folded.blocks()) {
            lines.add("");
            lines.addAll(lines(block));
        }
        return lines;
    }

    private static List<String> framed(Picture picture) {
        String edge = "+" + "-".repeat(2 * picture.columns()) + "+";
        List<String> lines = new ArrayList<>();
        lines.add(edge);
        for (int row = 0; row < picture.rows(); row++) {
            StringBuilder line = new StringBuilder("|");
            for (int column = 0; column < picture.columns(); column++) {
                char mark = picture.palette().mark(picture.share(row, column));
                line.append(mark).append(mark);
            }
            lines.add(line.append('|').toString());
        }
        lines.add(edge);
        return lines;
    }

    private List<String> gallery(Block.Gallery gallery) {
        int shown = Math.min(PICTURES_OF_A_GALLERY, gallery.pictures().size());
        List<String> lines = new ArrayList<>(
                captioned(gallery.caption(), beside(gallery.pictures().subList(0, shown))));
        int more = gallery.pictures().size() - shown;
        if (more > 0) {
            lines.add(language.fill(
                    "(%d more are on the page that --html FILE writes)", "（另有 %d 幅，见 --html FILE 所写的网页）", more));
        }
        return lines;
    }

    /** Some points of each line, the first and last among them. */
    private static List<String> table(Chart chart) {
        int last = chart.series().get(0).values().size() - 1;
        List<String> header = new ArrayList<>(List.of(chart.x().label()));
        chart.series().forEach(series -> header.add(series.name()));
        List<List<String>> rows = IntStream.range(0, Math.min(ROWS_OF_A_CHART, last + 1))
                .map(i -> last < ROWS_OF_A_CHART ? i : Math.round(i * (float) last / (ROWS_OF_A_CHART - 1)))
                .mapToObj(at -> row(chart.series(), at))
                .toList();
        return table(new Block.Table("", header, rows));
    }

    private static List<String> row(List<Series> series, int at) {
        List<String> row = new ArrayList<>(List.of(Integer.toString(at)));
        series.forEach(
                line -> row.add(String.format(Locale.ROOT, "%.4f", line.values().get(at))));
        return row;
    }

    /** Side by side, and below one another where the lines are full. */
    private List<String> beside(List<? extends Block> blocks) {
        List<String> done = new ArrayList<>();
        List<String> current = List.of();
        for (Block block : blocks) {
            List<String> next = lines(block);
            if (!current.isEmpty() && width(current) + GAP.length() + width(next) > screen.columns()) {
                done.addAll(current);
                done.add("");
                current = List.of();
            }
            current = current.isEmpty() ? next : joined(current, next);
        }
        done.addAll(current);
        return done;
    }

    private static List<String> joined(List<String> left, List<String> right) {
        int width = width(left);
        return IntStream.range(0, Math.max(left.size(), right.size()))
                .mapToObj(i -> (TextWidth.padRight(i < left.size() ? left.get(i) : "", width)
                                + GAP
                                + (i < right.size() ? right.get(i) : ""))
                        .stripTrailing())
                .toList();
    }

    private static int width(List<String> lines) {
        return lines.stream().mapToInt(TextWidth::of).max().orElse(0);
    }
}
