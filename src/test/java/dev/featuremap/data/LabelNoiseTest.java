package dev.featuremap.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.experiment.Augmentation;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.Deformation;
import dev.featuremap.experiment.Scaling;
import dev.featuremap.experiment.Split;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelNoiseTest {
    private static final int COUNT = 50_000;

    @Test
    void replacesTheShareAskedForByAllOtherClassesAlike() {
        int[] labels = labels(digits(COUNT).withLabelNoise(0.4, 42));
        int[][] counts = new int[10][10];
        for (int i = 0; i < COUNT; i++) {
            counts[i % 10][labels[i]]++;
        }
        for (int actual = 0; actual < 10; actual++) {
            for (int label = 0; label < 10; label++) {
                double share = counts[actual][label] / (COUNT / 10.0);
                // Five standard deviations of a share of 5,000 draws.
                double expected = label == actual ? 0.6 : 0.4 / 9;
                assertThat(share).isCloseTo(expected, within(5 * Math.sqrt(expected * (1 - expected) / 5000)));
            }
        }
    }

    @Test
    void anExamplesLabelHangsOnTheSeedAndItsOwnIdentityAlone() {
        int[] all = labels(digits(1000).withLabelNoise(0.3, 42));

        assertThat(labels(digits(100).withLabelNoise(0.3, 42)))
                .isEqualTo(IntStream.of(all).limit(100).toArray());
        assertThat(labels(digits(1000).at(new int[] {900, 3, 77}).withLabelNoise(0.3, 42)))
                .containsExactly(all[900], all[3], all[77]);
        assertThat(labels(digits(1000).withLabelNoise(0.3, 43))).isNotEqualTo(all);
    }

    @Test
    void moreNoiseKeepsWhatLessReplaced() {
        int[] some = labels(digits(1000).withLabelNoise(0.2, 42));
        int[] more = labels(digits(1000).withLabelNoise(0.4, 42));

        assertThat(IntStream.range(0, 1000).filter(i -> some[i] != i % 10)).allMatch(i -> more[i] == some[i]);
    }

    @Test
    void ofTwoClassesItTakesTheOther() {
        int[] labels = labels(of(2, 1000).withLabelNoise(0.999999, 42));

        assertThat(IntStream.range(0, 1000)).allMatch(i -> labels[i] == 1 - i % 2);
    }

    @Test
    void testLabelsAndWhatIsHeldOutStay() {
        Deformation moved = new Deformation(1, 10, 0.1, 0.5, 0.3, 0.1);
        Datasets clean = Datasets.draw(new DataSpec.Xo(9, 400, 50, moved, Optional.empty(), 0, Augmentation.NONE), 42)
                .withValidation(0.3, 42);
        Datasets noisy = clean.withLabelNoise(0.5, 42);

        assertThat(clean.withLabelNoise(0, 42)).isSameAs(clean);
        for (Split split : Split.values()) {
            ExampleSet before = clean.split(split);
            ExampleSet after = noisy.split(split);
            List<Integer> replaced = IntStream.range(0, before.size())
                    .filter(i ->
                            !before.picture(i).label().equals(after.picture(i).label()))
                    .boxed()
                    .toList();

            assertThat(IntStream.range(0, before.size()))
                    .allMatch(i -> before.identity(i).equals(after.identity(i)));
            if (split == Split.TEST) {
                assertThat(replaced).isEmpty();
            } else {
                assertThat(replaced.size()).isBetween(before.size() * 3 / 10, before.size() * 7 / 10);
            }
        }
    }

    private static Pictures digits(int count) {
        return of(10, count);
    }

    /** Pictures whose classes come by turns. */
    private static Pictures of(int classes, int count) {
        return new Pictures(
                new DataShape(1, 1, 1, IdxData.classNames(0, classes)),
                count,
                (example, to) -> {},
                example -> example % classes,
                Integer::toString,
                Scaling.UNIT,
                "digits");
    }

    private static int[] labels(Pictures pictures) {
        return IntStream.range(0, pictures.count()).map(pictures.label()).toArray();
    }
}
