package dev.featuremap.page;

import dev.featuremap.page.Block.Beside;
import dev.featuremap.page.Block.Folded;
import dev.featuremap.page.Block.Gallery;
import dev.featuremap.page.Block.Heading;
import dev.featuremap.page.Block.Interactive;
import dev.featuremap.page.Block.Numbers;
import dev.featuremap.page.Block.Picture;
import dev.featuremap.page.Block.Prose;
import dev.featuremap.page.Block.Table;
import dev.featuremap.page.Block.Working;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one topic has to show, in one language.
 *
 * @param name the topic, as the command is called; also the file's name without its ending
 * @param kind what sort of page it is, in its language
 */
public record Page(String name, String kind, String title, Language language, List<Block> blocks) {
    public Page {
        blocks = List.copyOf(blocks);
    }

    /** What its parts are called, from top to bottom. */
    List<String> headings() {
        return parts().map(Heading::text).toList();
    }

    /** The ids of all slides it is about, each once, in the order of the lecture. */
    List<String> slides() {
        return parts().flatMap(heading -> heading.slides().stream())
                .distinct()
                .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private Stream<Heading> parts() {
        return blocks.stream().filter(Heading.class::isInstance).map(Heading.class::cast);
    }

    /** Whether colours stand behind numbers, or make up a picture, of either sign. */
    boolean hasColours() {
        return leaves().anyMatch(block -> block instanceof Numbers || isSigned(block));
    }

    /** Whether there is a picture of numbers of either sign. */
    boolean hasSignedPictures() {
        return leaves().anyMatch(Page::isSigned);
    }

    private static boolean isSigned(Block block) {
        return block instanceof Picture picture && picture.palette() == Palette.SIGNED;
    }

    /** What colours mean, where there are any. */
    String aboutColours() {
        return language.say(
                "Colours: red is above 0, blue below; the stronger, the further from 0.",
                "颜色：红色大于 0，蓝色小于 0；颜色越深，离 0 越远。");
    }

    /** What the ids beside the headings are, where there are any. */
    Optional<String> aboutSlides() {
        return slides().isEmpty()
                ? Optional.empty()
                : Optional.of(language.say(
                        "L1 to L12: the topics of the lecture, as this project numbers them.",
                        "L1 到 L12：本项目给课程各主题的编号。"));
    }

    /** The main module of its program, where something on it can be changed. */
    Optional<String> program() {
        return leaves().filter(Interactive.class::isInstance)
                .map(block -> ((Interactive) block).program())
                .findFirst();
    }

    /** The charts among its blocks. */
    List<Chart> charts() {
        return leaves().filter(Chart.class::isInstance).map(Chart.class::cast).toList();
    }

    private Stream<Block> leaves() {
        return blocks.stream().flatMap(Page::leaves);
    }

    private static Stream<? extends Block> leaves(Block block) {
        if (block instanceof Beside beside) {
            return beside.blocks().stream().flatMap(Page::leaves);
        }
        if (block instanceof Folded folded) {
            return folded.blocks().stream().flatMap(Page::leaves);
        }
        return block instanceof Gallery gallery ? gallery.pictures().stream() : Stream.of(block);
    }

    /** Puts a page together from top to bottom. */
    public static final class Writer {
        private final String name;
        private final String kind;
        private final String title;
        private final Language language;
        private final List<Block> blocks = new ArrayList<>();

        public Writer(String name, String kind, Language language, String englishTitle, String chineseTitle) {
            this.name = name;
            this.kind = kind;
            this.language = language;
            this.title = language.say(englishTitle, chineseTitle);
        }

        public Writer heading(String english, String chinese, String... slides) {
            return add(new Heading(language.say(english, chinese), List.of(slides)));
        }

        /** A paragraph, with values in its {@code %} places. */
        public Writer prose(String english, String chinese, Object... values) {
            return add(new Prose(language.fill(english, chinese, values)));
        }

        public Writer working(List<String> lines) {
            return add(new Working(lines));
        }

        public Writer beside(List<? extends Block> side) {
            return add(new Beside(List.copyOf(side)));
        }

        public Writer table(String caption, List<String> header, List<List<String>> rows) {
            return add(new Table(caption, header, rows));
        }

        public Writer gallery(String caption, List<Picture> pictures) {
            return add(new Gallery(caption, pictures));
        }

        public Writer add(Block block) {
            blocks.add(block);
            return this;
        }

        public Page page() {
            return new Page(name, kind, title, language, blocks);
        }
    }
}
