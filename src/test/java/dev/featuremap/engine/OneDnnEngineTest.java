package dev.featuremap.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

class OneDnnEngineTest {
    @Test
    void tenStepsOfLenetAreDl4js() {
        MultiLayerNetwork expected = TestNetworks.network(TestNetworks.lenet());
        MultiLayerNetwork actual = TestNetworks.network(TestNetworks.lenet());
        try (OneDnnEngine engine = new OneDnnEngine(actual, 1)) {
            for (int step = 0; step < 10; step++) {
                DataSet batch = TestNetworks.batch(16, 1, 28, 10, step);
                expected.fit(batch);
                double score = engine.step(batch, step);
                assertThat(score).isCloseTo(expected.score(), within(1e-4));
            }
            assertThat(distance(engine.network().params(), expected.params())).isLessThan(1e-3);
            assertThat(distance(
                            engine.network().getUpdater().getStateViewArray(),
                            expected.getUpdater().getStateViewArray()))
                    .isLessThan(1e-3);
            DataSet batch = TestNetworks.batch(300, 1, 28, 10, 77);
            assertThat(distance(engine.output(batch.getFeatures()), expected.output(batch.getFeatures())))
                    .isLessThan(1e-3);
        }
    }

    static double distance(INDArray a, INDArray b) {
        return a.sub(b).norm2Number().doubleValue() / (1e-9 + b.norm2Number().doubleValue());
    }
}
