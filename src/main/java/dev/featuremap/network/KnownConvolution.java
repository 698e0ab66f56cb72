package dev.featuremap.network;

import dev.featuremap.experiment.LayerSpec;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;

/** A convolution: filters slide over all channels, or in the nested kinds over each by itself. */
class KnownConvolution extends KnownLayer {
    private final ConvolutionLayer layer;

    KnownConvolution(String type, ConvolutionLayer layer) {
        super(type, layer);
        this.layer = layer;
    }

    KnownConvolution(LayerSpec.Convolution spec) {
        this(
                "convolution",
                new ConvolutionLayer.Builder()
                        .nOut(spec.filters())
                        .kernelSize(pair(spec.kernel()))
                        .stride(pair(spec.stride()))
                        .padding(pair(spec.padding()))
                        .dilation(pair(spec.dilation()))
                        .convolutionMode(mode(spec.mode()))
                        .activation(activation(spec.activation()))
                        .build());
    }

    @Override
    final Optional<Windows> windows() {
        return Optional.of(Windows.of(
                layer.getKernelSize(),
                layer.getStride(),
                layer.getPadding(),
                layer.getDilation(),
                layer.getConvolutionMode()));
    }

    @Override
    Shape output(LayerPlace place) {
        return place.slide(filters(place), windows().orElseThrow());
    }

    /** How many maps it gives. */
    long filters(LayerPlace place) {
        return layer.getNOut();
    }

    @Override
    long parameters(LayerPlace place) {
        int[] kernel = layer.getKernelSize();
        return place.product(layer.getNOut(), place.maps().channels(), kernel[0], kernel[1]) + layer.getNOut();
    }

    @Override
    String parameterArithmetic(Shape in) {
        int[] kernel = layer.getKernelSize();
        long channels = ((Shape.Maps) in).channels();
        return Arithmetic.filters(layer.getNOut(), channels, kernel[0], kernel[1], layer.hasBias());
    }

    /** As many filters over each channel. */
    static final class Depthwise extends KnownConvolution {
        private final DepthwiseConvolution2D layer;

        Depthwise(DepthwiseConvolution2D layer) {
            super("depthwiseConvolution", layer);
            this.layer = layer;
        }

        Depthwise(LayerSpec.DepthwiseConvolution spec) {
            this(new DepthwiseConvolution2D.Builder()
                    .depthMultiplier(spec.depthMultiplier())
                    .kernelSize(pair(spec.kernel()))
                    .stride(pair(spec.stride()))
                    .padding(pair(spec.padding()))
                    .convolutionMode(mode(spec.mode()))
                    .activation(activation(spec.activation()))
                    .build());
        }

        /** DL4J sets its number of outputs with that of its inputs. */
        @Override
        long filters(LayerPlace place) {
            return place.product(place.maps().channels(), layer.getDepthMultiplier());
        }

        @Override
        long parameters(LayerPlace place) {
            int[] kernel = layer.getKernelSize();
            return place.product(filters(place), kernel[0], kernel[1]) + filters(place);
        }

        @Override
        String parameterArithmetic(Shape in) {
            int[] kernel = layer.getKernelSize();
            long filters = ((Shape.Maps) in).channels() * layer.getDepthMultiplier();
            return Arithmetic.filters(filters, 1, kernel[0], kernel[1], layer.hasBias());
        }
    }

    /** As many filters over each channel, then filters of one pixel over all that they give. */
    static final class Separable extends KnownConvolution {
        private final SeparableConvolution2D layer;

        Separable(SeparableConvolution2D layer) {
            super("separableConvolution", layer);
            this.layer = layer;
        }

        Separable(LayerSpec.SeparableConvolution spec) {
            this(new SeparableConvolution2D.Builder()
                    .nOut(spec.filters())
                    .depthMultiplier(spec.depthMultiplier())
                    .kernelSize(pair(spec.kernel()))
                    .stride(pair(spec.stride()))
                    .padding(pair(spec.padding()))
                    .dilation(pair(spec.dilation()))
                    .convolutionMode(mode(spec.mode()))
                    .activation(activation(spec.activation()))
                    .build());
        }

        @Override
        Shape output(LayerPlace place) {
            place.refuseSingleChannel();
            return super.output(place);
        }

        @Override
        long parameters(LayerPlace place) {
            int[] kernel = layer.getKernelSize();
            long maps = place.product(place.maps().channels(), layer.getDepthMultiplier());
            return place.product(maps, kernel[0], kernel[1]) + place.product(layer.getNOut(), maps) + layer.getNOut();
        }

        @Override
        String parameterArithmetic(Shape in) {
            long maps = ((Shape.Maps) in).channels() * layer.getDepthMultiplier();
            return Arithmetic.separable(maps, layer.getKernelSize(), layer.getNOut(), layer.hasBias());
        }
    }
}
