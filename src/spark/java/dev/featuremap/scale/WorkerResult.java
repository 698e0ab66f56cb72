package dev.featuremap.scale;

import dev.featuremap.engine.FloatVector;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import scala.Tuple2;

/**
 * What one worker came to in a round, or one slice of it.
 *
 * @param batches it trained, by which it counts in the mean
 * @param loss sum over its batches
 * @param seconds it trained
 * @param vector parameters and updater state
 */
record WorkerResult(int worker, int batches, double loss, double seconds, FloatVector vector) implements Serializable {
    private static final long serialVersionUID = 1L;

    WorkerResult(int worker, int batches, double loss, double seconds, float[] values) {
        this(worker, batches, loss, seconds, new FloatVector(values));
    }

    float[] values() {
        return vector.values();
    }

    /** The same values in so many slices, for as many machines to average one each. */
    List<WorkerResult> slices(int count) {
        List<WorkerResult> slices = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) i * values().length / count);
            int to = (int) ((i + 1L) * values().length / count);
            slices.add(new WorkerResult(worker, batches, loss, seconds, Arrays.copyOfRange(values(), from, to)));
        }
        return slices;
    }

    /** All slices, numbered from 0, as one. */
    static WorkerResult joined(List<Tuple2<Integer, WorkerResult>> slices) {
        WorkerResult[] ordered = new WorkerResult[slices.size()];
        int length = 0;
        for (Tuple2<Integer, WorkerResult> slice : slices) {
            ordered[slice._1()] = slice._2();
            length += slice._2().values().length;
        }
        float[] values = new float[length];
        int at = 0;
        for (WorkerResult slice : ordered) {
            System.arraycopy(slice.values(), 0, values, at, slice.values().length);
            at += slice.values().length;
        }
        return new WorkerResult(0, ordered[0].batches, ordered[0].loss, ordered[0].seconds, values);
    }

    /**
     * The mean of all workers' parts: batches, loss and seconds are sums. It is taken in the workers' order, whichever came
     * first, since float sums depend on it.
     */
    static WorkerResult mean(Iterable<WorkerResult> parts) {
        List<WorkerResult> ordered = new ArrayList<>();
        parts.forEach(ordered::add);
        ordered.sort(Comparator.comparingInt(WorkerResult::worker));
        int batches = ordered.stream().mapToInt(WorkerResult::batches).sum();
        double[] sums = new double[ordered.get(0).values().length];
        double loss = 0;
        double seconds = 0;
        for (WorkerResult part : ordered) {
            double weight = (double) part.batches / batches;
            float[] values = part.values();
            for (int i = 0; i < sums.length; i++) {
                sums[i] += weight * values[i];
            }
            loss += part.loss;
            seconds += part.seconds;
        }
        float[] mean = new float[sums.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) sums[i];
        }
        return new WorkerResult(0, batches, loss, seconds, mean);
    }
}
