package dev.featuremap.lecture;

import dev.featuremap.page.Grid;

/** One of the three features of an X, 3x3 weights of −1 and +1. Source: slide L5. */
public enum Filter {
    FALLING("\\", "+--", "-+-", "--+"),
    CROSS("x", "+-+", "-+-", "+-+"),
    RISING("/", "--+", "-+-", "+--");

    /** Rows and columns of each filter. */
    public static final int SIDE = 3;

    private final String shape;
    private final String signs;

    Filter(String shape, String top, String middle, String bottom) {
        this.shape = shape;
        this.signs = top + middle + bottom;
    }

    /** What its ink looks like: {@code \}, {@code x} or {@code /}. */
    public String shape() {
        return shape;
    }

    public Grid weights() {
        return Grid.of(SIDE, SIDE, (row, column) -> signs.charAt(row * SIDE + column) == '+' ? 1 : -1);
    }
}
