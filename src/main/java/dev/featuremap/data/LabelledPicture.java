package dev.featuremap.data;

import dev.featuremap.experiment.DataShape;

/**
 * One example to look at: brightness {@code [channels, height, width]} from 0 (dark) to 1 (light), whatever the scaling,
 * and what its label is called.
 */
public final class LabelledPicture {
    private final DataShape shape;
    private final byte[] levels;
    private final String label;
    private final String identity;
    private final String place;

    LabelledPicture(Pictures pictures, int example) {
        this.shape = pictures.shape();
        this.levels = pictures.levels(example);
        this.label = shape.classNames().isEmpty()
                ? Integer.toString(pictures.label().applyAsInt(example))
                : pictures.className(example);
        this.identity = pictures.identity(example);
        this.place = pictures.place(example);
    }

    public int channels() {
        return shape.channels();
    }

    public int height() {
        return shape.height();
    }

    public int width() {
        return shape.width();
    }

    public String label() {
        return label;
    }

    /** What it is called within its data: {@code class/file.png}, or its index in a file of many or among drawings. */
    public String identity() {
        return identity;
    }

    /** Where it is found: its file, or the file of many and its index there after a {@code #}. */
    public String place() {
        return place;
    }

    /** The levels 0..255 as training took them, {@code [channels, height, width]}. */
    public byte[] levels() {
        return levels.clone();
    }

    /** How light its border is. */
    public BorderTone borderTone() {
        return BorderTone.of(levels, height(), width());
    }

    /** Brightness of one pixel, 0..1. */
    public float brightness(int channel, int row, int column) {
        return level(channel, row, column) / 255f;
    }

    /** Brightness of one pixel as a byte's value, 0..255. */
    int level(int channel, int row, int column) {
        return levels[(channel * height() + row) * width() + column] & 0xff;
    }
}
