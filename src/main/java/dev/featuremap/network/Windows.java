package dev.featuremap.network;

import dev.featuremap.experiment.LayerSpec;
import org.deeplearning4j.nn.conf.ConvolutionMode;

/** A layer's windows down and across the picture. */
record Windows(Window down, Window across) {
    /**
     * The windows of a layer of DL4J's.
     *
     * @throws IllegalArgumentException for numbers that a file can hold but no builder takes
     */
    static Windows of(int[] size, int[] stride, int[] padding, int[] dilation, ConvolutionMode mode) {
        return new Windows(
                window(size[0], stride[0], padding[0], dilation[0], mode),
                window(size[1], stride[1], padding[1], dilation[1], mode));
    }

    private static Window window(int size, int stride, int padding, int dilation, ConvolutionMode mode) {
        if (size < 1 || stride < 1 || padding < 0 || dilation < 1) {
            throw new IllegalArgumentException("not a window");
        }
        LayerSpec.Mode own = switch (mode) {
            case Same -> LayerSpec.Mode.SAME;
            case Strict -> LayerSpec.Mode.STRICT;
            case Truncate, Causal -> LayerSpec.Mode.TRUNCATE;
        };
        return new Window(size, stride, padding, dilation, own);
    }

    boolean fit(Shape.Maps maps) {
        return down.fits(maps.height()) && across.fits(maps.width());
    }

    String arithmetic(Shape.Maps maps) {
        return Arithmetic.sides(down.arithmetic(maps.height()), across.arithmetic(maps.width()));
    }

    /** Such as {@code  with padding 1x2}, or nothing without any. */
    String padding() {
        return down.padding() == 0 && across.padding() == 0
                ? ""
                : " with padding " + down.padding() + "x" + across.padding();
    }

    @Override
    public String toString() {
        return down.span() + "x" + across.span();
    }
}
