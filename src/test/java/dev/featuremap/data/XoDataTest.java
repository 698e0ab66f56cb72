package dev.featuremap.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.featuremap.Failure;
import dev.featuremap.Sha256;
import dev.featuremap.experiment.Augmentation;
import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.Deformation;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.datavec.api.writable.batch.NDArrayRecordBatch;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class XoDataTest {
    private static final Deformation SOME = new Deformation(1, 15, 0.15, 0.5, 0.1, 0.1);

    @Test
    void givesBalancedClassesXAndO() {
        PictureRecordReader reader = Readers.of(draw(spec(100, 20, SOME), 42).train());
        assertThat(reader.getLabels()).containsExactly("X", "O");
        List<INDArray> batch = batch(reader, 100);
        assertThat(batch.get(0).shape()).containsExactly(100, 1, 9, 9);
        assertThat(batch.get(1).sumNumber().intValue()).isEqualTo(50);
        assertThat(batch.get(0).minNumber().floatValue()).isEqualTo(-1);
        assertThat(batch.get(0).maxNumber().floatValue()).isEqualTo(1);
    }

    @Test
    void cleanLettersAreOnlyInkAndPaper() {
        List<INDArray> batch = batch(
                Readers.of(draw(new DataSpec.Xo(9, 2, 1, Deformation.NONE, Optional.of(SOME), 0, Augmentation.NONE), 42)
                        .train()),
                2);
        assertThat(batch.get(0).data().asFloat()).containsOnly(-1f, 1f);
        for (int row = 0; row < 9; row++) {
            for (int column = 0; column < 9; column++) {
                assertThat(batch.get(0).getFloat(0, 0, row, column))
                        .isEqualTo(XoDrawing.clean(XoDrawing.Letter.X, 9).pixel(row, column));
            }
        }
    }

    @Test
    void drawsTheSameForTheSameSeedAndOtherwiseForAnother() {
        assertThat(batch(Readers.of(draw(spec(50, 20, SOME), 42).train()), 50))
                .isEqualTo(batch(Readers.of(draw(spec(50, 20, SOME), 42).train()), 50));
        assertThat(batch(Readers.of(draw(spec(50, 20, SOME), 42).test()), 20))
                .isEqualTo(batch(Readers.of(draw(spec(50, 20, SOME), 42).test()), 20));
        assertThat(batch(Readers.of(draw(spec(50, 20, SOME), 42).train()), 50))
                .isNotEqualTo(batch(Readers.of(draw(spec(50, 20, SOME), 43).train()), 50));
    }

    /** What was drawn by the first version: with other drawings, an old run's data would not be what its seed says. */
    @Test
    void drawsTheVeryPixelsItAlwaysDrew() {
        Deformation all = new Deformation(2, 40, 0.3, 2, 0.2, 0.3);
        DataSource.Opened drawn = draw(new DataSpec.Xo(12, 40, 20, all, Optional.of(SOME), 0, Augmentation.NONE), 42);

        assertThat(sha256(drawn.train())).isEqualTo("fc60438da671ea451085098965413bfabd06387ad9909c21c8f6a0fc4d5d556d");
        assertThat(sha256(drawn.test())).isEqualTo("3b1289f6acb700f777a4ef0ebb90bede3016b85489f6e10f93588ac97cf93ada");
    }

    private static String sha256(Pictures pictures) {
        MessageDigest digest = Sha256.digest();
        for (int i = 0; i < pictures.count(); i++) {
            digest.update(pictures.levels(i));
        }
        return Sha256.hex(digest);
    }

    @Test
    void aDrawingDoesNotDependOnHowManyThereAre() {
        assertThat(batch(Readers.of(draw(spec(50, 20, SOME), 42).train()), 30))
                .isEqualTo(batch(Readers.of(draw(spec(30, 20, SOME), 42).train()), 30));
    }

    /** Moved and turned letters of 9x9 repeat often, so that many test drawings must be drawn again. */
    @Test
    void trainAndTestNeverShareADrawing() {
        DataSpec.Xo spec = spec(1000, 300, new Deformation(1, 20, 0.2, 1, 0, 0.1));
        Set<String> train = drawings(Readers.of(draw(spec, 42).train()));
        Set<String> test = drawings(Readers.of(draw(spec, 42).test()));
        assertThat(train.size()).isLessThan(1000);
        assertThat(test).isNotEmpty().doesNotContainAnyElementsOf(train);
    }

    @Test
    void refusesATestThatCannotDifferFromTheTraining() {
        Failure failure = catchThrowableOfType(Failure.class, () -> draw(spec(10, 10, Deformation.NONE), 42));
        assertThat(failure.kind()).isEqualTo(Failure.Kind.DATA);
        assertThat(failure).hasMessageContaining("10 training drawings are 2 distinct ones");
        assertThat(failure.remedy()).contains("data.deform");
    }

    @Test
    void cleanTrainingDrawingsCanBeTestedOnDeformedOnes() {
        DataSpec.Xo spec = new DataSpec.Xo(9, 10, 10, Deformation.NONE, Optional.of(SOME), 0, Augmentation.NONE);
        assertThat(draw(spec, 42).test().count()).isEqualTo(10);
    }

    @Test
    void refusesMoreDrawingsThanMemoryIsMeantFor() {
        DataSpec.Xo spec = new DataSpec.Xo(256, 1_000_000, 1, SOME, Optional.empty(), 0, Augmentation.NONE);
        Failure failure = catchThrowableOfType(Failure.class, () -> draw(spec, 42));
        assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
        assertThat(failure).hasMessageContaining("data.trainExamples");
    }

    private static DataSpec.Xo spec(int train, int test, Deformation deform) {
        return new DataSpec.Xo(9, train, test, deform, Optional.empty(), 0, Augmentation.NONE);
    }

    private static DataSource.Opened draw(DataSpec.Xo spec, long seed) {
        return new XoData(spec).draw(seed);
    }

    private static List<INDArray> batch(PictureRecordReader reader, int count) {
        return ((NDArrayRecordBatch) reader.next(count)).getArrays();
    }

    private static Set<String> drawings(PictureRecordReader reader) {
        Set<String> drawings = new HashSet<>();
        while (reader.hasNext()) {
            drawings.add(Arrays.toString(batch(reader, 1).get(0).data().asFloat()));
        }
        return drawings;
    }
}
