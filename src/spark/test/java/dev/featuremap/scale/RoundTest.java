package dev.featuremap.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundTest {
    @Test
    void dealsEveryBatchToOneWorker() {
        List<Round> rounds = Round.deal(3, 2, 40, 11, 140);

        assertThat(rounds.stream()
                        .flatMapToInt(
                                round -> IntStream.range(round.firstBatch(), round.firstBatch() + round.batches()))
                        .boxed())
                .containsExactly(40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50);
        assertThat(rounds).extracting(Round::batches).containsExactly(4, 4, 3);
        assertThat(rounds).extracting(Round::worker).containsExactly(0, 1, 2);
    }

    @Test
    void countsEachBatchAsTheStepItIsInOneProcess() {
        assertThat(Round.deal(2, 1, 6, 4, 6)).extracting(Round::steps).containsExactly(6L, 8L);
    }

    @Test
    void leavesWorkersOutForWhomNoBatchIsLeft() {
        assertThat(Round.deal(8, 1, 0, 3, 0)).extracting(Round::batches).containsExactly(1, 1, 1);
    }
}
