package dev.featuremap.page;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleFunction;

/** One part of a {@link Page}. */
public sealed interface Block
        permits Block.Heading,
                Block.Prose,
                Block.Working,
                Block.Numbers,
                Block.Table,
                Block.Picture,
                Block.Gallery,
                Block.Chart,
                Block.Beside {
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
     * @param palette what {@code -range} or 0, and {@code range}, look like
     * @param range the largest magnitude that has a colour of its own, above 0
     */
    record Picture(String caption, Grid grid, Palette palette, double range) implements Block {
        public Picture {
            if (!(range > 0)) {
                range = 1;
            }
        }

        /** A picture from 0 (dark) to 1 (light). */
        public static Picture light(String caption, Grid grid) {
            return new Picture(caption, grid, Palette.LIGHT, 1);
        }

        /** A picture from −1 (paper) to +1 (ink), dark ink on light paper. */
        public static Picture ink(String caption, Grid grid) {
            return new Picture(caption, grid.map(value -> (1 + value) / 2), Palette.INK, 1);
        }

        /** A picture of numbers of either sign, the largest of which has the full colour. */
        public static Picture signed(String caption, Grid grid) {
            return signed(caption, grid, grid.largestMagnitude());
        }

        /** The same in the colours of a given range, so that several pictures can be compared. */
        public static Picture signed(String caption, Grid grid, double range) {
            return new Picture(caption, grid, Palette.SIGNED, range);
        }
    }

    /** Many pictures, shown small. */
    record Gallery(String caption, List<Picture> pictures) implements Block {
        public Gallery {
            pictures = List.copyOf(pictures);
        }
    }

    /**
     * Lines over a common axis that counts from 0.
     *
     * @param caption what the vertical axis measures
     */
    record Chart(String caption, String across, List<Series> series) implements Block {
        public Chart {
            series = List.copyOf(series);
        }
    }

    /** One line of a chart: its value at 0, 1, 2, … */
    record Series(String name, List<Double> values) {
        public Series {
            values = List.copyOf(values);
        }
    }

    /** Blocks that stand side by side where there is room. */
    record Beside(List<Block> blocks) implements Block {
        public Beside {
            blocks = List.copyOf(blocks);
        }
    }
}
