package dev.featuremap.network;

import dev.featuremap.Failure;
import dev.featuremap.experiment.LayerSpec;

/**
 * Where a described layer stands in its network, and what it is given: refuses in words the shapes that cannot be.
 *
 * @param index from 0
 * @param type as in the experiment file
 * @param in what the layer before it gives
 */
record LayerPlace(int index, String type, Shape in) {
    /** ND4J's arrays of parameters and of one example's activations are indexed by int. */
    static final long MOST = Integer.MAX_VALUE;

    private static final String SMALLER =
            "Make this layer smaller, or let subsampling or a stride make the picture smaller before it.";

    /** The feature maps it is given, which a window needs. */
    Shape.Maps maps() {
        if (in instanceof Shape.Maps maps) {
            return maps;
        }
        throw Failure.usage(
                this + ": needs a picture of channels x height x width, but is given " + in + " numbers",
                "Move network.layers[" + index + "] before the first layer of units (dense, globalPooling).");
    }

    /** Fewer feature maps than neighbours to either side, which DL4J refuses only when the network runs. */
    void requireChannels(int neighbours) {
        if (maps().channels() <= neighbours) {
            throw Failure.usage(
                    this + ": sums over " + neighbours + " maps to either side, but is given " + maps(),
                    "Set network.layers[" + index + "].size=" + (2 * maps().channels() - 1) + " or less.");
        }
    }

    /** ND4J's separable convolution of one channel fails when the network runs. */
    void refuseSingleChannel() {
        if (maps().channels() == 1) {
            throw Failure.usage(
                    this + ": needs at least 2 channels, but is given " + maps(),
                    "Use type: convolution here, which of one channel is no more work.");
        }
    }

    /** The maps that windows give, one per position. */
    Shape.Maps slide(long channels, Windows windows) {
        Shape.Maps maps = maps();
        Window down = windows.down();
        Window across = windows.across();
        if (down.skipsPixels(maps.height()) || across.skipsPixels(maps.width())) {
            throw Failure.usage(
                    this + ": mode same, but windows of " + windows + " at stride " + down.stride() + "x"
                            + across.stride() + " skip pixels of the " + maps + " they are given",
                    "Make the stride smaller, or use mode: truncate.");
        }
        if (!windows.fit(maps)) {
            throw Failure.usage(
                    this + ": a window of " + windows + " does not fit the " + maps + " it is given"
                            + windows.padding(),
                    "Make this window smaller, add padding, use mode: same, or shrink the picture less before it.");
        }
        if (down.mode() == LayerSpec.Mode.STRICT
                && (down.leftOver(maps.height()) != 0 || across.leftOver(maps.width()) != 0)) {
            throw Failure.usage(
                    this + ": mode strict, but windows of " + windows + windows.padding() + " at stride "
                            + down.stride() + "x" + across.stride() + " leave " + down.leftOver(maps.height())
                            + " rows and " + across.leftOver(maps.width()) + " columns over of the " + maps
                            + " it is given",
                    "Use mode: truncate to drop them or mode: same to pad, or choose another size or stride.");
        }
        long height = down.positions(maps.height());
        long width = across.positions(maps.width());
        product(channels, height, width);
        return new Shape.Maps(channels, height, width);
    }

    /** Padding as wide as the window would let one lie outside the picture, with nothing in it to keep. */
    void refuseWindowsOutside(Windows windows) {
        Window down = windows.down();
        Window across = windows.across();
        if (down.padding() >= down.size() || across.padding() >= across.size()) {
            throw Failure.usage(
                    this + ":" + windows.padding() + " a window of " + windows + " can lie outside the " + maps()
                            + " picture",
                    "Make network.layers[" + index + "].padding smaller than its size.");
        }
    }

    /** The product, which must be the size of an array that can be. */
    long product(long... factors) {
        long product = 1;
        for (long factor : factors) {
            if (product > MOST / factor) {
                throw Failure.usage(
                        this + ": given " + in + ", would need an array of more than " + MOST + " numbers", SMALLER);
            }
            product *= factor;
        }
        return product;
    }

    Failure tooManyParameters(Shape output) {
        return Failure.usage(
                "network: more than " + MOST + " parameters up to " + this + " (" + in + " to " + output + ")",
                SMALLER);
    }

    @Override
    public String toString() {
        return "network.layers[" + index + "] (" + type + ")";
    }
}
