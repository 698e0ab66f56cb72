package dev.featuremap.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Augmentation;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.Deformation;
import dev.featuremap.experiment.Scaling;
import dev.featuremap.experiment.Split;
import dev.featuremap.experiment.TrainingSpec.Fold;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

class ValidationSplitTest {
    @Test
    void everyTrainingExampleIsInOneOfTheParts() {
        Datasets all = letters(500);
        Datasets split = all.withValidation(0.3, 1);

        assertThat(split.split(Split.VALIDATION).size()).isBetween(110, 190);
        List<String> parts = new ArrayList<>(pictures(split.train()));
        parts.addAll(pictures(split.split(Split.VALIDATION)));
        assertThat(parts).containsExactlyInAnyOrderElementsOf(pictures(all.train()));
        assertThat(pictures(split.test())).isEqualTo(pictures(all.test()));
        assertThat(all.has(Split.VALIDATION)).isFalse();
    }

    @Test
    void theSeedAloneDecides() {
        List<String> once = validation(50, 0.3, 1);

        assertThat(validation(50, 0.3, 1)).isEqualTo(once);
        assertThat(validation(50, 0.3, 2)).isNotEqualTo(once);
    }

    @Test
    void moreExamplesMoveNoneFromOnePartToTheOther() {
        for (long seed = 1; seed <= 10; seed++) {
            Datasets few = letters(60).withValidation(0.3, seed);
            Datasets more = letters(200).withValidation(0.3, seed);

            assertThat(pictures(more.train())).containsAll(pictures(few.train()));
            assertThat(pictures(more.split(Split.VALIDATION))).containsAll(pictures(few.split(Split.VALIDATION)));
        }
    }

    @Test
    void eachClassGivesAboutItsShare() {
        ExampleSet validation = letters(4000).withValidation(0.1, 1).split(Split.VALIDATION);

        long crosses = IntStream.range(0, validation.size())
                .filter(i -> validation.picture(i).label().equals("X"))
                .count();

        assertThat(crosses).isBetween(150L, 250L);
        assertThat(validation.size() - crosses).isBetween(150L, 250L);
    }

    @Test
    void aPartIsShuffledAndLookedAtLikeAWholeSet() {
        ExampleSet part = letters(50).withValidation(0.3, 1).train();
        List<String> inOrder = pictures(part);

        List<String> shuffled = pictures(part.shuffled(10, 3, 1));

        assertThat(shuffled).containsExactlyInAnyOrderElementsOf(inOrder).isNotEqualTo(inOrder);
        assertThat(pictures(part.shuffled(10, 3, 1, 2))).isEqualTo(shuffled.subList(20, part.size()));
        assertThatThrownBy(() -> part.picture(part.size())).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void keepsAnExampleOfEachClassInEachPart() {
        for (double share : new double[] {0.000001, 0.999999}) {
            Datasets split = letters(4).withValidation(share, 1);

            assertThat(List.of(labels(split.train()), labels(split.split(Split.VALIDATION))))
                    .allSatisfy(labels -> assertThat(labels).containsExactlyInAnyOrder("X", "O"));
        }
    }

    @Test
    void trainsOnAClassesOnlyExample() {
        Datasets split = letters(3).withValidation(0.999999, 1);

        assertThat(labels(split.train())).containsExactlyInAnyOrder("X", "O");
        assertThat(labels(split.split(Split.VALIDATION))).containsExactly("X");
    }

    @Test
    void cannotSplitClassesOfOneExample() {
        assertThatThrownBy(() -> letters(1).withValidation(0.5, 1)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Failure.Kind.DATA);
            assertThat(failure)
                    .hasMessage("training.validationShare needs 2 training examples of a class or more; found 1");
        });
        assertThatThrownBy(() -> letters(2).withValidation(0.5, 1))
                .hasMessageEndingWith("found 2, each of another class");
    }

    @Test
    void foldsShareNoExampleAndTogetherAreAllTrainingData() {
        Datasets all = letters(103);
        List<String> held = new ArrayList<>();
        for (int fold = 1; fold <= 5; fold++) {
            Datasets split = all.withValidation(new Fold(fold, 5), 1);
            List<String> validation = pictures(split.split(Split.VALIDATION));
            held.addAll(validation);

            assertThat(validation).hasSizeBetween(20, 21);
            assertThat(labels(split.split(Split.VALIDATION)))
                    .filteredOn("X"::equals)
                    .hasSizeBetween(10, 11);
            assertThat(pictures(split.train()))
                    .hasSize(103 - validation.size())
                    .doesNotContainAnyElementsOf(validation);
            assertThat(pictures(split.test())).isEqualTo(pictures(all.test()));
        }
        assertThat(held).containsExactlyInAnyOrderElementsOf(pictures(all.train()));
    }

    @Test
    void theSeedDealsTheFolds() {
        Datasets all = letters(50);
        List<String> once = pictures(all.withValidation(new Fold(2, 5), 1).split(Split.VALIDATION));

        assertThat(pictures(all.withValidation(new Fold(2, 5), 1).split(Split.VALIDATION)))
                .isEqualTo(once);
        assertThat(pictures(all.withValidation(new Fold(2, 5), 2).split(Split.VALIDATION)))
                .isNotEqualTo(once);
    }

    @Test
    void refusesMoreFoldsThanExamples() {
        assertThat(letters(3)
                        .withValidation(new Fold(3, 3), 1)
                        .split(Split.VALIDATION)
                        .size())
                .isEqualTo(1);
        assertThatThrownBy(() -> letters(3).withValidation(new Fold(4, 4), 1))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(Failure.Kind.DATA);
                    assertThat(failure)
                            .hasMessage("training.validationFold 4 of 4 needs 4 training examples or more; found 3");
                });
    }

    @Test
    void takesOneNameInBothFormsOfUnicodeForTheSamePicture() {
        HeldOut by = HeldOut.share(RandomStream.VALIDATION, 42, 0.5);

        BitSet heldOut = by.among(ofOneClass("gru\u0308n"));
        assertThat(heldOut).isEqualTo(by.among(ofOneClass("gr\u00fcn")));
        assertThat(heldOut.cardinality()).isBetween(1, 39);
    }

    /** 40 pictures, as of a folder. */
    private static Pictures ofOneClass(String name) {
        return new Pictures(
                new DataShape(1, 1, 1, List.of(name)),
                40,
                (example, to) -> {},
                example -> 0,
                example -> name + "/" + example + ".png",
                Scaling.UNIT,
                "folder");
    }

    private static Datasets letters(int count) {
        Deformation deform = new Deformation(1, 10, 0.1, 0.5, 0.3, 0.1);
        DataFolder none = DataFolder.in(Path.of("no", "data"));
        return Datasets.open(new DataSpec.Xo(11, count, 10, deform, Optional.empty(), 0, Augmentation.NONE), 42, none);
    }

    private static List<String> validation(int count, double share, long seed) {
        return pictures(letters(count).withValidation(share, seed).split(Split.VALIDATION));
    }

    private static List<String> labels(ExampleSet examples) {
        return IntStream.range(0, examples.size())
                .mapToObj(i -> examples.picture(i).label())
                .toList();
    }

    private static List<String> pictures(ExampleSet examples) {
        return pictures(examples.inOrder(10));
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
