package dev.featuremap.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A table as lines of text for a terminal: where it is too wide, the columns that matter least are left out whole. */
public final class FittedTable {
    private static final String GAP = "  ";
    private static final int SHORTEST = 8;
    private static final String CUT = "…";

    private final List<Column> columns = new ArrayList<>();
    private final List<String> omitted = new ArrayList<>();

    /**
     * A column.
     *
     * @param rank how much it matters: the lower, the longer it stays; those of rank 0 always do, texts among them cut where needed
     * @param isOfNumbers whether its cells stand to the right
     * @param cells one for each row, without line breaks
     */
    public record Column(String header, int rank, boolean isOfNumbers, List<String> cells) {
        public Column {
            cells = List.copyOf(cells);
        }

        private int width() {
            return Stream.concat(Stream.of(header), cells.stream())
                    .mapToInt(TextWidth::of)
                    .max()
                    .orElse(0);
        }
    }

    /** @param width in characters */
    public FittedTable(List<Column> all, int width) {
        int[] widths = all.stream().mapToInt(Column::width).toArray();
        List<Integer> kept = new ArrayList<>();
        int sum = -GAP.length();
        for (int i = 0; i < widths.length; i++) {
            kept.add(i);
            sum += widths[i] + GAP.length();
        }
        // Of equal ranks the last goes first.
        List<Integer> leaving = kept.stream()
                .filter(i -> all.get(i).rank > 0)
                .sorted(Comparator.comparing((Integer i) -> all.get(i).rank)
                        .thenComparing(Comparator.naturalOrder())
                        .reversed())
                .toList();
        for (int i : leaving) {
            if (sum <= width) {
                break;
            }
            sum -= widths[i] + GAP.length();
            kept.remove((Integer) i);
        }
        kept.forEach(i -> columns.add(all.get(i)));
        IntStream.range(0, all.size()).filter(i -> !kept.contains(i)).forEach(i -> omitted.add(all.get(i).header));
        cut(sum - width);
    }

    /** Cuts columns of text, always the widest, until they take so much less room. */
    private void cut(int tooMuch) {
        int[] widths = columns.stream().mapToInt(Column::width).toArray();
        for (int left = tooMuch; left > 0; left--) {
            int widest = IntStream.range(0, widths.length)
                    .filter(i -> !columns.get(i).isOfNumbers && widths[i] > SHORTEST)
                    .boxed()
                    .max(Comparator.comparing(i -> widths[i]))
                    .orElse(-1);
            if (widest < 0) {
                break;
            }
            widths[widest]--;
        }
        for (int i = 0; i < widths.length; i++) {
            Column column = columns.get(i);
            int most = widths[i];
            if (column.width() > most) {
                List<String> cells =
                        column.cells.stream().map(cell -> cut(cell, most)).toList();
                columns.set(i, new Column(cut(column.header, most), column.rank, column.isOfNumbers, cells));
            }
        }
    }

    /** The headers of the columns that are left out. */
    public List<String> omitted() {
        return List.copyOf(omitted);
    }

    /** The header and the rows, each ended by a newline. */
    public String text() {
        int[] widths = columns.stream().mapToInt(Column::width).toArray();
        StringBuilder text = new StringBuilder();
        int rows = columns.isEmpty() ? 0 : columns.get(0).cells.size();
        for (int row = -1; row < rows; row++) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                Column column = columns.get(i);
                String cell = row < 0 ? column.header : column.cells.get(row);
                line.append(i == 0 ? "" : GAP)
                        .append(
                                column.isOfNumbers
                                        ? TextWidth.padLeft(cell, widths[i])
                                        : TextWidth.padRight(cell, widths[i]));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
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
