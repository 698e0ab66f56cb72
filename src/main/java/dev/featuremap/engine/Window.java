package dev.featuremap.engine;

/**
 * How a filter or a pool slides over a picture, with DL4J's rules for its edge.
 *
 * @param kernel height and width, in pixels
 * @param padding pixels of zeros at top and left, and at bottom and right as far as windows reach; ignored when {@code same}
 * @param dilation 1 for neighbouring pixels
 * @param same whether the output is the input's size divided by the stride, rounded up
 */
record Window(Pair kernel, Pair stride, Pair padding, Pair dilation, boolean same) {
    /** A value for the height and one for the width. */
    record Pair(long height, long width) {
        static Pair of(int[] heightAndWidth) {
            return new Pair(heightAndWidth[0], heightAndWidth[1]);
        }

        /** What oneDNN's calls take. */
        long[] toArray() {
            return new long[] {height, width};
        }
    }

    /** Each pixel by itself. */
    static final Window POINT = new Window(new Pair(1, 1), new Pair(1, 1), new Pair(0, 0), new Pair(1, 1), false);

    /** One window that is all of {@code picture}. */
    static Window whole(Shape picture) {
        Pair size = new Pair(picture.height(), picture.width());
        return new Window(size, size, new Pair(0, 0), new Pair(1, 1), false);
    }

    /** That over sequences, whose lengths are widths here and heights in DL4J. */
    Window alongSequence() {
        return new Window(
                new Pair(1, kernel.height),
                new Pair(1, stride.height),
                new Pair(0, padding.height),
                new Pair(1, dilation.height),
                same);
    }

    /** What the window makes of {@code input}: its size, and the zeros that have to stand around it. */
    record Fitted(Shape output, Pair paddingTopLeft, Pair paddingBottomRight) {}

    /** The output for {@code input} with {@code channels} channels. */
    Fitted fit(Shape input, long channels) {
        Edge vertical = edge(input.height(), kernel.height(), stride.height(), padding.height(), dilation.height());
        Edge horizontal = edge(input.width(), kernel.width(), stride.width(), padding.width(), dilation.width());
        if (vertical.size < 1 || horizontal.size < 1) {
            throw new IllegalArgumentException("a window of " + kernel + " does not fit into " + input);
        }
        return new Fitted(
                new Shape(input.examples(), channels, vertical.size, horizontal.size),
                new Pair(vertical.before, horizontal.before),
                new Pair(vertical.after, horizontal.after));
    }

    private record Edge(long size, long before, long after) {}

    /** As {@code ConvolutionUtils.getOutputSize} and {@code getSameModeTopLeftPadding} have it. */
    private Edge edge(long input, long kernel, long stride, long padding, long dilation) {
        long reach = kernel + (kernel - 1) * (dilation - 1);
        if (same) {
            long size = (input + stride - 1) / stride;
            long total = Math.max(0, (size - 1) * stride + reach - input);
            return new Edge(size, total / 2, total - total / 2);
        }
        long size = Math.floorDiv(input + 2 * padding - reach, stride) + 1;
        return new Edge(size, padding, Math.max(0, (size - 1) * stride + reach - input - padding));
    }
}
