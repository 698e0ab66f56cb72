package dev.featuremap.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table as lines of text for a terminal: where it is too wide, the columns that matter least are left out whole. */
public final class FittedTable {
    private static final String GAP = "  ";
    private static final int SHORTEST = 8;
    private static final String CUT = "…";

    private final List<Kept> kept = new ArrayList<>();
    private final List<String> omitted = new ArrayList<>();

    /**
     * A column.
     *
     * @param rank how much it matters: the lower, the longer it stays, of equal ones the first; those of rank 0 always do, texts among
     *     them cut where needed
     * @param isOfNumbers whether its cells stand to the right
     * @param cells one for each row, without line breaks; not asked for where there is no room anyway
     */
    public record Column(String header, int rank, boolean isOfNumbers, Supplier<List<String>> cells) {}

    private record Kept(Column column, List<String> cells, int width) {
        static Kept of(Column column) {
            List<String> cells = column.cells.get();
            int width = cells.parallelStream().mapToInt(TextWidth::of).max().orElse(0);
            return new Kept(column, cells, Math.max(width, TextWidth.of(column.header)));
        }

        /** The same, no wider than that. */
        Kept cut(int most) {
            return width <= most
                    ? this
                    : new Kept(
                            column,
                            cells.stream()
                                    .map(cell -> FittedTable.cut(cell, most))
                                    .toList(),
                            most);
        }
    }

    /** @param width in characters */
    public FittedTable(List<Column> columns, int width) {
        List<Integer> byRank = IntStream.range(0, columns.size())
                .boxed()
                .sorted(Comparator.comparing(i -> columns.get(i).rank))
                .toList();
        Kept[] places = new Kept[columns.size()];
        int left = width + GAP.length();
        for (int i : byRank) {
            Column column = columns.get(i);
            if (column.rank > 0 && left <= 0) {
                break;
            }
            Kept one = Kept.of(column);
            left -= one.width + GAP.length();
            if (column.rank == 0 || left >= 0) {
                places[i] = one;
            } else {
                left = 0; // What matters less has no place before what matters more.
            }
        }
        for (int i = 0; i < places.length; i++) {
            if (places[i] == null) {
                omitted.add(columns.get(i).header);
            } else {
                kept.add(places[i]);
            }
        }
        cut(kept.stream().mapToInt(one -> one.width + GAP.length()).sum() - GAP.length() - width);
    }

    /** Cuts columns of text, always the widest, until they take so much less room. */
    private void cut(int tooMuch) {
        int[] widths = kept.stream().mapToInt(Kept::width).toArray();
        for (int left = tooMuch; left > 0; left--) {
            int widest = IntStream.range(0, widths.length)
                    .filter(i -> !kept.get(i).column.isOfNumbers && widths[i] > SHORTEST)
                    .boxed()
                    .max(Comparator.comparing(i -> widths[i]))
                    .orElse(-1);
            if (widest < 0) {
                break;
            }
            widths[widest]--;
        }
        for (int i = 0; i < widths.length; i++) {
            kept.set(i, kept.get(i).cut(widths[i]));
        }
    }

    /** The headers of the columns that are left out. */
    public List<String> omitted() {
        return List.copyOf(omitted);
    }

    /** The header and the rows, each ended by a newline. */
    public String text() {
        int rows = kept.isEmpty() ? 0 : kept.get(0).cells.size();
        return IntStream.range(-1, rows).parallel().mapToObj(this::line).collect(Collectors.joining());
    }

    private String line(int row) {
        StringBuilder line = new StringBuilder();
        for (Kept one : kept) {
            String cell = row < 0 ? cut(one.column.header, one.width) : one.cells.get(row);
            line.append(line.isEmpty() ? "" : GAP)
                    .append(
                            one.column.isOfNumbers
                                    ? TextWidth.padLeft(cell, one.width)
                                    : TextWidth.padRight(cell, one.width));
        }
        return line.toString().stripTrailing() + '\n';
    }

    private static String cut(String text, int width) {
        if (TextWidth.of(text) <= width) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        for (int character : text.codePoints().toArray()) {
            if (TextWidth.of(kept.toString() + Character.toString(character)) > width - CUT.length()) {
                break;
            }
            kept.appendCodePoint(character);
        }
        return kept + CUT;
    }
}
