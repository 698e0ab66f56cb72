package dev.featuremap.data;

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

    LabelledPicture(Pictures pictures, int example) {
        this.channels = pictures.shape().channels();
        this.height = pictures.shape().height();
        this.width = pictures.shape().width();
        this.bytes = pictures.bytes().holding(example);
        this.first = pictures.bytes().offset(example);
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

    /** Brightness of one pixel, 0..1. */
    public float brightness(int channel, int row, int column) {
        return level(channel, row, column) / 255f;
    }

    /** Brightness of one pixel as a byte's value, 0..255. */
    int level(int channel, int row, int column) {
        return bytes[first + (channel * height + row) * width + column] & 0xff;
    }
}
