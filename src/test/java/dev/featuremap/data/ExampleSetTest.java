package dev.featuremap.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.experiment.Scaling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

class ExampleSetTest {
    private static final IdxFile IMAGES = IdxBytes.sampleImages();
    private static final IdxFile LABELS = IdxBytes.sampleLabels();

    @Test
    void givesOneHotLabelsAndTheLastPartialBatch() {
        List<DataSet> batches = all(classes(600, false).inOrder(64));
        assertThat(batches).hasSize(10);
        assertThat(batches.get(9).getFeatures().shape()).containsExactly(24, 1, 28, 28);
        DataSet first = batches.get(0);
        assertThat(first.getLabels().shape()).containsExactly(64, 10);
        assertThat(first.getLabels().dataType()).isEqualTo(DataType.FLOAT);
        assertThat(first.getFeatures().dataType()).isEqualTo(DataType.FLOAT);
        for (int i = 0; i < 64; i++) {
            for (int label = 0; label < 10; label++) {
                assertThat(first.getLabels().getFloat(i, label)).isEqualTo(LABELS.value(i) == label ? 1f : 0f);
            }
        }
    }

    @Test
    void givesSignedLabelsForHingeLosses() {
        DataSetIterator iterator = classes(600, true).inOrder(8);
        // DL4J processes the first batch twice after this call.
        assertThat(iterator.totalOutcomes()).isEqualTo(10);
        DataSet first = iterator.next();
        for (int i = 0; i < 8; i++) {
            for (int label = 0; label < 10; label++) {
                assertThat(first.getLabels().getFloat(i, label)).isEqualTo(LABELS.value(i) == label ? 1f : -1f);
            }
        }
    }

    @Test
    void givesValuesAsOneColumn() {
        ExampleSet values = new ExampleSet(IdxBytes.pictures(IMAGES, LABELS, 0, Scaling.UNIT));
        DataSet first = values.inOrder(5).next();
        assertThat(first.getLabels().shape()).containsExactly(5, 1);
        assertThat(first.getLabels().toFloatVector()).containsExactly(labels(0, 1, 2, 3, 4));
    }

    @Test
    void readsOnlyTheFirstExamplesWhenLimited() {
        assertThat(labelsOf(classes(100, false).inOrder(64)))
                .containsExactly(IntStream.range(0, 100).map(LABELS::value).toArray());
        assertThat(labelsOf(classes(100, false).inOrder(64, 10))).hasSize(10);
        assertThat(labelsOf(classes(100, false).inOrder(64, 1000))).hasSize(100);
    }

    @Test
    void shufflesEachEpochBySeedAndEpochAlone() {
        ExampleSet examples = classes(600, false);
        List<DataSet> third = all(examples.shuffled(64, 42, 3));
        all(examples.shuffled(64, 42, 0)).forEach(batch -> {});
        assertThat(all(examples.shuffled(64, 42, 3))).isEqualTo(third);
        assertThat(all(classes(600, false).shuffled(64, 42, 3))).isEqualTo(third);
        assertThat(labelsOf(examples.shuffled(64, 42, 4))).isNotEqualTo(labelsOf(examples.shuffled(64, 42, 3)));
        assertThat(labelsOf(examples.shuffled(64, 43, 3))).isNotEqualTo(labelsOf(examples.shuffled(64, 42, 3)));
    }

    @Test
    void startsInTheMiddleOfAnEpoch() {
        ExampleSet examples = classes(600, false);
        List<DataSet> whole = all(examples.shuffled(64, 42, 3));
        for (int firstBatch = 0; firstBatch <= 10; firstBatch++) {
            assertThat(all(examples.shuffled(64, 42, 3, firstBatch))).isEqualTo(whole.subList(firstBatch, 10));
        }
        assertThat(examples.shuffled(64, 42, 3, 11).hasNext()).isFalse();
        List<DataSet> ordered = all(examples.inOrder(64));
        assertThat(all(examples.inOrderFrom(64, 4))).isEqualTo(ordered.subList(4, 10));
    }

    @Test
    void permutationsHoldEachExampleOnceAndStayAsTheyAre() {
        ReadingOrder order = ReadingOrder.shuffled(1000, 42, 7);
        assertThat(IntStream.range(0, 1000).map(order::example).toArray())
                .containsExactlyInAnyOrder(IntStream.range(0, 1000).toArray());
        // Worked out from the documented formulas outside Java: a change would break the resuming of saved runs.
        ReadingOrder small = ReadingOrder.shuffled(8, 42, 7);
        assertThat(IntStream.range(0, 8).map(small::example).toArray()).containsExactly(0, 1, 6, 5, 4, 3, 7, 2);
    }

    @Test
    void showsAPictureAndItsLabel() {
        LabelledPicture picture = classes(600, false).picture(0);
        assertThat(picture.label()).isEqualTo("7");
        assertThat(picture.brightness(0, 7, 8)).isEqualTo(IMAGES.value(7 * 28 + 8) / 255f);
        ExampleSet values = new ExampleSet(IdxBytes.pictures(IMAGES, LABELS, 0, Scaling.RAW));
        assertThat(values.picture(0).label()).isEqualTo("7");
        assertThat(values.picture(0).brightness(0, 7, 8)).isEqualTo(picture.brightness(0, 7, 8));
    }

    @Test
    void callsAnExampleByItsIndexAndItsPlaceByItsFile() {
        ExampleSet examples = classes(600, false).where(i -> i % 2 == 1);
        LabelledPicture picture = examples.picture(1);

        assertThat(examples.identity(1)).isEqualTo("3");
        assertThat(picture.identity()).isEqualTo("3");
        assertThat(picture.place()).isEqualTo(IMAGES.file() + "#3");
        assertThat(picture.levels()).isEqualTo(Arrays.copyOfRange(IdxBytes.values(IMAGES), 3 * 784, 4 * 784));
        assertThat(picture.borderTone()).isEqualTo(BorderTone.of(picture.levels(), 28, 28));
        assertThat(picture.borderTone().onDark()).isTrue();
    }

    @Test
    void refusesAnExampleThatItDoesNotHave() {
        ExampleSet examples = classes(600, false);

        assertThat(examples.picture(599).identity()).isEqualTo("599");
        for (int none : new int[] {-1, 600}) {
            assertThatThrownBy(() -> examples.picture(none))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage("example " + none + " is not in 0..599");
        }
    }

    private static ExampleSet classes(int size, boolean signed) {
        ExampleSet classes = new ExampleSet(
                IdxBytes.pictures(IMAGES, LABELS, 10, Scaling.UNIT).first(size));
        return signed ? classes.withSignedLabels() : classes;
    }

    private static List<DataSet> all(DataSetIterator iterator) {
        List<DataSet> batches = new ArrayList<>();
        iterator.forEachRemaining(batches::add);
        return batches;
    }

    private static int[] labelsOf(DataSetIterator iterator) {
        return all(iterator).stream()
                .flatMapToInt(batch -> IntStream.of(batch.getLabels().argMax(1).toIntVector()))
                .toArray();
    }

    private static float[] labels(int... examples) {
        float[] labels = new float[examples.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = LABELS.value(examples[i]);
        }
        return labels;
    }
}
