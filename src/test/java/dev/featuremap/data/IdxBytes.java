package dev.featuremap.data;

import dev.featuremap.experiment.Scaling;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Makes IDX files, right and wrong, for the tests. */
final class IdxBytes {
    private IdxBytes() {}

    /** A header of unsigned bytes with these dimensions. */
    static byte[] header(int... dimensions) {
        ByteBuffer header = ByteBuffer.allocate(4 + 4 * dimensions.length);
        header.put((byte) 0).put((byte) 0).put((byte) 8).put((byte) dimensions.length);
        for (int dimension : dimensions) {
            header.putInt(dimension);
        }
        return header.array();
    }

    /** A whole file. */
    static byte[] idx(byte[] values, int... dimensions) {
        return join(header(dimensions), values);
    }

    /** Values 0, 1, 2, … 255, 0, … */
    static byte[] counting(int length) {
        byte[] values = new byte[length];
        for (int i = 0; i < length; i++) {
            values[i] = (byte) i;
        }
        return values;
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream to = new GZIPOutputStream(packed)) {
            to.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    static Path write(Path file, byte[] content) {
        try {
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of the real MNIST sample. */
    static Path sample(String name) {
        try {
            return Path.of(IdxBytes.class.getResource("/mnist-sample/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static IdxFile sampleImages() {
        return IdxFile.read(sample("sample-images-idx3-ubyte.gz"));
    }

    static IdxFile sampleLabels() {
        return IdxFile.read(sample("sample-labels-idx1-ubyte.gz"));
    }

    /** All of a file's values. */
    static byte[] values(IdxFile file) {
        int length = 1;
        for (int i = 0; i < file.rank(); i++) {
            length *= file.dimension(i);
        }
        byte[] values = new byte[length];
        file.read(0, values);
        return values;
    }

    /** The label is one of so many classes from 0 on, or a value where there are 0. */
    static Pictures pictures(IdxFile images, IdxFile labels, int classes, Scaling scaling) {
        return IdxData.pictures(images, labels, 0, IdxData.classNames(0, classes), scaling);
    }
}
