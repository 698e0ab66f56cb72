package dev.featuremap.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.data.DataFolder;
import dev.featuremap.data.Datasets;
import dev.featuremap.experiment.Experiment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

class AugmentedBatchesTest {
    private static final Experiment PLAIN = Runs.small("training.batchSize=8");
    private static final Experiment VARIED = Runs.small(
            "training.batchSize=8", "data.augment={rotation: 10, shift: 1, elastic: {alpha: 20}, noise: 0.1}");

    @Test
    void varyFromEpochToEpochAndOnlyInPictures() {
        DataSet first = batches(VARIED, 1).next();
        DataSet plain = batches(PLAIN, 1).next();
        DataSet unshuffled = batches(Runs.small("training.shuffle=false"), 1).next();
        Experiment inOrder = Runs.small("training.shuffle=false", "data.augment={shift: 1}");

        assertThat(first.getLabels()).isEqualTo(plain.getLabels());
        assertThat(first.getFeatures()).isNotEqualTo(plain.getFeatures());
        assertThat(batches(inOrder, 1).next().getFeatures())
                .isNotEqualTo(unshuffled.getFeatures())
                .isNotEqualTo(batches(inOrder, 2).next().getFeatures());
    }

    @Test
    void areTheSameReadAheadByAThreadOfItsOwn() {
        AtomicLong clock = new AtomicLong();
        List<INDArray> ahead;
        try (ReadAhead threaded = new ReadAhead(batches(VARIED, 1), () -> clock.addAndGet(1_000_000_000))) {
            ahead = features(threaded);
        }

        assertThat(ahead).hasSize(25).isEqualTo(features(batches(VARIED, 1)));
    }

    @Test
    void testPicturesStayAsTheyAre() {
        assertThat(data(VARIED).test().inOrder(60).next().getFeatures())
                .isEqualTo(data(PLAIN).test().inOrder(60).next().getFeatures());
    }

    private static List<INDArray> features(Iterator<DataSet> batches) {
        List<INDArray> features = new ArrayList<>();
        batches.forEachRemaining(batch -> features.add(batch.getFeatures()));
        return features;
    }

    private static DataSetIterator batches(Experiment experiment, int epoch) {
        return OpenedData.batches(experiment, data(experiment), epoch, 0);
    }

    private static Datasets data(Experiment experiment) {
        return OpenedData.splits(experiment, DataFolder.in(Path.of("no", "data")));
    }
}
