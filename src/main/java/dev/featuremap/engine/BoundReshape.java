package dev.featuremap.engine;

import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;

/** The same values under another shape, which takes them in channels-first order as DL4J does. */
record BoundReshape(Tensor input, Tensor output) implements BoundStage {
    /** To rows; the values move in memory only when channels do not already stand one after the other. */
    static BoundReshape flatten(ChainBuilder builder, Tensor input) {
        return new BoundReshape(input, rows(builder, input));
    }

    /** To pictures. */
    static BoundReshape unflatten(ChainBuilder builder, Stage.Unflatten stage, Tensor input) {
        Shape shape = new Shape(input.shape().examples(), stage.channels(), stage.height(), stage.width());
        if (shape.equals(input.shape())) {
            return new BoundReshape(input, input);
        }
        if (shape.unitsPerExample() != input.shape().unitsPerExample()) {
            throw new IllegalArgumentException(input.shape() + " cannot be taken for " + shape);
        }
        boolean last = builder.layout() == Layout.CHANNELS_LAST && shape.hasOneOrder();
        memory.desc descriptor =
                ChainBuilder.descriptor(input.type(), last ? format_tag.nhwc : format_tag.nchw, shape.dimensions());
        return new BoundReshape(input, reshaped(builder, input, shape, descriptor));
    }

    /** {@code tensor} as rows of all its units. */
    static Tensor rows(ChainBuilder builder, Tensor tensor) {
        Shape shape = Shape.flat(tensor.shape().examples(), tensor.shape().unitsPerExample());
        memory.desc descriptor = ChainBuilder.descriptor(tensor.type(), format_tag.nc, shape.flatDimensions());
        return tensor.descriptor().equals(descriptor) ? tensor : reshaped(builder, tensor, shape, descriptor);
    }

    /** Rows as pictures of one pixel, for what oneDNN does well, or at all, in four dimensions only. */
    static Tensor pictures(ChainBuilder builder, Tensor tensor) {
        memory.desc rows = ChainBuilder.descriptor(
                tensor.type(), format_tag.nc, tensor.shape().flatDimensions());
        memory.desc pictures = ChainBuilder.descriptor(
                tensor.type(), format_tag.nhwc, tensor.shape().dimensions());
        return tensor.descriptor().equals(rows) ? builder.view(tensor, pictures, tensor.shape()) : tensor;
    }

    /** {@code result} in the order of {@code given}, which {@link #pictures} may have looked at in another way. */
    static Tensor asGiven(ChainBuilder builder, Tensor result, Tensor given) {
        boolean same = result.descriptor().equals(given.descriptor());
        return same ? result : builder.view(result, given.descriptor(), given.shape());
    }

    @Override
    public Tensor backward(ChainBuilder builder, Tensor gradient, boolean inputNeeded) {
        return reshaped(builder, gradient, input.shape(), input.descriptor());
    }

    private static Tensor reshaped(ChainBuilder builder, Tensor tensor, Shape shape, memory.desc descriptor) {
        memory.data_type type = Tensor.typeOf(descriptor);
        memory.desc channelsFirst =
                ChainBuilder.descriptor(type, format_tag.nchw, tensor.shape().dimensions());
        Tensor source = tensor.type() == type && isChannelsFirst(tensor.descriptor(), tensor.shape())
                ? tensor
                : builder.reordered(tensor, channelsFirst);
        if (isChannelsFirst(descriptor, shape)) {
            return builder.view(source, descriptor, shape);
        }
        memory.desc target = ChainBuilder.descriptor(type, format_tag.nchw, shape.dimensions());
        return builder.reordered(builder.view(source, target, shape), descriptor);
    }

    private static boolean isChannelsFirst(memory.desc descriptor, Shape shape) {
        memory.data_type type = Tensor.typeOf(descriptor);
        return descriptor.equals(ChainBuilder.descriptor(type, format_tag.nchw, shape.dimensions()))
                || descriptor.equals(ChainBuilder.descriptor(type, format_tag.nc, shape.flatDimensions()))
                || (shape.hasOneOrder()
                        && descriptor.equals(ChainBuilder.descriptor(type, format_tag.nhwc, shape.dimensions())));
    }
}
