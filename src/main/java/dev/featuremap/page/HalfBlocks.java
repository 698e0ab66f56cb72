package dev.featuremap.page;

import dev.featuremap.page.Block.Picture;
import java.util.ArrayList;
import java.util.List;

/** A picture in a terminal's 256 colours: each character shows a pixel and the one below it. */
final class HalfBlocks {
    private static final int SMALL_SIDE = 16;
    private static final String RESET = "\u001b[0m";

    private HalfBlocks() {}

    /** The picture's lines; a small one's pixels are enlarged twice. */
    static List<String> of(Picture picture) {
        int zoom = Math.max(picture.rows(), picture.columns()) <= SMALL_SIDE ? 2 : 1;
        int rows = zoom * picture.rows();
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < rows; row += 2) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < zoom * picture.columns(); column++) {
                line.append("\u001b[38;5;").append(code(picture.colour(row / zoom, column / zoom)));
                if (row + 1 < rows) {
                    line.append(";48;5;").append(code(picture.colour((row + 1) / zoom, column / zoom)));
                }
                line.append("m▀");
            }
            lines.add(line.append(RESET).toString());
        }
        return lines;
    }

    /** The nearest of the 216 colours of xterm's cube and its 24 greys. */
    static int code(int rgb) {
        int red = rgb >> 16;
        int green = rgb >> 8 & 0xff;
        int blue = rgb & 0xff;
        int cube = 16 + 36 * step(red) + 6 * step(green) + step(blue);
        int grey = Math.max(0, Math.min(23, Math.round(((red + green + blue) / 3f - 8) / 10)));
        int level = 8 + 10 * grey;
        int fromGrey = distance(red, level) + distance(green, level) + distance(blue, level);
        int fromCube = distance(red, level(step(red)))
                + distance(green, level(step(green)))
                + distance(blue, level(step(blue)));
        return fromGrey < fromCube ? 232 + grey : cube;
    }

    /** The nearest of the cube's levels 0, 95, 135, 175, 215 and 255. */
    private static int step(int value) {
        return value < 48 ? 0 : value < 115 ? 1 : Math.min(5, (value - 35) / 40);
    }

    private static int level(int step) {
        return step == 0 ? 0 : 55 + 40 * step;
    }

    private static int distance(int one, int other) {
        return (one - other) * (one - other);
    }
}
