package dev.featuremap.network;

import dev.featuremap.experiment.LayerSpec;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/** A pooling layer: a window slides over each channel by itself, or in the nested kind is all of it. */
final class KnownPooling extends KnownLayer {
    private final SubsamplingLayer layer;

    KnownPooling(SubsamplingLayer layer) {
        super("subsampling", layer);
        this.layer = layer;
    }

    KnownPooling(LayerSpec.Subsampling spec) {
        this(new SubsamplingLayer.Builder(
                        SubsamplingLayer.PoolingType.valueOf(spec.pooling().name()))
                .kernelSize(pair(spec.size()))
                .stride(pair(spec.stride()))
                .padding(pair(spec.padding()))
                .convolutionMode(mode(spec.mode()))
                .build());
    }

    @Override
    Optional<Windows> windows() {
        return Optional.of(Windows.of(
                layer.getKernelSize(),
                layer.getStride(),
                layer.getPadding(),
                layer.getDilation(),
                layer.getConvolutionMode()));
    }

    @Override
    Shape output(LayerPlace place) {
        Windows windows = windows().orElseThrow();
        place.refuseWindowsOutside(windows);
        return place.slide(place.maps().channels(), windows);
    }

    /** Of each channel one number. */
    static final class Global extends KnownLayer {
        Global(GlobalPoolingLayer layer) {
            super("globalPooling", layer);
        }

        Global(LayerSpec.GlobalPooling spec) {
            this(new GlobalPoolingLayer(PoolingType.valueOf(spec.pooling().name())));
        }

        @Override
        Shape output(LayerPlace place) {
            return new Shape.Units(place.maps().channels());
        }

        @Override
        String shapeArithmetic(Shape in) {
            return in instanceof Shape.Maps maps ? maps.height() + "·" + maps.width() + " → 1" : "";
        }
    }
}
