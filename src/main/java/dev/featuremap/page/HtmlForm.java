package dev.featuremap.page;

import dev.featuremap.page.Block.Picture;
import java.util.List;
import java.util.Locale;

/** A page as one HTML file: its style, pictures and charts are in it, and it asks nothing of the network. */
public final class HtmlForm {
    private static final int SHOWN_SIDE = 160;
    private static final int SMALL_SIDE = 72;
    /** So many pictures of a gallery stand side by side on a phone though they are larger. */
    private static final int FEW = 3;

    private static final int SIDE_OF_FEW = 110;
    /** A picture at least twice as wide as high. */
    private static final int STRIP_WIDTH = 320;

    private static final int LARGEST_ZOOM_OF_A_STRIP = 24;

    private final StringBuilder out = new StringBuilder();

    private HtmlForm() {}

    /** The page on its own. */
    public static String of(Page page) {
        return of(page, List.of());
    }

    /** The page with links to the other pages of its folder above it, each {@code name.html}. */
    public static String of(Page page, List<Page> folder) {
        HtmlForm form = new HtmlForm();
        form.head(page.title(), page.language());
        if (!folder.isEmpty()) {
            form.navigation(page, folder);
        }
        form.element("h1", page.title());
        page.blocks().forEach(form::block);
        if (!folder.isEmpty()) {
            form.neighbours(page, folder);
        }
        form.footer(page);
        return form.end();
    }

    /** A folder's first page: links to all others, each with its slides and headings. */
    public static String index(String title, String introduction, Language language, List<Page> folder) {
        HtmlForm form = new HtmlForm();
        form.head(title, language);
        form.element("h1", title);
        form.element("p", introduction);
        form.out.append("<ul class=\"topics\">\n");
        for (Page page : folder) {
            form.out.append("<li>").append(link(page));
            form.slides(page.slides());
            form.out.append("<small>");
            form.out.append(Html.escape(String.join(" · ", page.headings())));
            form.out.append("</small></li>\n");
        }
        form.out.append("</ul>\n");
        return form.end();
    }

    /** Some blocks on their own, with their style, for a page that someone else makes, such as a notebook's. */
    public static String fragment(Block... blocks) {
        HtmlForm form = new HtmlForm();
        form.out.append("<style>\n").append(Style.BLOCKS).append("</style>\n<div class=\"blocks\">\n");
        for (Block block : blocks) {
            form.block(block);
        }
        return form.out.append("</div>\n").toString();
    }

    private void head(String title, Language language) {
        out.append("<!DOCTYPE html>\n<html lang=\"").append(language.tag()).append("\">\n<head>\n");
        out.append("<meta charset=\"utf-8\">\n");
        out.append("<meta http-equiv=\"Content-Security-Policy\" ");
        out.append("content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n");
        out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        element("title", title);
        out.append("<style>\n").append(Style.FRAME).append(Style.BLOCKS).append("</style>\n</head>\n");
        out.append("<body>\n<main class=\"blocks\">\n");
    }

    private String end() {
        return out.append("</main>\n</body>\n</html>\n").toString();
    }

    private void navigation(Page current, List<Page> folder) {
        out.append("<nav class=\"head\"><a href=\"index.html\">↑ ");
        out.append(Html.escape(current.language().say("All topics", "全部主题"))).append("</a>");
        for (Page page : folder) {
            out.append(' ')
                    .append(
                            page.name().equals(current.name())
                                    ? "<b>" + Html.escape(page.title()) + "</b>"
                                    : link(page));
        }
        out.append("</nav>\n");
    }

    /** The pages before and after this one. */
    private void neighbours(Page current, List<Page> folder) {
        int at = folder.stream().map(Page::name).toList().indexOf(current.name());
        out.append("<nav class=\"foot\"><span>");
        if (at > 0) {
            out.append("← ").append(link(folder.get(at - 1)));
        }
        out.append("</span><span>");
        if (at + 1 < folder.size()) {
            out.append(link(folder.get(at + 1))).append(" →");
        }
        out.append("</span></nav>\n");
    }

    private void footer(Page page) {
        out.append("<footer>\n");
        if (page.hasColours()) {
            element(
                    "p",
                    page.language()
                            .say(
                                    "Colours: red is above 0, blue below; the stronger, the further from 0.",
                                    "颜色：红色大于 0，蓝色小于 0；颜色越深，离 0 越远。"));
        }
        page.aboutSlides().ifPresent(about -> element("p", about));
        out.append("</footer>\n");
    }

    private static String link(Page page) {
        return "<a href=\"" + Html.escape(page.name()) + ".html\">" + Html.escape(page.title()) + "</a>";
    }

