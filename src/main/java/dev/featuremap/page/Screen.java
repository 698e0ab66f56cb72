package dev.featuremap.page;

/**
 * What a terminal shows.
 *
 * @param columns characters side by side, at least 40
 * @param hasColours whether it shows 256 colours
 */
public record Screen(int columns, boolean hasColours) {
    private static final int USUAL_WIDTH = 80;
    private static final int LEAST_WIDTH = 40;

    public Screen {
        columns = Math.max(LEAST_WIDTH, columns);
    }

    /**
     * The screen of a terminal so wide.
     *
     * @param columns a number such as the shell's COLUMNS; anything else, or null, means 80
     */
    public static Screen of(String columns, boolean hasColours) {
        boolean isNumber = columns != null && columns.matches("\\d{1,4}");
        return new Screen(isNumber ? Integer.parseInt(columns) : USUAL_WIDTH, hasColours);
    }
}
