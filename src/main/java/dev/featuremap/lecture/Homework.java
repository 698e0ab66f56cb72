package dev.featuremap.lecture;

import dev.featuremap.Failure;
import dev.featuremap.data.BorderTone;
import dev.featuremap.data.Picture;
import dev.featuremap.data.XoDrawing;
import dev.featuremap.experiment.Extent;
import dev.featuremap.page.Grid;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * The homework: the three filters over a letter, and one cell of each map worked out. Source: slides L5, L6.
 *
 * @param letter X, O, or the name of the file a picture came from
 * @param size rows and columns of the picture
 * @param picture {@code [size, size]}, −1 (paper) and +1 (ink)
 * @param maps one for each {@link Filter}, in their order
 */
public record Homework(String letter, int size, Grid picture, List<FeatureMap> maps, CellWorking cell) {
    /** The lecture's letter. */
    public static final int USUAL_SIZE = 9;

    private static final int LARGEST = 64;

    public Homework {
        maps = List.copyOf(maps);
    }

    /** The homework on a clean letter. */
    public static Homework of(XoDrawing.Letter letter, int size, Place cell) {
        checkSize(size);
        return of(letter.name(), clean(letter, size), cell);
    }

    /** The homework on the lecture's X, and its first cell. */
    static Homework usual() {
        return of(XoDrawing.Letter.X, USUAL_SIZE, new Place(1, 1));
    }

    /** A clean letter, {@code [size, size]} pixels from −1 (paper) to +1 (ink). */
    static Grid clean(XoDrawing.Letter letter, int size) {
        return Grid.of(size, size, XoDrawing.clean(letter, size)::pixel);
    }

    /**
     * The homework on a picture file, made square, with each pixel ink or paper: the darker half of its tones is ink,
     * or the lighter half where its border is dark.
     *
     * @param size its new rows and columns; without it, its own where those are equal and at most 28, else 9
     */
    public static Homework of(Path file, OptionalInt size, Place cell) {
        Picture image = Picture.read(file);
        boolean isSmall = image.width() == image.height() && image.width() <= 28 && image.width() >= Filter.SIDE;
        int side = size.orElse(isSmall ? image.width() : USUAL_SIZE);
        checkSize(side);
        return of(String.valueOf(file.getFileName()), inkOf(image, side), cell);
    }

    private static Homework of(String letter, Grid picture, Place cell) {
        int cells = picture.rows() - Filter.SIDE + 1;
        if (cell.row() > cells || cell.column() > cells) {
            throw Failure.usage(
                    "--cell " + cell + ": the feature maps have " + cells + " rows and columns, counted from 1",
                    "name a cell from 1,1 to " + cells + "," + cells);
        }
        List<FeatureMap> maps = Arrays.stream(Filter.values())
                .map(filter -> FeatureMap.of(picture, filter))
                .toList();
        return new Homework(letter, picture.rows(), picture, maps, CellWorking.of(picture, cell));
    }

    private static void checkSize(int size) {
        if (size < Filter.SIDE || size > LARGEST) {
            throw Failure.usage(
                    "--size " + size + ": a picture of " + Filter.SIDE + " to " + LARGEST + " rows is needed",
                    "name a size in that range, such as 9");
        }
    }

    private static Grid inkOf(Picture image, int side) {
        byte[] levels = image.toBytes(Extent.square(side), 1, false);
        Grid light = Grid.of(side, side, (row, column) -> levels[row * side + column] & 0xff);
        double middle = (light.min() + light.max()) / 2;
        boolean lightInk = BorderTone.of(levels, side, side).onDark();
        return light.map(level -> (level < middle) == lightInk ? -1 : 1);
    }
}
