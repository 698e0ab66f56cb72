package dev.featuremap.engine;

import java.nio.FloatBuffer;
import java.util.Arrays;

/** One example's feature maps, {@code [height, width, channels]}, with the zeros around them that a convolution's windows reach. */
final class PaddedPicture {
    private final Shape shape;
    private final Window window;
    private final int top;
    private final int left;
    /** Values of a row of pixels. */
    private final int rowLength;

    private final float[] values;

    /**
     * A picture of zeros.
     *
     * @param shape without the zeros around it; the number of examples does not matter
     * @param fitted the window's fit to {@code shape}
     */
    PaddedPicture(Shape shape, Window window, Window.Fitted fitted) {
        this.shape = shape;
        this.window = window;
        top = (int) fitted.paddingTopLeft().height();
        left = (int) fitted.paddingTopLeft().width();
        Window.Pair kernel = window.kernel();
        long reachedHeight = (fitted.output().height() - 1) * window.stride().height() + kernel.height();
        long reachedWidth = (fitted.output().width() - 1) * window.stride().width() + kernel.width();
        long height = Math.max(top + shape.height(), reachedHeight);
        long width = Math.max(left + shape.width(), reachedWidth);
        rowLength = Math.toIntExact(width * shape.channels());
        values = new float[Math.toIntExact(height * rowLength)];
    }

    void clear() {
        Arrays.fill(values, 0);
    }

    /** Reads an example from {@code pictures}, {@code [examples, height, width, channels]}. */
    void read(FloatBuffer pictures, int example) {
        int length = (int) (shape.width() * shape.channels());
        int from = example * (int) shape.unitsPerExample();
        for (int row = 0; row < shape.height(); row++) {
            pictures.get(from + row * length, values, inner(row), length);
        }
    }

    /** Writes it as an example of {@code pictures}. */
    void write(FloatBuffer pictures, int example) {
        int length = (int) (shape.width() * shape.channels());
        int to = example * (int) shape.unitsPerExample();
        for (int row = 0; row < shape.height(); row++) {
            pictures.put(to + row * length, values, inner(row), length);
        }
    }

    private int inner(int row) {
        return (top + row) * rowLength + left * (int) shape.channels();
    }

    /** Copies what the window at an output's row and column sees to {@code patch}, {@code [height, width, channels]}. */
    void getPatch(int row, int column, float[] patch) {
        int length = patchRowLength();
        int from = corner(row, column);
        for (int at = 0; at < patch.length; at += length) {
            System.arraycopy(values, from, patch, at, length);
            from += rowLength;
        }
    }

    /** The reverse of {@link #getPatch}. */
    void putPatch(int row, int column, float[] patch) {
        int length = patchRowLength();
        int to = corner(row, column);
        for (int at = 0; at < patch.length; at += length) {
            System.arraycopy(patch, at, values, to, length);
            to += rowLength;
        }
    }

    private int patchRowLength() {
        return (int) (window.kernel().width() * shape.channels());
    }

    private int corner(int row, int column) {
        int stepDown = (int) window.stride().height() * rowLength;
        int stepRight = (int) (window.stride().width() * shape.channels());
        return row * stepDown + column * stepRight;
    }
}
