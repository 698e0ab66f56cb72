package dev.featuremap.data;

import java.util.Arrays;

/**
 * One example to look at: brightness {@code [channels, height, width]} from 0 (dark) to 1 (light), whatever the scaling,
 * and what its label is called.
 */
public final class LabelledPicture {
    private final int channels;
    private final int height;
    private final int width;
    private final byte[] bytes;
    private final int first;
    private final String label;
    private final String identity;
    private final String place;

    LabelledPicture(Pictures pictures, int example) {
        this.channels = pictures.shape().channels();
        this.height = pictures.shape().height();
        this.width = pictures.shape().width();
        this.bytes = pictures.bytes().holding(example);
        this.first = pictures.bytes().offset(example);
        this.identity = pictures.identity(example);
        this.place = pictures.place(example);
        int number = pictures.label().applyAsInt(example);
        this.label = pictures.shape().classNames().isEmpty()
                ? Integer.toString(number)
                : pictures.shape().classNames().get(number);
    }

    public int channels() {
        return channels;
    }

    public int height() {
        return height;
    }

    public int width() {
        return width;
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
        return Arrays.copyOfRange(bytes, first, first + channels * height * width);
    }

    /** How light its border is. */
    public BorderTone borderTone() {
        return BorderTone.of(levels(), height, width);
    }

    /** Brightness of one pixel, 0..1. */
    public float brightness(int channel, int row, int column) {
        return level(channel, row, column) / 255f;
    }

    /** Brightness of one pixel as a byte's value, 0..255. */
    int level(int channel, int row, int column) {
        return bytes[first + (channel * height + row) * width + column] & 0xff;
    }
}
