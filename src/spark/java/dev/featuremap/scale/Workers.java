package dev.featuremap.scale;

import dev.featuremap.engine.NetworkState;
import dev.featuremap.train.EngineLearner;
import java.io.Serializable;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** The workers of one training, to whom Spark brings states of its network. */
record Workers(JavaSparkContext context, TrainingJob job, WorkerNetwork network) {
    /** Work that begins from one state, which each process gets once, however many tasks it runs. */
    <T> T from(NetworkState state, Function<Task, T> work) {
        Broadcast<NetworkState> sent = context.broadcast(state);
        try {
            return work.apply(new Task(job, network, sent));
        } finally {
            sent.destroy();
        }
    }

    /** What a task needs to begin. */
    record Task(TrainingJob job, WorkerNetwork network, Broadcast<NetworkState> from) implements Serializable {
        private static final long serialVersionUID = 1L;

        <T extends Serializable> Answer<T> answer(Function<EngineLearner, T> work) {
            return Answer.to(() -> WorkerSite.of(job).with(network, from.value(), work), job.tries());
        }
    }
}
