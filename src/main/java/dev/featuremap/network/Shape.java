package dev.featuremap.network;

/** What flows between two layers, per example; printed as {@code 20x24x24} or {@code 500}. */
public sealed interface Shape {
    /** Numbers per example; those of one step where it is a sequence. */
    long size();

    /** Feature maps {@code [channels, height, width]}. */
    record Maps(long channels, long height, long width) implements Shape {
        @Override
        public long size() {
            return Math.multiplyExact(Math.multiplyExact(channels, height), width);
        }

        @Override
        public String toString() {
            return channels + "x" + height + "x" + width;
        }
    }

    /** The outputs of a fully connected layer, {@code [size]}. */
    record Units(long size) implements Shape {
        @Override
        public String toString() {
            return Long.toString(size);
        }
    }

    /** A sequence {@code [size, steps]} between recurrent layers of a saved network; steps is -1 when not known. */
    record Sequence(long size, long steps) implements Shape {
        @Override
        public String toString() {
            return size + "x" + (steps == -1 ? "?" : Long.toString(steps)) + " steps";
        }
    }
}
