package dev.featuremap.lecture;

import dev.featuremap.page.Grid;
import java.util.Arrays;
import java.util.List;

/**
 * One cell of each feature map worked out.
 *
 * @param row of the cell, counted from 1
 * @param column of the cell, counted from 1
 * @param window the 3x3 pixels it looks at
 * @param products for each {@link Filter}, in their order
 */
public record CellWorking(int row, int column, Grid window, List<Products> products) {
    /**
     * The nine products of window and filter.
     *
     * @param sum of the nine
     * @param mean {@code sum / 9}
     */
    public record Products(String filter, Grid products, int sum, double mean) {}

    public CellWorking {
        products = List.copyOf(products);
    }

    static CellWorking of(Grid picture, Place cell) {
        Grid window = picture.window(cell.row() - 1, cell.column() - 1, Filter.SIDE, Filter.SIDE);
        List<Products> products = Arrays.stream(Filter.values())
                .map(filter -> products(window, filter))
                .toList();
        return new CellWorking(cell.row(), cell.column(), window, products);
    }

    private static Products products(Grid window, Filter filter) {
        Grid products = Grid.of(
                Filter.SIDE,
                Filter.SIDE,
                (row, column) -> window.at(row, column) * filter.weights().at(row, column));
        int sum = (int) Arrays.stream(products.toArray()).sum();
        return new Products(filter.shape(), products, sum, sum / 9.0);
    }
}
