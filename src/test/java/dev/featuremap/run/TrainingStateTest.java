package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.run.TrainingState.Best;
import dev.featuremap.run.TrainingState.Kept;
import org.junit.jupiter.api.Test;

class TrainingStateTest {
    private static final Scores SCORES = EndedRun.TEST;

    @Test
    void knowsTheStepsOfAnEpochOnceOneHasEnded() {
        assertThat(state(3, 2, 12, 1, null).stepsPerEpoch()).hasValue(5);
        assertThat(state(2, 5, 10, 1, null).stepsPerEpoch()).hasValue(5);
        assertThat(TrainingState.START.stepsPerEpoch()).isEmpty();
    }

    @Test
    void countsTheEpochsThatHaveBegun() {
        assertThat(state(3, 2, 12, 1, null).begunEpochs()).isEqualTo(3);
        assertThat(state(3, 0, 10, 0, null).begunEpochs()).isEqualTo(2);
        assertThat(TrainingState.START.begunEpochs()).isZero();
    }

    @Test
    void refusesStepsThatAreNotThoseOfItsEpochs() {
        for (int[] wrong : new int[][] {{0, 0, 0}, {2, 0, 0}, {2, 6, 11}, {3, 0, 11}, {2, -1, 4}, {2, 5, 4}}) {
            assertThatThrownBy(() -> state(wrong[0], wrong[1], wrong[2], 0, null))
                    .hasMessage("step " + wrong[2] + " is not batch " + wrong[1] + " of epoch " + wrong[0]
                            + ", whose epochs are alike");
        }
        assertThatThrownBy(() -> new TrainingState(1, 2, 3, 0, 0, null, null, null, null))
                .hasMessage("step 3 is not batch 2 of epoch 1, whose epochs are alike");
    }

    @Test
    void refusesTimesThatCannotBe() {
        for (double[] wrong : new double[][] {{-1, 0}, {1, -1}, {Double.NaN, 0}, {1, Double.POSITIVE_INFINITY}}) {
            assertThatThrownBy(() -> new TrainingState(2, 1, 6, wrong[0], wrong[1], SCORES, null, null, null))
                    .hasMessage("trained for " + wrong[0] + " and " + wrong[1] + " seconds");
        }
        assertThatThrownBy(() -> state(2, 0, 5, 0.5, null)).hasMessage("trained for 1.0 and 0.5 seconds");
    }

    @Test
    void refusesScoresAndBestEpochsThatHaveNotBeen() {
        assertThatThrownBy(() -> new TrainingState(2, 0, 5, 1, 0, null, null, null, null))
                .hasMessage("scores belong to each epoch that has ended, of which there are 1");
        assertThatThrownBy(() -> new TrainingState(1, 1, 1, 0, 1, SCORES, null, null, null))
                .hasMessage("scores belong to each epoch that has ended, of which there are 0");
        for (int epoch : new int[] {0, 3}) {
            Best best = new Best(0.5, epoch);
            assertThatThrownBy(() -> new TrainingState(3, 0, 10, 1, 0, SCORES, best, null, null))
                    .hasMessage("the best of 2 epochs is epoch " + epoch);
            assertThatThrownBy(() -> new TrainingState(3, 0, 10, 1, 0, SCORES, null, best, null))
                    .hasMessage("the best of 2 epochs is epoch " + epoch);
        }
        Best last = new Best(0.5, 2);
        assertThat(new TrainingState(3, 0, 10, 1, 0, SCORES, last, last, null).best())
                .isEqualTo(last);
    }

    @Test
    void refusesToHaveKeptAnEpochOfAnotherStep() {
        assertThat(state(3, 2, 12, 1, new Kept(2, 10, SCORES)).kept().step()).isEqualTo(10);
        for (Kept wrong : new Kept[] {new Kept(0, 0, SCORES), new Kept(3, 15, SCORES), new Kept(2, 9, SCORES)}) {
            assertThatThrownBy(() -> state(3, 2, 12, 1, wrong))
                    .hasMessage("the epoch that is kept is " + wrong.epoch() + ", of step " + wrong.step());
        }
    }

    private static TrainingState state(int epoch, int nextBatch, long step, double epochSeconds, Kept kept) {
        return new TrainingState(epoch, nextBatch, step, 1, epochSeconds, SCORES, null, null, kept);
    }
}
