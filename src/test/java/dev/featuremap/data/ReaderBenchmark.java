package dev.featuremap.data;

import dev.featuremap.experiment.Scaling;
import dev.featuremap.train.ReadAhead;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.datavec.api.records.reader.RecordReader;
import org.datavec.api.records.reader.impl.ConcatenatingRecordReader;
import org.deeplearning4j.datasets.datavec.RecordReaderDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Examples per second of one shuffled epoch of the real sample, in float batches of 64: the reader's own batches, the same
 * through DL4J's iterator, and the same records one by one. The second is to be at least three times the third.
 *
 * <p>And of 100 batches taken by someone who is busy with each for 2.5 ms, as in training: read in between, and ahead on a
 * thread of its own. 25,600 are possible.
 *
 * <p>After {@code mvn test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath.txt} run
 * {@code java -cp target/test-classes:target/classes:$(cat target/test-classpath.txt) dev.featuremap.data.ReaderBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
// The setting of every run here: without it JavaCPP asks the system for its memory before each allocation.
@Fork(value = 2, jvmArgsAppend = "-Dorg.bytedeco.javacpp.maxphysicalbytes=0")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class ReaderBenchmark {
    private static final int EXAMPLES = 600;
    private static final int BATCH_SIZE = 64;
    private static final int CLASSES = 10;
    private static final int MANY = 100 * BATCH_SIZE;
    private static final long BUSY_NANOSECONDS = 2_500_000;

    private final Pictures pictures =
            IdxBytes.pictures(IdxBytes.sampleImages(), IdxBytes.sampleLabels(), CLASSES, Scaling.UNIT);
    private final ExampleSet many = new ExampleSet(
            pictures.at(IntStream.range(0, MANY).map(place -> place % EXAMPLES).toArray()));
    private int epoch;

    public static void main(String[] args) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(ReaderBenchmark.class.getSimpleName())
                        .build())
                .run();
    }

    @Benchmark
    @OperationsPerInvocation(EXAMPLES)
    public void batched(Blackhole sink) {
        readEpoch(shuffled(), sink);
    }

    @Benchmark
    @OperationsPerInvocation(EXAMPLES)
    public void readerAlone(Blackhole sink) {
        PictureRecordReader records = shuffled();
        while (records.hasNext()) {
            sink.consume(records.next(BATCH_SIZE));
        }
    }

    @Benchmark
    @OperationsPerInvocation(MANY)
    public void busyReadInBetween(Blackhole sink) {
        use(many.shuffled(BATCH_SIZE, 42, epoch++), sink);
    }

    @Benchmark
    @OperationsPerInvocation(MANY)
    public void busyReadAhead(Blackhole sink) {
        try (ReadAhead ahead = new ReadAhead(many.shuffled(BATCH_SIZE, 42, epoch++))) {
            use(ahead, sink);
        }
    }

    private static void use(Iterator<DataSet> batches, Blackhole sink) {
        while (batches.hasNext()) {
            sink.consume(batches.next());
            long until = System.nanoTime() + BUSY_NANOSECONDS;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
        }
    }

    /** DataVec's concatenation of one reader is that reader without its batches. */
    @Benchmark
    @OperationsPerInvocation(EXAMPLES)
    public void oneByOne(Blackhole sink) {
        readEpoch(new ConcatenatingRecordReader(shuffled()), sink);
    }

    private PictureRecordReader shuffled() {
        return new PictureRecordReader(pictures, ReadingOrder.shuffled(EXAMPLES, 42, epoch++));
    }

    private static void readEpoch(RecordReader records, Blackhole sink) {
        DataSetIterator batches = new RecordReaderDataSetIterator.Builder(records, BATCH_SIZE)
                .classification(1, CLASSES)
                .build();
        batches.forEachRemaining(sink::consume);
    }
}
