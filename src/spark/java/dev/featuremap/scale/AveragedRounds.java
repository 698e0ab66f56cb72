package dev.featuremap.scale;

import dev.featuremap.engine.NetworkState;
import dev.featuremap.experiment.TrainingSpec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * Synchronous averaging around featuremap's engines: in a round each worker trains some batches by itself from the same state,
 * then parameters and updater state are averaged. With one worker that is the training of one process, bit for bit.
 */
final class AveragedRounds {
    private static final Logger LOG = LoggerFactory.getLogger(AveragedRounds.class);
    /**
     * So many workers get their state from this process, each with its task, and send theirs to it: measured on two, a round takes 70 ms
     * less than with more, who share one broadcast and average slice by slice among themselves, so that not all values pass here.
     */
    private static final int SERVED_FROM_HERE = 4;

    private final JavaSparkContext context;
    private final Workers workers;
    private final int count;
    private final int averageEvery;
    private final int stepsPerEpoch;

    /** @param stepsPerEpoch batches of an epoch */
    AveragedRounds(JavaSparkContext context, Workers workers, TrainingSpec training, int stepsPerEpoch) {
        this.context = context;
        this.workers = workers;
        this.count = training.spark().orElseThrow().workers().orElseThrow();
        this.averageEvery = training.spark().orElseThrow().averageEvery();
        this.stepsPerEpoch = stepsPerEpoch;
    }

    /** How many workers train. */
    int workers() {
        return count;
    }

    /**
     * What came of a round.
     *
     * @param state the average
     * @param batches trained by all workers
     * @param loss their mean
     */
    record Trained(NetworkState state, int batches, double loss) {}

    /**
     * Trains until the next averaging.
     *
     * @param from the state all workers begin from
     * @param epoch counted from 1
     * @param firstBatch of the epoch, counted from 0
     * @param steps batches trained since the start
     */
    Trained train(NetworkState from, int epoch, int firstBatch, long steps) {
        long start = System.nanoTime();
        int batches = (int) Math.min((long) count * averageEvery, stepsPerEpoch - firstBatch);
        List<WorkerAssignment> dealt = WorkerAssignment.deal(count, epoch, firstBatch, batches, steps);
        WorkerResult mean = Jobs.await(
                "a round of training",
                () -> dealt.size() <= SERVED_FROM_HERE ? servedFromHere(from, dealt) : amongThemselves(from, dealt));
        LOG.debug(
                "round of {} batches: {} ms, of which each worker trained {} ms",
                batches,
                (System.nanoTime() - start) / 1_000_000,
                Math.round(1000 * mean.seconds() / dealt.size()));
        int iteration = from.iteration() + dealt.get(0).batches();
        return new Trained(new NetworkState(mean.vector(), iteration, from.epoch()), batches, mean.loss() / batches);
    }

    /** A worker's part of a round, with all that it needs. */
    private record Assignment(Workers.Task task, WorkerAssignment round) implements Serializable {
        private static final long serialVersionUID = 1L;

        WorkerResult train() {
            return task.answer(round::train).get();
        }
    }

    private WorkerResult servedFromHere(NetworkState from, List<WorkerAssignment> dealt) {
        Workers.Task task = workers.carrying(from);
        List<Assignment> assignments =
                dealt.stream().map(round -> new Assignment(task, round)).toList();
        return WorkerResult.mean(context.parallelize(assignments, dealt.size())
                .map(Assignment::train)
                .collect());
    }

    private WorkerResult amongThemselves(NetworkState from, List<WorkerAssignment> dealt) {
        int slices = dealt.size();
        return workers.from(
                from,
                task -> WorkerResult.joined(context.parallelize(dealt, slices)
                        .flatMapToPair(
                                round -> keyed(task.answer(round::train).get().slices(slices))
                                        .iterator())
                        .groupByKey(slices)
                        .mapValues(WorkerResult::mean)
                        .collect()));
    }

    private static List<Tuple2<Integer, WorkerResult>> keyed(List<WorkerResult> slices) {
        List<Tuple2<Integer, WorkerResult>> keyed = new ArrayList<>();
        for (int i = 0; i < slices.size(); i++) {
            keyed.add(new Tuple2<>(i, slices.get(i)));
        }
        return keyed;
    }
}
