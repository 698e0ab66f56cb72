package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EpochBarTest {
    @Test
    void tellsWhereAnEpochIs() {
        assertThat(line(100))
                .isEqualTo(
                        "epoch 2/3   25 %  loss 0.1234  30.0 s left  1500 examples/s  [=====               ]  15000/60000");
    }

    @Test
    void leavesWholePartsOutWhereThereIsNoRoom() {
        assertThat(line(79)).isEqualTo("epoch 2/3   25 %  loss 0.1234  30.0 s left  1500 examples/s  15000/60000");
        assertThat(line(39)).isEqualTo("epoch 2/3   25 %  loss 0.1234");
        for (int width = 9; width < 120; width++) {
            assertThat(line(width))
                    .hasSizeLessThanOrEqualTo(width)
                    .matches(
                            "epoch 2/3(   25 %)?(  loss 0.1234)?(  30.0 s left)?(  1500 examples/s)?(  \\[=+ +])?(  15000/60000)?");
        }
    }

    @Test
    void saysNothingOfASpeedThatIsNotKnown() {
        assertThat(EpochBar.line("epoch 1/1", 0, 100, 0, null, 80)).startsWith("epoch 1/1    0 %  0 examples/s");
    }

    private static String line(int width) {
        return EpochBar.line("epoch 2/3", 15_000, 60_000, 10, "loss 0.1234", width);
    }
}
