package dev.featuremap.page;

import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** One part of a {@link Page}; as JSON for the template, {@code kind} tells which. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
public sealed interface Block
        permits Block.Heading,
                Block.Prose,
                Block.Working,
                Block.Numbers,
                Block.Table,
                Block.Picture,
                Block.Gallery,
                Chart,
                Block.Beside,
                Block.Folded,
                Block.Bars,
                Block.Interactive {
    /**
     * A heading.
     *
     * @param slides ids of the slides it is about, such as L5
     */
    record Heading(String text, List<String> slides) implements Block {
        public Heading {
            slides = List.copyOf(slides);
        }
    }

    /** A paragraph. */
    record Prose(String text) implements Block {}

    /** Lines of arithmetic, each shown as it stands. */
    record Working(List<String> lines) implements Block {
        public Working {
            lines = List.copyOf(lines);
        }
    }

    /**
     * A grid whose numbers are read one by one.
     *
     * @param cells the numbers as they are written, row by row
     * @param range the largest magnitude that has a colour of its own, above 0
     * @param marked cells to look at, if any
     */
    @JsonIncludeProperties({"kind", "caption", "rows"})
    record Numbers(String caption, Grid grid, List<List<String>> cells, double range, Optional<Area> marked)
            implements Block {
        public Numbers {
            cells = cells.stream().map(List::copyOf).toList();
            if (!(range > 0)) {
                range = 1;
            }
        }

        /** A grid whose largest number has the full colour. */
        public Numbers(String caption, Grid grid, DoubleFunction<String> written) {
            this(
                    caption,
                    grid,
                    grid.toRows().stream()
                            .map(row -> row.stream()
                                    .map(number -> written.apply(number.doubleValue()))
                                    .toList())
                            .toList(),
                    grid.largestMagnitude(),
                    Optional.empty());
        }

        /** A grid of whole numbers. */
        public static Numbers whole(String caption, Grid grid) {
            return new Numbers(caption, grid, number -> String.format(Locale.ROOT, "%.0f", number));
        }

        /** The same in the colours of another range, so that several grids can be compared. */
        public Numbers within(double other) {
            return new Numbers(caption, grid, cells, other, marked);
        }

        /** The same with some cells marked. */
        public Numbers marking(Area area) {
            return new Numbers(caption, grid, cells, range, Optional.of(area));
        }

        boolean isMarked(int row, int column) {
            return marked.filter(area -> area.holds(row, column)).isPresent();
        }

        /** A number as a page shows it: the heat from 0 to 1 is how far from 0 it is. */
        record Cell(String text, String look, double heat) {}

        @JsonProperty
        List<List<Cell>> rows() {
            return IntStream.range(0, cells.size())
                    .mapToObj(row -> IntStream.range(0, cells.get(row).size())
                            .mapToObj(column -> cell(row, column))
                            .toList())
                    .toList();
        }

        private Cell cell(int row, int column) {
            double share = grid.at(row, column) / range;
            return new Cell(
                    cells.get(row).get(column),
                    (share > 0 ? "above" : share < 0 ? "below" : "") + (isMarked(row, column) ? " marked" : ""),
                    Math.min(1, Math.abs(share)));
        }
    }

    /** Neighbouring cells of a grid, counted from 0. */
    record Area(int row, int column, int rows, int columns) {
        boolean holds(int atRow, int atColumn) {
            return atRow >= row && atRow < row + rows && atColumn >= column && atColumn < column + columns;
        }
    }

    /** A table of texts, with one header for each column; columns of numbers stand to the right. */
    record Table(String caption, List<String> header, List<List<String>> rows) implements Block {
        public Table {
            header = List.copyOf(header);
            rows = rows.stream().map(List::copyOf).toList();
        }

        /** Which columns hold numbers. */
        @JsonProperty
        List<Boolean> numeric() {
            return IntStream.range(0, header.size()).mapToObj(this::isOfNumbers).toList();
        }

        /** Whether most of what a column holds are numbers. */
        boolean isOfNumbers(int column) {
            List<String> filled = rows.stream()
                    .map(row -> row.get(column))
                    .filter(cell -> !cell.isEmpty())
                    .toList();
            return 2 * filled.stream().filter(Table::isNumber).count() > filled.size();
        }

        /** A number, or a bound such as {@code ≤ 0.5}. */
        private static boolean isNumber(String text) {
            String cell = text.replaceFirst("^[≤=] ", "");
            return cell.codePoints().allMatch(c -> (c >= '0' && c <= '9') || "+-−.,e%… ".indexOf(c) >= 0)
                    && cell.codePoints().anyMatch(c -> c >= '0' && c <= '9');
        }
    }

    /**
     * A grid to look at, one pixel for each number.
     *
     * @param channels one grid, or three of one size that are red, green and blue
     * @param palette what {@code -range} or 0, and {@code range}, look like
     * @param range the largest magnitude that has a colour of its own, above 0
     */
    @JsonIncludeProperties({"kind", "caption", "png", "columns", "rows"})
    record Picture(String caption, List<Grid> channels, Palette palette, double range) implements Block {
        /** So much of a picture is hidden at most by the colours over it. */
        private static final double MOST_COVER = 0.8;

        public Picture {
            channels = List.copyOf(channels);
            if (channels.size() != 1 && channels.size() != 3) {
                throw new IllegalArgumentException("a picture has 1 or 3 channels, not " + channels.size());
            }
            if (!(range > 0)) {
                range = 1;
            }
        }

        private Picture(String caption, Grid grid, Palette palette, double range) {
            this(caption, List.of(grid), palette, range);
        }

        /** A picture from 0 (dark) to 1 (light). */
        public static Picture light(String caption, Grid grid) {
            return new Picture(caption, grid, Palette.LIGHT, 1);
        }

        /** A picture in colour: red, green and blue from 0 (none) to 1 (all of it). */
        public static Picture colour(String caption, List<Grid> redGreenBlue) {
            return new Picture(caption, redGreenBlue, Palette.LIGHT, 1);
        }

        /** A picture from −1 (paper) to +1 (ink), dark ink on light paper. */
        public static Picture ink(String caption, Grid grid) {
            return new Picture(caption, grid.map(value -> (1 + value) / 2), Palette.INK, 1);
        }

        /** A picture from 0 (dark) to 1 (light) under the colours of numbers of either sign, the largest of which covers it most. */
        public static Picture covered(String caption, Grid light, Grid numbers) {
            double range = numbers.largestMagnitude();
            IntFunction<Grid> channel = shift -> Grid.of(light.rows(), light.columns(), (row, column) -> {
                double number = numbers.at(row, column);
                double cover = range > 0 ? MOST_COVER * Math.abs(number) / range : 0;
                double full = (Palette.SIGNED.colour(Math.signum(number)) >> shift & 0xff) / 255.0;
                return (1 - cover) * light.at(row, column) + cover * full;
            });
            return colour(caption, List.of(channel.apply(16), channel.apply(8), channel.apply(0)));
        }

        /** A picture of numbers of either sign, the largest of which has the full colour. */
        public static Picture signed(String caption, Grid grid) {
            return signed(caption, grid, grid.largestMagnitude());
        }

        /** The same in the colours of a given range, so that several pictures can be compared. */
        public static Picture signed(String caption, Grid grid, double range) {
            return new Picture(caption, grid, Palette.SIGNED, range);
        }

        @JsonProperty
        public int columns() {
            return channels.get(0).columns();
        }

        @JsonProperty
        public int rows() {
            return channels.get(0).rows();
        }

        /** The mean over the channels at a place, as a share of the range. */
        double share(int row, int column) {
            return channels.stream()
                            .mapToDouble(grid -> grid.at(row, column))
                            .average()
                            .orElseThrow()
                    / range;
        }

        /** One pixel as 0xRRGGBB. */
        int colour(int row, int column) {
            int rgb = 0;
            for (int channel = 0; channel < 3; channel++) {
                Grid grid = channels.get(channel % channels.size());
                int shift = 16 - 8 * channel;
                rgb |= palette.colour(grid.at(row, column) / range) & 0xff << shift;
            }
            return rgb;
        }

        /** The picture in memory, such as for a notebook's cell; numbers of either sign lie on whatever colour is behind it. */
        public BufferedImage image() {
            boolean isSigned = palette == Palette.SIGNED;
            BufferedImage image = new BufferedImage(
                    columns(), rows(), isSigned ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
            for (int row = 0; row < rows(); row++) {
                for (int column = 0; column < columns(); column++) {
                    image.setRGB(
                            column,
                            row,
                            isSigned ? Palette.signed(channels.get(0).at(row, column) / range) : colour(row, column));
                }
            }
            return image;
        }

        /** The picture as a {@code data:} address that holds it. */
        @JsonProperty
        public String png() {
            return Png.dataUri(image());
        }
    }

    /** Many pictures, shown small. */
    record Gallery(String caption, List<Picture> pictures) implements Block {
        public Gallery {
            pictures = List.copyOf(pictures);
        }
    }

    /** Blocks that a page shows when their summary is opened. */
    record Folded(String summary, List<Block> blocks) implements Block {
        public Folded {
            blocks = List.copyOf(blocks);
        }
    }

    /** Numbers as bars, one below the other. */
    record Bars(List<Bar> bars) implements Block {
        public Bars {
            bars = List.copyOf(bars);
        }

        /**
         * One of them.
         *
         * @param share how long it is, from 0 to 1
         * @param text the number as it is written
         * @param best whether it stands out
         */
        public record Bar(String name, double share, String text, boolean best) {}
    }

    /**
     * Where a page's program shows something that can be changed. Text, and a browser without JavaScript, show nothing of it: what is
     * to be known stands in other blocks too.
     *
     * @param program its main module, such as {@code lecture/homework.js}
     * @param json what the program is given
     */
    record Interactive(String program, String json) implements Block {
        /** Gives the program some data, as they are in JSON. */
        public static Interactive of(String program, Object data) {
            try {
                return new Interactive(program, new ObjectMapper().writeValueAsString(data));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Blocks that stand side by side where there is room. */
    record Beside(List<Block> blocks) implements Block {
        public Beside {
            blocks = List.copyOf(blocks);
        }
    }
}
