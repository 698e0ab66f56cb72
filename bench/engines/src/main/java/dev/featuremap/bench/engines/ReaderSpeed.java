package dev.featuremap.bench.engines;

import dev.featuremap.data.DataFolder;
import dev.featuremap.experiment.Augmentation;
import dev.featuremap.Logging;
import dev.featuremap.data.Datasets;
import dev.featuremap.data.ExampleSet;
import dev.featuremap.data.ReadingOrder;
import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.LabelMode;
import dev.featuremap.experiment.Scaling;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.ReadAhead;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.datavec.api.records.reader.RecordReader;
import org.datavec.api.records.reader.impl.ConcatenatingRecordReader;
import org.deeplearning4j.datasets.datavec.RecordReaderDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Examples per second of MNIST's test pictures, shuffled, in batches of 64: the reader's own batches through DL4J's iterator and the
 * same records one by one; and taken by somebody who is busy with each batch for a time, read in between and ahead on a thread of its
 * own. All ways in turn each round; medians, and the extremes.
 */
public final class ReaderSpeed {
    private static final int EXAMPLES = 6400;
    private static final int BATCH_SIZE = 64;
    private static final int CLASSES = 10;
    private static final long BUSY_NANOSECONDS = 2_500_000;

    private final ExampleSet examples;
    private int epoch;

    private ReaderSpeed(Path data) {
        DataSpec.Mnist digits = new DataSpec.Mnist(
                LabelMode.CLASS, Scaling.UNIT, Optional.empty(), Optional.empty(), Optional.of(EXAMPLES), 0, Augmentation.NONE);
        examples = Datasets.open(digits, 42, DataFolder.in(data))
                .test();
    }

    /** @param arguments how many rounds */
    public static void main(String[] arguments) {
        Logging.configure();
        ReaderSpeed speed = new ReaderSpeed(Workspace.current().data());
        Map<String, Supplier<Iterator<DataSet>>> ways = new LinkedHashMap<>();
        ways.put("the reader's batches", () -> speed.batches(speed.records()));
        // DataVec's concatenation of one reader is that reader without its batches.
        ways.put("one by one", () -> speed.batches(new ConcatenatingRecordReader(speed.records())));
        ways.put("busy, read in between", () -> speed.examples.shuffled(BATCH_SIZE, 42, speed.epoch++));
        ways.put("busy, read ahead", () -> new ReadAhead(speed.examples.shuffled(BATCH_SIZE, 42, speed.epoch++)));
        int rounds = Integer.parseInt(arguments[0]);
        Map<String, double[]> measured = new LinkedHashMap<>();
        for (int round = -1; round < rounds; round++) { // the first one warms up
            for (Map.Entry<String, Supplier<Iterator<DataSet>>> way : ways.entrySet()) {
                double[] all = measured.computeIfAbsent(way.getKey(), name -> new double[rounds]);
                double found = examplesPerSecond(way.getValue(), way.getKey().startsWith("busy"));
                if (round >= 0) {
                    all[round] = found;
                }
            }
        }
        measured.forEach((name, all) -> System.out.printf(
                Locale.ROOT,
                "%-22s %9.0f examples/s (%.0f to %.0f)%n",
                name,
                new Median().evaluate(all),
                StatUtils.min(all),
                StatUtils.max(all)));
    }

    private static double examplesPerSecond(Supplier<Iterator<DataSet>> way, boolean busy) {
        long start = System.nanoTime();
        Iterator<DataSet> batches = way.get();
        int read = 0;
        while (batches.hasNext()) {
            read += batches.next().numExamples();
            for (long until = System.nanoTime() + BUSY_NANOSECONDS; busy && System.nanoTime() < until; ) {
                Thread.onSpinWait();
            }
        }
        if (batches instanceof ReadAhead ahead) {
            ahead.close();
        }
        return read / ((System.nanoTime() - start) / 1e9);
    }

    private RecordReader records() {
        return examples.records(ReadingOrder.shuffled(EXAMPLES, 42, epoch++));
    }

    private Iterator<DataSet> batches(RecordReader records) {
        return new RecordReaderDataSetIterator.Builder(records, BATCH_SIZE)
                .classification(1, CLASSES)
                .build();
    }
}
