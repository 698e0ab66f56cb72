package dev.featuremap.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkerAssignmentTest {
    @Test
    void dealsEveryBatchToOneWorker() {
        List<WorkerAssignment> rounds = WorkerAssignment.deal(3, 2, 40, 11, 140);

        assertThat(rounds.stream()
                        .flatMapToInt(
                                round -> IntStream.range(round.firstBatch(), round.firstBatch() + round.batches()))
                        .boxed())
                .containsExactly(40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50);
        assertThat(rounds).extracting(WorkerAssignment::batches).containsExactly(4, 4, 3);
        assertThat(rounds).extracting(WorkerAssignment::worker).containsExactly(0, 1, 2);
    }

    @Test
    void countsEachBatchAsTheStepItIsInOneProcess() {
        assertThat(WorkerAssignment.deal(2, 1, 6, 4, 6))
                .extracting(WorkerAssignment::steps)
                .containsExactly(6L, 8L);
    }

    @Test
    void leavesWorkersOutForWhomNoBatchIsLeft() {
        assertThat(WorkerAssignment.deal(8, 1, 0, 3, 0))
                .extracting(WorkerAssignment::batches)
                .containsExactly(1, 1, 1);
    }
}