    private void block(Block block) {
        if (block instanceof Block.Heading heading) {
            out.append("<h2>").append(Html.escape(heading.text()));
            slides(heading.slides());
            out.append("</h2>\n");
        } else if (block instanceof Block.Prose prose) {
            element("p", prose.text());
        } else if (block instanceof Block.Working working) {
            element("pre", String.join("\n", working.lines()));
        } else if (block instanceof Block.Numbers numbers) {
            numbers(numbers);
        } else if (block instanceof Block.Table table) {
            table(table);
        } else if (block instanceof Picture picture) {
            picture(picture, SHOWN_SIDE);
        } else if (block instanceof Block.Gallery gallery) {
            element("p", gallery.caption());
            out.append("<div class=\"beside small\">\n");
            int side = gallery.pictures().size() > FEW ? SMALL_SIDE : SIDE_OF_FEW;
            gallery.pictures().forEach(picture -> picture(picture, side));
            out.append("</div>\n");
        } else if (block instanceof Block.Chart chart) {
            out.append("<figure class=\"chart\">").append(SvgChart.of(chart)).append("</figure>\n");
        } else if (block instanceof Block.Beside beside) {
            out.append("<div class=\"beside\">\n");
            beside.blocks().forEach(this::block);
            out.append("</div>\n");
        }
    }

    private void slides(List<String> slides) {
        slides.forEach(slide ->
                out.append(" <span class=\"slide\">").append(Html.escape(slide)).append("</span>"));
    }

    private void numbers(Block.Numbers numbers) {
        int digits = numbers.cells().stream()
                .flatMap(List::stream)
                .mapToInt(TextWidth::of)
                .max()
                .orElse(1);
        out.append("<figure><table class=\"numbers\" style=\"--digits:")
                .append(digits)
                .append("ch\">\n");
        for (int row = 0; row < numbers.cells().size(); row++) {
            out.append("<tr>");
            for (int column = 0; column < numbers.cells().get(row).size(); column++) {
                out.append("<td style=\"").append(background(numbers.grid().at(row, column) / numbers.range()));
                out.append(numbers.isMarked(row, column) ? "\" class=\"marked\">" : "\">");
                out.append(Html.escape(numbers.cells().get(row).get(column))).append("</td>");
            }
            out.append("</tr>\n");
        }
        out.append("</table>");
        caption(numbers.caption());
    }

    /** Even the weakest colour is strong enough to tell its sign. */
    private static String background(double share) {
        if (share == 0) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "background:rgba(var(--%s),%.2f)",
                share < 0 ? "minus" : "plus",
                0.15 + 0.35 * Math.min(1, Math.abs(share)));
    }

    private void table(Block.Table table) {
        out.append("<figure class=\"wide\">");
        captionText(table.caption());
        out.append("<table>\n<tr>");
        row(table, table.header(), "th");
        out.append("</tr>\n");
        for (List<String> row : table.rows()) {
            out.append("<tr>");
            row(table, row, "td");
            out.append("</tr>\n");
        }
        out.append("</table></figure>\n");
    }

    private void row(Block.Table table, List<String> cells, String element) {
        for (int column = 0; column < cells.size(); column++) {
            out.append('<').append(element).append(table.isOfNumbers(column) ? " class=\"number\">" : ">");
            out.append(Html.escape(cells.get(column)));
            out.append("</").append(element).append('>');
        }
    }

    /** Enlarged by a whole number, so that all its pixels are of one size. */
    private void picture(Picture picture, int side) {
        int columns = picture.grid().columns();
        int rows = picture.grid().rows();
        int zoom = side == SHOWN_SIDE && columns >= 2 * rows
                ? Math.min(LARGEST_ZOOM_OF_A_STRIP, Math.max(1, STRIP_WIDTH / columns))
                : Math.max(1, side / Math.max(columns, rows));
        out.append(String.format(
                Locale.ROOT,
                "<figure><img src=\"%s\" width=\"%d\" height=\"%d\" alt=\"%s\">",
                PngPicture.dataUri(picture),
                columns * zoom,
                rows * zoom,
                Html.escape(picture.caption())));
        caption(picture.caption());
    }

    private void caption(String caption) {
        captionText(caption);
        out.append("</figure>\n");
    }

    private void captionText(String caption) {
        if (!caption.isEmpty()) {
            out.append("<figcaption>").append(Html.escape(caption)).append("</figcaption>");
        }
    }

    private void element(String name, String text) {
        out.append('<').append(name).append('>').append(Html.escape(text));
        out.append("</").append(name).append(">\n");
    }
}
