package dev.featuremap.scale;

import dev.featuremap.Failure;
import java.io.Serializable;
import java.util.function.Supplier;
import org.apache.spark.TaskContext;

/**
 * What a task sends back: a value, or a failure that another try would only repeat; of a run that failed, both.
 *
 * @param value null when there is only a failure
 * @param failure null when there was none
 */
record TaskResult<T extends Serializable>(T value, Failure failure) implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * Does a task's work.
     *
     * @param tries how often Spark tries the task
     * @throws Failure (environment) while another try, perhaps on another machine, may do better
     */
    static <T extends Serializable> TaskResult<T> to(Supplier<T> work, int tries) {
        try {
            return new TaskResult<>(work.get(), null);
        } catch (Failure failure) {
            if (mayDoBetter(failure, tries)) {
                throw failure;
            }
            return new TaskResult<>(null, plain(failure));
        }
    }

    static boolean mayDoBetter(Failure failure, int tries) {
        return failure.kind() == Failure.Kind.ENVIRONMENT && TaskContext.get().attemptNumber() < tries - 1;
    }

    /** The failure alone: what lies under it need not be fit to travel. */
    static Failure plain(Failure failure) {
        return new Failure(failure.kind(), failure.getMessage(), failure.remedy());
    }

    /**
     * The value.
     *
     * @throws Failure the one there is instead
     */
    T get() {
        if (failure != null) {
            throw failure;
        }
        return value;
    }
}
