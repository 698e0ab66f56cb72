package dev.featuremap.engine;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The backward pass through a max pool and the convolution before it in one go. Of each of the pool's windows only the maximum passes
 * a gradient on, so a dense convolution would mostly multiply by zeros: three quarters of its products for windows of 2 by 2, and
 * more behind ReLU and dropout. This takes the others only.
 *
 * <p>Works through some rows of windows at a time, so that what belongs to their pixels stays in the processor's second cache.
 */
final class MaxPoolConvolutionBackward {
    private static final int PATCHES_BYTES = 256 * 1024;

    /**
     * Sizes.
     *
     * @param picture the convolution's input, one example
     * @param convolution its window's fit to that
     * @param pool the pool's window, which must not overlap its neighbours
     * @param pooled that window's fit to the convolution's output
     */
    record Geometry(Shape picture, Window window, Window.Fitted convolution, Window pool, Window.Fitted pooled) {
        /** Whether this backward pass can be taken, and saves at least three quarters of the products. */
        boolean suits() {
            Window.Pair size = pool.kernel();
            boolean apart =
                    pool.stride().height() >= size.height() && pool.stride().width() >= size.width();
            boolean dense = window.dilation().equals(new Window.Pair(1, 1));
            long area = size.height() * size.width();
            return apart && dense && area >= 4 && area < 256;
        }

        private int filters() {
            return (int) convolution.output().channels();
        }

        /** Values under a filter, {@code [height, width, channels]}. */
        private int filterLength() {
            return (int) (window.kernel().height() * window.kernel().width() * picture.channels());
        }

        /** Pixels of the convolution's output under a row of the pool's windows. */
        private int pixelsOfUnit() {
            return (int) (pool.kernel().height() * convolution.output().width());
        }

        private int rowsOfWindows() {
            return (int) pooled.output().height();
        }

        private int windowsInRow() {
            return (int) pooled.output().width();
        }
    }

    /** What the calls read and write; {@code inputGradient} is null where nobody asks for it. */
    record Tensors(
            Tensor input,
            Tensor gradient,
            Tensor maxima,
            Tensor weights,
            Tensor weightGradient,
            Tensor inputGradient) {}

    private final Geometry geometry;
    private final PaddedPicture picture;
    private final PaddedPicture pictureGradient;
    private final int unitsAtOnce;
    /** A row per pixel: what the filters see there. */
    private final float[][] patches;
    /** A row per filter. */
    private final float[][] weights;

    private final float[][] weightGradient;
    private final float[] biasGradient;
    /** For each filter, the pixels that got a gradient from it. */
    private final WeightedRows pixels;
    /** For each pixel, the filters that got a gradient there. */
    private final WeightedRows filters;

    private final float[] patchGradient;
    private final float[] windowGradients;
    private final byte[] windowMaxima;

    MaxPoolConvolutionBackward(Geometry geometry) {
        this.geometry = geometry;
        picture = new PaddedPicture(geometry.picture, geometry.window, geometry.convolution);
        pictureGradient = new PaddedPicture(geometry.picture, geometry.window, geometry.convolution);
        int count = geometry.filters();
        int length = geometry.filterLength();
        int unitBytes = geometry.pixelsOfUnit() * length * Float.BYTES;
        unitsAtOnce = Math.max(1, PATCHES_BYTES / unitBytes);
        int slots = unitsAtOnce * geometry.pixelsOfUnit();
        patches = new float[slots][length];
        weights = new float[count][length];
        weightGradient = new float[count][length];
        biasGradient = new float[count];
        pixels = new WeightedRows(count, unitsAtOnce * geometry.windowsInRow());
        filters = new WeightedRows(slots, count);
        patchGradient = new float[length];
        windowGradients = new float[geometry.windowsInRow() * count];
        windowMaxima = new byte[windowGradients.length];
    }

    /** Leaves the gradients in their tensors, but the biases' in {@link #biasGradient()}. */
    void run(Tensors tensors) {
        FloatBuffer values = tensors.weights.region().floats();
        for (int filter = 0; filter < weights.length; filter++) {
            values.get(filter * geometry.filterLength(), weights[filter]);
            Arrays.fill(weightGradient[filter], 0);
        }
        Arrays.fill(biasGradient, 0);
        int units = (int) tensors.input.shape().examples() * geometry.rowsOfWindows();
        for (int unit = 0; unit < units; unit += unitsAtOnce) {
            int count = Math.min(unitsAtOnce, units - unit);
            collect(tensors, unit, count);
            for (int filter = 0; filter < weights.length; filter++) {
                pixels.addTo(weightGradient[filter], filter, patches);
            }
            if (tensors.inputGradient != null) {
                spread(tensors.inputGradient, unit, count);
            }
        }
        FloatBuffer result = tensors.weightGradient.region().floats();
        for (int filter = 0; filter < weights.length; filter++) {
            result.put(filter * geometry.filterLength(), weightGradient[filter]);
        }
    }

