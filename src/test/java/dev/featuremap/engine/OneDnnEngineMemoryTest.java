package dev.featuremap.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;

@Tag("slow")
class OneDnnEngineMemoryTest {
    private static final long MEBIBYTE = 1024 * 1024;

    /** More sizes than chains are kept, so that chains are built and freed all the time. */
    @Test
    void nativeMemoryDoesNotGrowWithStepsOfChangingSizes() {
        MultiLayerNetwork network = TestNetworks.network(TestNetworks.lenet());
        DataSet[] batches = new DataSet[20];
        for (int i = 0; i < batches.length; i++) {
            batches[i] = TestNetworks.batch(1 + i * 3, 1, 28, 10, i);
        }
        try (OneDnnEngine engine = new OneDnnEngine(network, 2)) {
            trainAndScore(engine, batches, 3);
            long before = residentAfterCollecting();
            trainAndScore(engine, batches, 10);
            assertThat((residentAfterCollecting() - before) / MEBIBYTE).isLessThan(100);
        }
    }

    private static void trainAndScore(OneDnnEngine engine, DataSet[] batches, int epochs) {
        for (int step = 0; step < epochs * batches.length; step++) {
            DataSet batch = batches[step % batches.length];
            engine.step(batch, step);
            engine.score(batch.getFeatures(), batch.getLabels());
        }
    }

    @Test
    void closingFreesWhatAnEngineTook() {
        openAndClose(5);
        long arrays = Pointer.totalBytes();
        long before = residentAfterCollecting();
        openAndClose(30);
        assertThat(Pointer.totalBytes() - arrays).isLessThan(MEBIBYTE);
        assertThat((residentAfterCollecting() - before) / MEBIBYTE).isLessThan(100);
    }

    /** The process's memory without most of what is garbage in Java's part of it. */
    private static long residentAfterCollecting() {
        System.gc();
        return Pointer.physicalBytes();
    }

    private static void openAndClose(int times) {
        DataSet batch = TestNetworks.batch(64, 1, 28, 10, 1);
        MultiLayerNetwork network = TestNetworks.network(TestNetworks.lenet());
        for (int i = 0; i < times; i++) {
            try (OneDnnEngine engine = new OneDnnEngine(network, 2)) {
                engine.step(batch, i);
                engine.output(batch.getFeatures());
            }
        }
    }
}
