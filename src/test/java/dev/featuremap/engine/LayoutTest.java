package dev.featuremap.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LayoutTest {
    private static final Window.Pair ONE = new Window.Pair(1, 1);
    private static final Window.Pair TWO = new Window.Pair(2, 2);
    private static final Window FILTER = new Window(new Window.Pair(3, 3), ONE, new Window.Pair(0, 0), ONE, true);
    private static final Window POOL = new Window(TWO, TWO, new Window.Pair(0, 0), ONE, false);

    @Test
    void fullBlocksAreTakenWhereNoMaxPoolFollows() {
        assertThat(layout(
                        convolution(32),
                        convolution(16),
                        new Stage.Pooling(Stage.Pooling.Kind.MEAN, Optional.of(POOL))))
                .isEqualTo(Layout.BLOCKED);
        assertThat(layout(convolution(32), convolution(20))).isEqualTo(Layout.CHANNELS_LAST);
    }

    @Test
    void aMaxPoolBehindAConvolutionWantsChannelsLast() {
        assertThat(layout(
                        convolution(32), new Stage.Pooling(Stage.Pooling.Kind.MAX, Optional.of(POOL)), convolution(16)))
                .isEqualTo(Layout.CHANNELS_LAST);
    }

    @Test
    void networksWithoutConvolutionsHaveNothingToBlock() {
        assertThat(layout()).isEqualTo(Layout.CHANNELS_LAST);
    }

    private static Stage convolution(int filters) {
        return new Stage.Convolution(
                0, -1, 16, filters, Stage.Convolution.Filters.DENSE, FILTER, ElementwiseFunction.IDENTITY);
    }

    private static Layout layout(Stage... before) {
        List<Stage> stages = new ArrayList<>(List.of(before));
        stages.add(new Stage.Dense(0, -1, 100, 10, ElementwiseFunction.IDENTITY));
        return Layout.of(new NetworkPlan(stages, Softmax.OF_UNITS, new CosineLoss(Softmax.OF_UNITS), 10, false));
    }
}