    float[] biasGradient() {
        return biasGradient;
    }

    /** Sorts the gradients of some rows of windows by filter and by pixel, and gets the patches of pixels that have one. */
    private void collect(Tensors tensors, int firstUnit, int count) {
        pixels.clear();
        filters.clear();
        for (int i = 0; i < count; i++) {
            int example = (firstUnit + i) / geometry.rowsOfWindows();
            int row = (firstUnit + i) % geometry.rowsOfWindows();
            if (row == 0 || i == 0) {
                picture.read(tensors.input.region().floats(), example);
            }
            int firstSlot = i * geometry.pixelsOfUnit();
            collectRow(tensors, firstUnit + i, row, firstSlot);
            getPatches(row, firstSlot);
        }
    }

    private void collectRow(Tensors tensors, int unit, int row, int firstSlot) {
        FloatBuffer gradients = tensors.gradient.region().floats();
        ByteBuffer maxima = tensors.maxima.region().memory();
        gradients.get(unit * windowGradients.length, windowGradients);
        maxima.get(unit * windowMaxima.length, windowMaxima);
        int count = geometry.filters();
        int poolWidth = (int) geometry.pool.kernel().width();
        int width = (int) geometry.convolution.output().width();
        int at = 0;
        for (int window = 0; window < geometry.windowsInRow(); window++) {
            int left = leftPixel(window);
            for (int filter = 0; filter < count; filter++, at++) {
                float gradient = windowGradients[at];
                int maximum = windowMaxima[at] & 0xff;
                int y = maximum / poolWidth;
                int x = left + maximum - y * poolWidth;
                if (isPixel(topPixel(row) + y, x)) {
                    int slot = firstSlot + y * width + x;
                    pixels.put(filter, slot, gradient);
                    filters.put(slot, filter, gradient);
                    biasGradient[filter] += gradient;
                }
            }
        }
    }

    /** A window without a number in it, all being NaN, may name a place outside of the picture. */
    private boolean isPixel(int y, int x) {
        return y >= 0
                && x >= 0
                && y < geometry.convolution.output().height()
                && x < geometry.convolution.output().width();
    }

    private int topPixel(int rowOfWindows) {
        return (int) (rowOfWindows * geometry.pool.stride().height()
                - geometry.pooled.paddingTopLeft().height());
    }

    private int leftPixel(int window) {
        return (int) (window * geometry.pool.stride().width()
                - geometry.pooled.paddingTopLeft().width());
    }

    private void getPatches(int row, int firstSlot) {
        int width = (int) geometry.convolution.output().width();
        for (int i = 0; i < geometry.pixelsOfUnit(); i++) {
            if (!filters.isEmpty(firstSlot + i)) {
                picture.getPatch(topPixel(row) + i / width, i % width, patches[firstSlot + i]);
            }
        }
    }

    /** Adds to the gradient of the pictures what each pixel's filters pass back; a picture is written when its last row is done. */
    private void spread(Tensor gradient, int firstUnit, int count) {
        int width = (int) geometry.convolution.output().width();
        for (int i = 0; i < count; i++) {
            int row = (firstUnit + i) % geometry.rowsOfWindows();
            if (row == 0) {
                pictureGradient.clear();
            }
            for (int pixel = 0; pixel < geometry.pixelsOfUnit(); pixel++) {
                int slot = i * geometry.pixelsOfUnit() + pixel;
                if (!filters.isEmpty(slot)) {
                    int y = topPixel(row) + pixel / width;
                    pictureGradient.getPatch(y, pixel % width, patchGradient);
                    filters.addTo(patchGradient, slot, weights);
                    pictureGradient.putPatch(y, pixel % width, patchGradient);
                }
            }
            if (row == geometry.rowsOfWindows() - 1) {
                pictureGradient.write(gradient.region().floats(), (firstUnit + i) / geometry.rowsOfWindows());
            }
        }
    }
}
