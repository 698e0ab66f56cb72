package dev.featuremap.data;

import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.LabelMode;
import java.io.DataInputStream;
import java.net.URI;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.datavec.api.conf.Configuration;
import org.datavec.api.records.Record;
import org.datavec.api.records.metadata.RecordMetaData;
import org.datavec.api.records.metadata.RecordMetaDataIndex;
import org.datavec.api.records.reader.BaseRecordReader;
import org.datavec.api.split.InputSplit;
import org.datavec.api.writable.DoubleWritable;
import org.datavec.api.writable.IntWritable;
import org.datavec.api.writable.NDArrayWritable;
import org.datavec.api.writable.Writable;
import org.datavec.api.writable.batch.NDArrayRecordBatch;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A DataVec record reader of labelled pictures: two columns, the picture {@code [n, channels, height, width]} as floats
 * and its label {@code [n, 1]}.
 *
 * <p>Batches are {@link NDArrayRecordBatch}es, which {@code RecordReaderDataSetIterator} takes as they are; one by one
 * the same records come as an {@link NDArrayWritable} and an {@link IntWritable} (a class) or {@link DoubleWritable} (a
 * value). A reader is ready when it is constructed: {@code initialize} is not needed, and not allowed with another split.
 */
public final class PictureRecordReader extends BaseRecordReader {
    private static final long serialVersionUID = 1L;
    /** Of a batch that takes long to read, among the processors. */
    private static final int SHARES = Runtime.getRuntime().availableProcessors();

    private final Pictures pictures;
    private final ReadingOrder order;
    private Configuration configuration;
    private int place;

    /** @param pictures what is read, shared with others; every reader has a place of its own */
    PictureRecordReader(Pictures pictures, ReadingOrder order) {
        this.pictures = pictures;
        this.order = order;
        this.place = order.start();
    }

    @Override
    public boolean batchesSupported() {
        return true;
    }

    /** The next {@code num} examples, or as many as are left, as one batch. */
    @Override
    public List<List<Writable>> next(int num) {
        requireNext();
        int count = Math.min(num, order.end() - place);
        int[] examples =
                IntStream.range(place, place + count).map(order::example).toArray();
        INDArray features = pictureArray(examples);
        INDArray labels = BatchMemory.array(
                values -> {
                    for (int example : examples) {
                        values.put(pictures.label().applyAsInt(example));
                    }
                },
                count,
                1);
        place += count;
        NDArrayRecordBatch batch = new NDArrayRecordBatch(features, labels);
        invokeListeners(batch);
        return batch;
    }

    @Override
    public List<Writable> next() {
        requireNext();
        List<Writable> record = read(order.example(place));
        place++;
        invokeListeners(record);
        return record;
    }

    private List<Writable> read(int example) {
        int label = pictures.label().applyAsInt(example);
        return List.of(
                new NDArrayWritable(pictureArray(example)),
                pictures.shape().label() == LabelMode.CLASS ? new IntWritable(label) : new DoubleWritable(label));
    }

    /** The pictures {@code [n, channels, height, width]} of these examples. */
    private INDArray pictureArray(int... examples) {
        DataShape shape = pictures.shape();
        return BatchMemory.array(
                pixels -> {
                    // Shared evenly, so that replicas which train beside it lose equally and none waits for another.
                    int shares = pictures.levels().takeLong() ? Math.min(examples.length, SHARES) : 1;
                    IntStream.range(0, shares)
                            .parallel()
                            .forEach(share -> decode(
                                    examples,
                                    examples.length * share / shares,
                                    examples.length * (share + 1) / shares,
                                    pixels.duplicate()));
                },
                examples.length,
                shape.channels(),
                shape.height(),
                shape.width());
    }

    /** Writes the pictures of the places from {@code from} up to {@code to}. */
    private void decode(int[] examples, int from, int to, FloatBuffer pixels) {
        // One picture, small enough for the processor's first cache, and over into the batch at once.
        float[] picture = new float[pictures.shape().features()];
        pixels.position(from * picture.length);
        for (int place = from; place < to; place++) {
            pictures.decode(examples[place], picture);
            pixels.put(picture);
        }
    }

    private void requireNext() {
        if (!hasNext()) {
            throw new NoSuchElementException(pictures.origin() + ": all examples have been read; reset the reader");
        }
    }

    @Override
    public boolean hasNext() {
        return place < order.end();
    }

    /** The class names, or null when the label is a value, as DataVec asks for. */
    @Override
    public List<String> getLabels() {
        return pictures.shape().label() == LabelMode.CLASS ? pictures.shape().classNames() : null;
    }

    /** Back to the start of the order. */
    @Override
    public void reset() {
        place = order.start();
    }

    @Override
    public boolean resetSupported() {
        return true;
    }

    @Override
    public Record nextRecord() {
        requireNext();
        RecordMetaData where = where(order.example(place));
        return new org.datavec.api.records.impl.Record(next(), where);
    }

    private RecordMetaData where(int example) {
        return new RecordMetaDataIndex(example, null, getClass());
    }

    @Override
    public Record loadFromMetaData(RecordMetaData metaData) {
        return loadFromMetaData(List.of(metaData)).get(0);
    }

    @Override
    public List<Record> loadFromMetaData(List<RecordMetaData> metaData) {
        List<Record> records = new ArrayList<>(metaData.size());
        for (RecordMetaData one : metaData) {
            if (!(one instanceof RecordMetaDataIndex index)) {
                throw new IllegalArgumentException("not this reader's metadata: " + one);
            }
            records.add(new org.datavec.api.records.impl.Record(read(Math.toIntExact(index.getIndex())), one));
        }
        return records;
    }

    @Override
    public void initialize(InputSplit split) {
        throw new UnsupportedOperationException("this reader has its examples already");
    }

    @Override
    public void initialize(Configuration conf, InputSplit split) {
        initialize(split);
    }

    @Override
    public List<Writable> record(URI uri, DataInputStream dataInputStream) {
        throw new UnsupportedOperationException("this reader has its examples already");
    }

    @Override
    public void setConf(Configuration conf) {
        this.configuration = conf;
    }

    @Override
    public Configuration getConf() {
        return configuration;
    }

    @Override
    public void close() {}
}
