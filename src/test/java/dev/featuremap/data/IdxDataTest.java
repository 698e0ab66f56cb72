package dev.featuremap.data;

import static dev.featuremap.data.IdxBytes.counting;
import static dev.featuremap.data.IdxBytes.idx;
import static dev.featuremap.data.IdxBytes.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Scaling;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import org.datavec.api.records.Record;
import org.datavec.api.writable.DoubleWritable;
import org.datavec.api.writable.IntWritable;
import org.datavec.api.writable.NDArrayWritable;
import org.datavec.api.writable.Writable;
import org.datavec.api.writable.batch.NDArrayRecordBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class IdxDataTest {
    @TempDir
    Path folder;

    @Test
    void givesBatchesOfPicturesAndLabels() {
        PictureRecordReader reader = Readers.of(sample());
        assertThat(reader.batchesSupported()).isTrue();
        NDArrayRecordBatch batch = (NDArrayRecordBatch) reader.next(64);
        INDArray features = batch.getArrays().get(0);
        INDArray labels = batch.getArrays().get(1);
        assertThat(features.shape()).containsExactly(64, 1, 28, 28);
        assertThat(labels.shape()).containsExactly(64, 1);
        assertThat(features.dataType()).isEqualTo(DataType.FLOAT);
        assertThat(labels.dataType()).isEqualTo(DataType.FLOAT);
        // MNIST's first test digit is a 7.
        assertThat(labels.getInt(0, 0)).isEqualTo(7);
        assertThat(features.getFloat(0, 0, 7, 8))
                .isEqualTo(IdxBytes.sampleImages().value(7 * 28 + 8) / 255f);
    }

    @Test
    void givesTheSameRecordsOneByOneAsInBatches() {
        PictureRecordReader one = Readers.of(sample(), ReadingOrder.shuffled(600, 3, 1));
        PictureRecordReader many = Readers.of(sample(), ReadingOrder.shuffled(600, 3, 1));
        while (many.hasNext()) {
            List<INDArray> batch = ((NDArrayRecordBatch) many.next(70)).getArrays();
            for (int i = 0; i < batch.get(0).size(0); i++) {
                List<Writable> record = one.next();
                assertThat(((NDArrayWritable) record.get(0)).get().data().asFloat())
                        .isEqualTo(batch.get(0).slice(i).dup().data().asFloat());
                assertThat(((IntWritable) record.get(1)).get())
                        .isEqualTo(batch.get(1).getInt(i, 0));
            }
        }
        assertThat(one.hasNext()).isFalse();
        assertThatThrownBy(() -> one.next(1)).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(one::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void scalesPixelsAsTheConfigurationSays() {
        IdxFile images = IdxFile.read(write(folder.resolve("i"), idx(counting(256), 1, 16, 16)));
        IdxFile labels = IdxFile.read(write(folder.resolve("l"), idx(new byte[] {3}, 1)));
        for (Scaling scaling : Scaling.values()) {
            INDArray pixels = ((NDArrayRecordBatch) Readers.of(IdxBytes.pictures(images, labels, 0, scaling))
                            .next(1))
                    .getArrays()
                    .get(0);
            for (int value = 0; value < 256; value++) {
                float expected = switch (scaling) {
                    case UNIT -> value / 255f;
                    case SIGNED -> value / 127.5f - 1;
                    case RAW -> value;
                };
                assertThat(pixels.getFloat(0, 0, value / 16, value % 16)).isEqualTo(expected);
            }
        }
    }

    @Test
    void readsPicturesOfSeveralChannels() {
        IdxFile images = IdxFile.read(write(folder.resolve("i"), idx(counting(2 * 3 * 4 * 5), 2, 3, 4, 5)));
        IdxFile labels = IdxFile.read(write(folder.resolve("l"), idx(new byte[] {0, 1}, 2)));
        PictureRecordReader reader = Readers.of(IdxBytes.pictures(images, labels, 2, Scaling.RAW));
        INDArray features = ((NDArrayRecordBatch) reader.next(10)).getArrays().get(0);
        assertThat(features.shape()).containsExactly(2, 3, 4, 5);
        assertThat(features.getFloat(1, 2, 3, 4)).isEqualTo(119);
    }

    @Test
    void givesValuesAsNumbers() {
        PictureRecordReader reader =
                Readers.of(IdxBytes.pictures(IdxBytes.sampleImages(), IdxBytes.sampleLabels(), 0, Scaling.UNIT));
        assertThat(reader.getLabels()).isNull();
        assertThat(((DoubleWritable) reader.next().get(1)).get()).isEqualTo(7.0);
    }

    @Test
    void startsAgainAfterAReset() {
        PictureRecordReader reader =
                Readers.of(sample(), ReadingOrder.sequential(600).from(590));
        INDArray first = ((NDArrayRecordBatch) reader.next(64)).getArrays().get(0);
        assertThat(first.size(0)).isEqualTo(10);
        reader.reset();
        assertThat(((NDArrayRecordBatch) reader.next(64)).getArrays().get(0)).isEqualTo(first);
    }

    @Test
    void findsARecordAgainByItsMetadata() {
        PictureRecordReader reader = Readers.of(sample(), ReadingOrder.shuffled(600, 1, 0));
        reader.next(100);
        Record record = reader.nextRecord();
        assertThat(reader.loadFromMetaData(record.getMetaData()).getRecord()).isEqualTo(record.getRecord());
    }

    @Test
    void rejectsDifferentCounts() {
        IdxFile images = IdxFile.read(write(folder.resolve("images"), idx(new byte[12], 3, 2, 2)));
        IdxFile labels = IdxFile.read(write(folder.resolve("labels"), idx(new byte[4], 4)));
        assertThat(refusal(images, labels, 2)).hasMessageContaining("3 images").hasMessageContaining("4 labels");
    }

    @Test
    void rejectsSwappedFiles() {
        assertThat(refusal(IdxBytes.sampleLabels(), IdxBytes.sampleImages(), 10))
                .hasMessageContaining("600x28x28")
                .hasMessageContaining("swapped");
    }

    @Test
    void rejectsFilesOfOtherRanks() {
        IdxFile flat = IdxFile.read(write(folder.resolve("flat"), idx(new byte[4], 2, 2)));
        IdxFile images = IdxFile.read(write(folder.resolve("images"), idx(new byte[8], 2, 2, 2)));
        IdxFile labels = IdxFile.read(write(folder.resolve("labels"), idx(new byte[2], 2)));
        String expected = "; expected images of rank 3 or 4 and labels of rank 1";
        assertThat(refusal(flat, labels, 2))
                .hasMessage("images " + flat.file() + " hold 2x2 and labels " + labels.file() + " hold 2" + expected);
        assertThat(refusal(images, flat, 2)).hasMessageEndingWith(" hold 2x2" + expected);
        assertThat(refusal(labels, labels, 2)).hasMessageEndingWith(" hold 2" + expected);
        assertThat(refusal(labels, flat, 2)).hasMessageEndingWith(" hold 2x2" + expected);
        assertThat(refusal(labels, images, 2)).hasMessageEndingWith(" hold 2x2x2" + expected + ": the two are swapped");
    }

    @Test
    void namesTheKeysThatFitLabelsOfNoClass() {
        IdxFile images = IdxFile.read(write(folder.resolve("images"), idx(new byte[8], 2, 2, 2)));
        IdxFile letters = IdxFile.read(write(folder.resolve("labels"), idx(new byte[] {1, 26}, 2)));

        assertThat(refusal(images, letters, 26))
                .hasMessage(letters.file() + ": example 1 has label 26; this data set has 26 classes (0–25)");
        assertThat(refusal(images, letters, 10).remedy())
                .isEqualTo("the labels run from 1 to 26: set data.firstLabel=1 data.classes=26, or repair the label"
                        + " file");
    }

    /** Checked when the files are opened, so that neither batches nor single records can pass it by. */
    @Test
    void rejectsALabelOutOfRangeBeforeAnythingIsRead() {
        IdxFile images = IdxFile.read(write(folder.resolve("images"), idx(new byte[20], 5, 2, 2)));
        IdxFile labels = IdxFile.read(write(folder.resolve("labels"), idx(new byte[] {0, 9, 3, 11, 200 - 256}, 5)));
        assertThat(refusal(images, labels, 10))
                .hasMessage(folder.resolve("labels") + ": example 3 has label 11; this data set has 10 classes (0–9)");
        Pictures pictures = IdxBytes.pictures(images, labels, 201, Scaling.UNIT);
        assertThat(((NDArrayRecordBatch) Readers.of(pictures).next(5))
                        .getArrays()
                        .get(1)
                        .toFloatVector())
                .containsExactly(0, 9, 3, 11, 200);
        PictureRecordReader single =
                Readers.of(pictures, ReadingOrder.sequential(5).from(4));
        assertThat(single.next().get(1).toInt()).isEqualTo(200);
    }

    private static Pictures sample() {
        return IdxBytes.pictures(IdxBytes.sampleImages(), IdxBytes.sampleLabels(), 10, Scaling.UNIT);
    }

    private static Failure refusal(IdxFile images, IdxFile labels, int classes) {
        Failure failure =
                catchThrowableOfType(Failure.class, () -> IdxBytes.pictures(images, labels, classes, Scaling.UNIT));
        assertThat(failure.kind()).isEqualTo(Failure.Kind.DATA);
        return failure;
    }
}
