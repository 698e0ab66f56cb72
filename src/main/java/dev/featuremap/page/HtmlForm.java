package dev.featuremap.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pages of blocks as HTML files: style, scripts and pictures are in them, and they ask nothing of the network. */
public final class HtmlForm {
    private static final String TEMPLATE = "page/blocks.ftlh";

    private HtmlForm() {}

    /** A page as the template sees it; {@code menu}, {@code previous} and {@code next} lead through the folder it is in. */
    private record View(
            String kind,
            List<Block> blocks,
            List<String> notes,
            Link self,
            List<Link> menu,
            Link previous,
            Link next,
            List<Link> topics,
            String menuName) {}

    private record Link(String link, String title, List<String> slides, List<String> headings) {}

    /** The page on its own, in its language alone. */
    public static String of(Page page) {
        return of(page, edition(page, List.of(page.language())));
    }

    /** The page on its own, with links to the languages it is also written in. */
    public static String of(Page page, Edition edition) {
        return html(page, edition, List.of(), -1, List.of());
    }

    /**
     * A folder of pages that lead to one another, and of one that leads to them all.
     *
     * @param index what stands above the links to all pages
     * @param languages those the folder is written in, that of the pages among them
     * @return each file's text under its name
     */
    public static Map<String, String> folder(Page index, List<Page> pages, List<Language> languages) {
        List<Link> links = pages.stream().map(page -> link(page, languages)).toList();
        List<Link> menu = new ArrayList<>(List.of(link(index, languages)));
        menu.addAll(links);
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < pages.size(); i++) {
            Edition edition = edition(pages.get(i), languages);
            files.put(edition.file(), html(pages.get(i), edition, menu, i + 1, List.of()));
        }
        Edition edition = edition(index, languages);
        files.put(edition.file(), html(index, edition, List.of(), -1, links));
        return files;
    }

    /** Some blocks on their own, with their style, for a page that someone else makes, such as a notebook's. */
    public static String fragment(Block... blocks) {
        Page page = new Page("", "", "", Language.EN, List.of(blocks));
        return HtmlPage.fragment(TEMPLATE, view(page, null, List.of(), -1, List.of()), page.charts());
    }

    /**
     * A whole page inside one that someone else makes, such as a notebook's: a frame of its own, whose program reaches nothing outside it.
     *
     * @param html the page's text
     * @param height in CSS pixels
     */
    public static String inline(String html, int height) {
        return HtmlPage.frame(html, height);
    }

    private static String html(Page page, Edition edition, List<Link> menu, int at, List<Link> topics) {
        View view = view(page, edition.link(), menu, at, topics);
        return new HtmlPage(TEMPLATE, page.title(), view, page.charts(), edition, page.program()).html();
    }

    /** @param at the page's place in the menu, the first of which is the index */
    private static View view(Page page, String link, List<Link> menu, int at, List<Link> topics) {
        List<String> notes = new ArrayList<>();
        if (page.hasColours()) {
            notes.add(page.aboutColours());
        }
        page.aboutSlides().ifPresent(notes::add);
        return new View(
                page.kind(),
                page.blocks(),
                notes,
                new Link(link, page.title(), List.of(), List.of()),
                menu,
                at > 1 ? menu.get(at - 1) : null,
                at >= 0 && at + 1 < menu.size() ? menu.get(at + 1) : null,
                topics,
                page.language().say("Pages of this folder", "本文件夹的网页"));
    }

    private static Link link(Page page, List<Language> languages) {
        return new Link(edition(page, languages).link(), page.title(), page.slides(), page.headings());
    }

    private static Edition edition(Page page, List<Language> languages) {
        return new Edition(page.name() + ".html", page.language(), languages);
    }
}
