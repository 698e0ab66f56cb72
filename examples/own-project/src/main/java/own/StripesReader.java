package own;

import java.net.URI;
import java.util.List;
import java.util.Random;
import org.datavec.api.conf.Configuration;
import org.datavec.api.records.Record;
import org.datavec.api.records.metadata.RecordMetaData;
import org.datavec.api.records.reader.BaseRecordReader;
import org.datavec.api.split.InputSplit;
import org.datavec.api.writable.IntWritable;
import org.datavec.api.writable.NDArrayWritable;
import org.datavec.api.writable.Writable;
import org.nd4j.linalg.factory.Nd4j;

/** A data set of one's own: noisy stripes, across (0) or down (1). A record is a picture {@code [1, 1, 12, 12]}, 0..1, and its label. */
final class StripesReader extends BaseRecordReader {
    static final int SIDE = 12;
    static final List<String> CLASSES = List.of("across", "down");

    private final int examples;
    private final long seed;
    private Random random;
    private int given;

    StripesReader(int examples, long seed) {
        this.examples = examples;
        this.seed = seed;
        reset();
    }

    @Override
    public List<Writable> next() {
        int label = given++ % 2;
        int shift = random.nextInt(4);
        float[] pixels = new float[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            int along = label == 0 ? i / SIDE : i % SIDE;
            float ink = (along + shift) % 4 < 2 ? 0.75f : 0.25f;
            pixels[i] = ink + (random.nextFloat() - 0.5f) / 2;
        }
        return List.of(
                new NDArrayWritable(Nd4j.create(pixels, new int[] {1, 1, SIDE, SIDE}, 'c')), new IntWritable(label));
    }

    @Override
    public boolean hasNext() {
        return given < examples;
    }

    @Override
    public void reset() {
        random = new Random(seed);
        given = 0;
    }

    @Override
    public boolean resetSupported() {
        return true;
    }

    @Override
    public List<String> getLabels() {
        return CLASSES;
    }

    /** With no place that could be named: stripes are drawn. */
    @Override
    public Record nextRecord() {
        return new org.datavec.api.records.impl.Record(next(), null);
    }

    // What follows is asked for by readers of files only.

    @Override
    public void initialize(InputSplit split) {}

    @Override
    public void initialize(Configuration conf, InputSplit split) {}

    @Override
    public List<Writable> record(URI uri, java.io.DataInputStream in) {
        throw new UnsupportedOperationException("stripes are drawn");
    }

    @Override
    public Record loadFromMetaData(RecordMetaData place) {
        throw new UnsupportedOperationException("stripes have no place that could be named");
    }

    @Override
    public List<Record> loadFromMetaData(List<RecordMetaData> places) {
        throw new UnsupportedOperationException("stripes have no place that could be named");
    }

    @Override
    public Configuration getConf() {
        return new Configuration();
    }

    @Override
    public void setConf(Configuration conf) {}

    @Override
    public void close() {}
}
