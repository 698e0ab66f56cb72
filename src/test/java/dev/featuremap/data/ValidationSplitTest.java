package dev.featuremap.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.Deformation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

class ValidationSplitTest {
    @Test
    void everyTrainingExampleIsInOneOfTheParts() {
        Datasets all = letters(50);
        Datasets split = all.withValidation(0.3, 1);

        assertThat(split.train().size()).isEqualTo(35);
        assertThat(split.test().size()).isEqualTo(15);
        List<String> parts = new ArrayList<>(pictures(split.train().inOrder(10)));
        parts.addAll(pictures(split.test().inOrder(10)));
        assertThat(parts)
                .containsExactlyInAnyOrderElementsOf(pictures(all.train().inOrder(10)));
        assertThat(parts).doesNotContainAnyElementsOf(pictures(all.test().inOrder(10)));
    }

    @Test
    void theSeedAloneDecides() {
        List<String> once = pictures(letters(50).withValidation(0.3, 1).test().inOrder(10));

        assertThat(pictures(letters(50).withValidation(0.3, 1).test().inOrder(10)))
                .isEqualTo(once);
        assertThat(pictures(letters(50).withValidation(0.3, 2).test().inOrder(10)))
                .isNotEqualTo(once);
    }

    @Test
    void aPartIsShuffledAndLookedAtLikeAWholeSet() {
        ExampleSet part = letters(50).withValidation(0.3, 1).train();
        List<String> inOrder = pictures(part.inOrder(10));

        List<String> shuffled = pictures(part.shuffled(10, 3, 1));

        assertThat(shuffled).containsExactlyInAnyOrderElementsOf(inOrder).isNotEqualTo(inOrder);
        assertThat(pictures(part.shuffled(10, 3, 1, 2))).isEqualTo(shuffled.subList(20, 35));
        assertThatThrownBy(() -> part.picture(35)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void keepsAnExampleInEachPart() {
        assertThat(letters(2).withValidation(0.01, 1).test().size()).isEqualTo(1);
        assertThat(letters(2).withValidation(0.99, 1).train().size()).isEqualTo(1);
    }

    @Test
    void cannotSplitOneExample() {
        assertThatThrownBy(() -> letters(1).withValidation(0.5, 1)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Failure.Kind.DATA);
            assertThat(failure).hasMessage("training.validationShare needs 2 training examples or more; found 1");
        });
    }

    private static Datasets letters(int count) {
        Deformation deform = new Deformation(1, 10, 0.1, 0.5, 0.3, 0.1);
        MnistFiles none = MnistFiles.in(Path.of("no", "mnist"), FetchProgress.SILENT);
        return Datasets.open(new DataSpec.Xo(11, count, 10, deform, Optional.empty()), 42, none);
    }

    private static List<String> pictures(DataSetIterator batches) {
        List<String> pictures = new ArrayList<>();
        while (batches.hasNext()) {
            for (DataSet example : batches.next()) {
                pictures.add(
                        java.util.Arrays.toString(example.getFeatures().ravel().toFloatVector()));
            }
        }
        return pictures;
    }
}
