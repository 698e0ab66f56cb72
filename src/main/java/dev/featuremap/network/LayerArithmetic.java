package dev.featuremap.network;

import dev.featuremap.experiment.LayerSpec;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/** The windows and the arithmetic of those of DL4J's layers that an experiment can describe; others have none. */
final class LayerArithmetic {
    private LayerArithmetic() {}

    /** A layer's windows down and across the picture. */
    record Windows(Window down, Window across) {
        boolean fit(Shape.Maps maps) {
            return down.fits(maps.height()) && across.fits(maps.width());
        }

        @Override
        public String toString() {
            return down.span() + "x" + across.span();
        }
    }

    /** Compares exact classes: subclasses such as Convolution1DLayer mean something else by their fields. */
    static Optional<Windows> windows(Layer layer) {
        if (layer.getClass() == ConvolutionLayer.class) {
            ConvolutionLayer own = (ConvolutionLayer) layer;
            return windows(
                    own.getKernelSize(),
                    own.getStride(),
                    own.getPadding(),
                    own.getDilation(),
                    own.getConvolutionMode());
        }
        if (layer.getClass() == SubsamplingLayer.class) {
            SubsamplingLayer own = (SubsamplingLayer) layer;
            return windows(
                    own.getKernelSize(),
                    own.getStride(),
                    own.getPadding(),
                    own.getDilation(),
                    own.getConvolutionMode());
        }
        return Optional.empty();
    }

    static String shape(Layer layer, Shape in) {
        if (in instanceof Shape.Maps maps) {
            return isConnected(layer)
                    ? Arithmetic.flattened(maps)
                    : windows(layer)
                            .map(windows -> Arithmetic.window(maps, windows.down(), windows.across()))
                            .orElse("");
        }
        return "";
    }

    static String parameters(Layer layer, Shape in, Shape out) {
        if (layer.getClass() == ConvolutionLayer.class) {
            ConvolutionLayer own = (ConvolutionLayer) layer;
            int[] kernel = own.getKernelSize();
            return Arithmetic.filters(own.getNOut(), own.getNIn(), kernel[0], kernel[1], own.hasBias());
        }
        if (layer instanceof DenseLayer dense && isConnected(layer) && !dense.hasLayerNorm()) {
            return Arithmetic.connected(in.size(), out.size(), dense.hasBias());
        }
        if (layer instanceof OutputLayer output && isConnected(layer)) {
            return Arithmetic.connected(in.size(), out.size(), output.hasBias());
        }
        if (layer instanceof BatchNormalization normalization && !normalization.isLockGammaBeta()) {
            return Arithmetic.normalization(normalization.getNOut());
        }
        return "";
    }

    private static boolean isConnected(Layer layer) {
        return layer.getClass() == DenseLayer.class || layer.getClass() == OutputLayer.class;
    }

    private static Optional<Windows> windows(
            int[] size, int[] stride, int[] padding, int[] dilation, ConvolutionMode mode) {
        return Optional.of(new Windows(
                window(size[0], stride[0], padding[0], dilation[0], mode),
                window(size[1], stride[1], padding[1], dilation[1], mode)));
    }

    /** A file can hold numbers that no builder takes. */
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
}
