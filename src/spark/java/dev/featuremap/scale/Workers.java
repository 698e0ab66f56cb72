package dev.featuremap.scale;

import dev.featuremap.engine.NetworkState;
import dev.featuremap.train.EngineLearner;
import java.io.Serializable;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** The workers of one training, to whom Spark brings states of its network. */
record Workers(JavaSparkContext context, TrainingJob job, WorkerNetwork network) {
    /** Work that begins from one state, which each process asks for once, however many tasks it runs. */
    <T> T from(NetworkState state, Function<Task, T> work) {
        Broadcast<NetworkState> sent = context.broadcast(state);
        try {
            return work.apply(new Task(job, network, new Shared(sent)));
        } finally {
            sent.destroy();
        }
    }

    /** A task that carries the state with it: there sooner, but sent from this process as often as there are tasks. */
    Task carrying(NetworkState state) {
        return new Task(job, network, new Carried(state));
    }

    /** What a task needs to begin. */
    record Task(TrainingJob job, WorkerNetwork network, Start from) implements Serializable {
        private static final long serialVersionUID = 1L;

        <T extends Serializable> TaskResult<T> answer(Function<EngineLearner, T> work) {
            return TaskResult.to(() -> WorkerSite.of(job).with(network, from.state(), work), job.tries());
        }
    }

    /** How a task comes by the state it begins from. */
    interface Start extends Serializable {
        NetworkState state();
    }

    private record Shared(Broadcast<NetworkState> sent) implements Start {
        private static final long serialVersionUID = 1L;

        @Override
        public NetworkState state() {
            return sent.value();
        }
    }

    private record Carried(NetworkState state) implements Start {
        private static final long serialVersionUID = 1L;
    }
}
