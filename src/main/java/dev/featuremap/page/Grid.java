package dev.featuremap.page;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Numbers {@code [rows, columns]} that do not change; in JSON a list of rows, whole numbers without a point. */
public final class Grid {
    private final int rows;
    private final int columns;
    private final double[] values;

    private Grid(int rows, int columns, double[] values) {
        this.rows = rows;
        this.columns = columns;
        this.values = values;
    }

    /** A grid of what a function says of each place. */
    public static Grid of(int rows, int columns, Cell cell) {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException("a grid of " + rows + "x" + columns + " has no numbers");
        }
        double[] values = new double[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = cell.at(i / columns, i % columns);
        }
        return new Grid(rows, columns, values);
    }

    /** A grid of rows of equal length. */
    public static Grid of(double[][] rows) {
        return of(rows.length, rows[0].length, (row, column) -> rows[row][column]);
    }

    /** A grid of numbers that stand row by row. */
    public static Grid of(int rows, int columns, double[] values) {
        if (values.length != rows * columns) {
            throw new IllegalArgumentException(values.length + " numbers do not make " + rows + "x" + columns);
        }
        return of(rows, columns, (row, column) -> values[row * columns + column]);
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** One number, counted from 0. */
    public double at(int row, int column) {
        if (row < 0 || row >= rows || column < 0 || column >= columns) {
            throw new IndexOutOfBoundsException(row + "," + column + " is not in " + rows + "x" + columns);
        }
        return values[row * columns + column];
    }

    /** The grid of what a function makes of each number. */
    public Grid map(DoubleUnaryOperator function) {
        return new Grid(rows, columns, Arrays.stream(values).map(function).toArray());
    }

    /** The part of this grid that starts at a place. */
    public Grid window(int row, int column, int height, int width) {
        return of(height, width, (r, c) -> at(row + r, column + c));
    }

    public double mean() {
        return Arrays.stream(values).sum() / values.length;
    }

    public double min() {
        return Arrays.stream(values).min().orElseThrow();
    }

    public double max() {
        return Arrays.stream(values).max().orElseThrow();
    }

    /** The largest number without its sign. */
    public double largestMagnitude() {
        return Math.max(Math.abs(min()), Math.abs(max()));
    }

    /** The largest difference from another grid of the same size, without its sign. */
    public double largestDifference(Grid other) {
        return of(rows, columns, (row, column) -> at(row, column) - other.at(row, column))
                .largestMagnitude();
    }

    /** All numbers row by row, a copy. */
    public double[] toArray() {
        return values.clone();
    }

    /** The rows as lists. */
    @JsonValue
    public List<List<Number>> toRows() {
        List<List<Number>> all = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            List<Number> line = new ArrayList<>();
            for (int column = 0; column < columns; column++) {
                line.add(shortest(at(row, column)));
            }
            all.add(line);
        }
        return all;
    }

    private static Number shortest(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return (int) value;
        }
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Grid grid && grid.columns == columns && Arrays.equals(grid.values, values);
    }

    @Override
    public int hashCode() {
        return 31 * columns + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return toRows().toString();
    }

    /** The number at a place, counted from 0. */
    @FunctionalInterface
    public interface Cell {
        double at(int row, int column);
    }
}
