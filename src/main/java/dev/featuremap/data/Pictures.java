package dev.featuremap.data;

import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Scaling;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * Labelled pictures before a reader hands them out: bytes 0..255 of {@code [channels, height, width]} each.
 *
 * @param shape the picture's shape and the class names
 * @param count number of pictures
 * @param bytes where each picture's bytes are
 * @param label each picture's class or value, already checked against the classes
 * @param names each picture's own identity, see {@link #identity}
 * @param scaling what a byte becomes
 * @param origin what the pictures come from, for messages and metadata
 */
record Pictures(
        DataShape shape,
        int count,
        PictureBytes bytes,
        IntUnaryOperator label,
        IntFunction<String> names,
        Scaling scaling,
        String origin) {
    /**
     * What a picture is called within its data, whatever other pictures there are: its index in decimal in IDX files and
     * drawings, {@code class/file.png} in a folder.
     */
    String identity(int example) {
        return names.apply(example);
    }

    /** Where a picture is found: its file, or the file of many (the drawings' name) and its index there after a {@code #}. */
    String place(int example) {
        String name = identity(example);
        return origin + (name.indexOf('/') < 0 ? "#" : "/") + name;
    }

    /** The class of a picture; empty for values. */
    String className(int example) {
        return shape.classNames().isEmpty() ? "" : shape.classNames().get(label.applyAsInt(example));
    }

    /** Only these pictures, in this order. */
    Pictures at(int[] examples) {
        return new Pictures(
                shape,
                examples.length,
                bytes.at(examples),
                place -> label.applyAsInt(examples[place]),
                place -> names.apply(examples[place]),
                scaling,
                origin);
    }

    /** The same pictures with their classes in another order, and so with other labels. */
    Pictures withClasses(List<String> names) {
        int[] labels = shape.classNames().stream().mapToInt(names::indexOf).toArray();
        return new Pictures(
                new DataShape(shape.channels(), shape.height(), shape.width(), names),
                count,
                bytes,
                example -> labels[label.applyAsInt(example)],
                this.names,
                scaling,
                origin);
    }

    /** The same pictures, of which what is stored as rows are columns. */
    Pictures transposed() {
        DataShape turned = new DataShape(shape.channels(), shape.width(), shape.height(), shape.classNames());
        return new Pictures(turned, count, bytes.transposed(turned), label, names, scaling, origin);
    }

    /** What each byte 0..255 becomes. */
    float[] scale() {
        float[] scale = new float[256];
        for (int value = 0; value < scale.length; value++) {
            scale[value] = scaling.apply(value);
        }
        return scale;
    }

    /** Writes one picture into an array of its size, each byte through a table of 256 values. */
    void decode(int example, float[] scale, float[] to) {
        byte[] from = bytes.holding(example);
        int first = bytes.offset(example);
        for (int i = 0; i < to.length; i++) {
            to[i] = scale[from[first + i] & 0xff];
        }
    }

    /** Where a picture's bytes are found: in one array for all, or read when asked for. */
    interface PictureBytes {
        /** The array that holds this picture. */
        byte[] holding(int example);

        /** Where in that array it starts. */
        int offset(int example);

        /** Only these pictures, in this order. */
        default PictureBytes at(int[] examples) {
            PictureBytes all = this;
            return new PictureBytes() {
                @Override
                public byte[] holding(int example) {
                    return all.holding(examples[example]);
                }

                @Override
                public int offset(int example) {
                    return all.offset(examples[example]);
                }
            };
        }

        /** These pictures, stored as {@code [channels, width, height]}, with rows and columns in their places. */
        default PictureBytes transposed(DataShape shape) {
            PictureBytes stored = this;
            return new PictureBytes() {
                @Override
                public byte[] holding(int example) {
                    byte[] from = stored.holding(example);
                    byte[] picture = new byte[shape.features()];
                    int place = 0;
                    for (int channel = 0; channel < shape.channels(); channel++) {
                        int first = stored.offset(example) + channel * shape.height() * shape.width();
                        for (int y = 0; y < shape.height(); y++) {
                            for (int x = 0; x < shape.width(); x++) {
                                picture[place++] = from[first + x * shape.height() + y];
                            }
                        }
                    }
                    return picture;
                }

                @Override
                public int offset(int example) {
                    return 0;
                }
            };
        }

        /** All pictures one after the other in one array. */
        static PictureBytes inOneArray(byte[] all, int length) {
            return new PictureBytes() {
                @Override
                public byte[] holding(int example) {
                    return all;
                }

                @Override
                public int offset(int example) {
                    return example * length;
                }
            };
        }
    }
}
