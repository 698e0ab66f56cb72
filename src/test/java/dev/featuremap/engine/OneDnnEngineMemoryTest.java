package dev.featuremap.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

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
        openAndClose(50);
        assertThat(Pointer.totalBytes() - arrays).isLessThan(MEBIBYTE);
        // 50 engines have taken more than 1,000; Java's own part comes and goes by 100.
        assertThat((residentAfterCollecting() - before) / MEBIBYTE).isLessThan(250);
    }

    /** The process's memory without most of what is garbage in Java's part of it. */
    private static long residentAfterCollecting() {
        System.gc();
        return Pointer.physicalBytes();
    }

    /** The tests' JVM may take 2 GiB; 40,000 pictures in training would take more than that. */
    @Test
    void aBatchTooLargeIsAFailureWithARemedy() {
        MultiLayerNetwork network = TestNetworks.network(TestNetworks.lenet());
        DataSet batch =
                new DataSet(Nd4j.zeros(DataType.FLOAT, 40_000, 1, 28, 28), Nd4j.zeros(DataType.FLOAT, 40_000, 10));
        try (OneDnnEngine engine = new OneDnnEngine(network, 1)) {
            assertThatThrownBy(() -> engine.step(batch, 1)).isInstanceOfSatisfying(Failure.class, failure -> {
                assertThat(failure.kind()).isEqualTo(Failure.Kind.ENVIRONMENT);
                assertThat(failure.getMessage())
                        .startsWith("engine onednn: a batch of 40000 examples does not fit into memory (")
                        .containsPattern("limits: heap \\d+ MiB, native arrays 2048 MiB");
                assertThat(failure.remedy()).matches("set training.batchSize=(4096|8192|16384), or raise .*");
            });
            assertThat(engine.output(batch.getFeatures()).shape()).containsExactly(40_000, 10);
        }
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
