package dev.featuremap.engine;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A batch's arrays as contiguous single precision in native memory; holding this keeps the memory alive.
 *
 * @param labels null where nobody asks for the loss
 * @param shape of the features
 */
record Batch(INDArray features, INDArray labels, Shape shape) {
    /** @throws IllegalArgumentException for {@link #unsupported} arrays */
    static Batch of(NetworkPlan plan, INDArray features, INDArray labels) {
        unsupported(plan, features, labels).ifPresent(what -> {
            throw new IllegalArgumentException("engine onednn does not know " + what);
        });
        return new Batch(contiguous(features), labels == null ? null : contiguous(labels), shape(features.shape()));
    }

    private static Shape shape(long[] sizes) {
        return switch (sizes.length) {
            case 2 -> Shape.flat(sizes[0], sizes[1]);
            case 3 -> new Shape(sizes[0], sizes[1], 1, sizes[2]);
            default -> new Shape(sizes[0], sizes[1], sizes[2], sizes[3]);
        };
    }

    /** What the executor lacks for a batch's arrays, such as {@code "features of rank 3"}. */
    static Optional<String> unsupported(NetworkPlan plan, INDArray features, INDArray labels) {
        boolean fits = plan.sequences() ? features.rank() == 3 : features.rank() == 2 || features.rank() == 4;
        if (!fits) {
            return Optional.of("features of rank " + features.rank());
        }
        long[] expected = {features.size(0), plan.outputs()};
        return labels == null || Arrays.equals(labels.shape(), expected)
                ? Optional.empty()
                : Optional.of("labels of shape " + Arrays.toString(labels.shape()) + "; expected "
                        + Arrays.toString(expected));
    }

    private static INDArray contiguous(INDArray array) {
        boolean usable = array.dataType() == DataType.FLOAT && isContiguous(array);
        return usable ? array : array.castTo(DataType.FLOAT).dup('c');
    }

    /** ND4J's Shape.hasDefaultStridesForShape says no where a dimension of 1 makes two strides equal. */
    private static boolean isContiguous(INDArray array) {
        long expected = 1;
        for (int dimension = array.rank() - 1; dimension >= 0; dimension--) {
            long size = array.size(dimension);
            if (size > 1 && array.stride(dimension) != expected) {
                return false;
            }
            expected *= size;
        }
        return true;
    }

    int examples() {
        return (int) shape.examples();
    }

    /** The parts of {@code active} replicas, which differ by one example at most. */
    Replica.Share[] shares(int active) {
        long address = features.data().addressPointer().address();
        FloatBuffer values = labels == null ? null : NativeFloats.bufferOf(labels);
        Replica.Share[] shares = new Replica.Share[active];
        for (int i = 0; i < active; i++) {
            int first = (int) ((long) examples() * i / active);
            int end = (int) ((long) examples() * (i + 1) / active);
            shares[i] = new Replica.Share(address, values, shape, first, end - first);
        }
        return shares;
    }
}
