package dev.featuremap.scale;

import dev.featuremap.backend.Backend;
import dev.featuremap.engine.NetworkState;
import dev.featuremap.train.EngineLearner;
import dev.featuremap.train.OpenedData;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * What one process keeps of a distributed training from task to task: the data, read once, and compiled engines, which are
 * dear. Nothing in it decides what a task comes to, so a task may run in any process, and again in another.
 */
final class WorkerSite {
    /** An executor outlives its tasks, and nothing but a static field does. */
    private static final Map<String, WorkerSite> SITES = new ConcurrentHashMap<>();

    private final OpenedData data;
    private final Queue<EngineLearner> idle = new ConcurrentLinkedQueue<>();

    private WorkerSite(OpenedData data) {
        this.data = data;
    }

    /** This process's site, which opens the data when it is the first. */
    static WorkerSite of(TrainingJob job) {
        return SITES.computeIfAbsent(job.id(), id -> new WorkerSite(OpenedData.of(job.experiment(), job.dataFolder())));
    }

    /** Gives up what this process keeps of a job. */
    static void leave(TrainingJob job) {
        WorkerSite site = SITES.remove(job.id());
        if (site != null) {
            site.idle.forEach(EngineLearner::close);
        }
    }

    OpenedData data() {
        return data;
    }

    /** Works with an engine that no other task has at the time, from a given state of the network. */
    <T> T with(WorkerNetwork network, NetworkState state, Function<EngineLearner, T> work) {
        Backend.useThreads(network.threads());
        EngineLearner learner = idle.poll();
        if (learner == null) {
            learner = network.learner(data);
        }
        learner.replaceState(state);
        T answer = work.apply(learner);
        idle.add(learner); // not after an exception: its engine is left to the garbage collector
        return answer;
    }
}
