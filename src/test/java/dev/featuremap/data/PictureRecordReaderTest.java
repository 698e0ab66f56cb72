package dev.featuremap.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Scaling;
import java.io.DataInputStream;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.datavec.api.conf.Configuration;
import org.datavec.api.records.Record;
import org.datavec.api.records.listener.impl.LogRecordListener;
import org.datavec.api.records.metadata.RecordMetaDataIndex;
import org.datavec.api.records.metadata.RecordMetaDataURI;
import org.datavec.api.records.reader.RecordReader;
import org.datavec.api.split.NumberedFileInputSplit;
import org.junit.jupiter.api.Test;

/** What DataVec asks of a record reader; what is read says {@link IdxDataTest}. */
class PictureRecordReaderTest {
    @Test
    void readsEachExampleOnceAndAgainAfterAReset() {
        PictureRecordReader reader = Readers.of(pictures(3));

        assertThat(reader.resetSupported()).isTrue();
        for (int time = 0; time < 2; time++) {
            for (int example = 0; example < 3; example++) {
                assertThat(reader.hasNext()).isTrue();
                assertThat(reader.next().get(1).toInt()).isEqualTo(example);
            }
            assertThat(reader.hasNext()).isFalse();
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(reader::nextRecord)
                        .isInstanceOf(NoSuchElementException.class)
                        .hasMessage("counted: all examples have been read; reset the reader");
            }
            reader.reset();
        }
    }

    @Test
    void namesItsClasses() {
        assertThat(Readers.of(pictures(3)).getLabels()).containsExactly("0", "1", "2");
    }

    @Test
    void tellsItsListenersOfEachRecordAndBatch() {
        List<Object> heard = new ArrayList<>();
        PictureRecordReader reader = Readers.of(pictures(3));
        reader.setListeners(new LogRecordListener() {
            @Override
            public void recordRead(RecordReader from, Object record) {
                heard.add(record);
            }
        });

        Object record = reader.next();
        Object batch = reader.next(2);

        assertThat(heard).hasSize(2);
        assertThat(heard.get(0)).isSameAs(record);
        assertThat(heard.get(1)).isSameAs(batch);
    }

    @Test
    void findsRecordsByTheirExamplesWhereverItIs() {
        PictureRecordReader reader = Readers.of(pictures(3));
        reader.next();
        Record second = reader.nextRecord();

        assertThat(((RecordMetaDataIndex) second.getMetaData()).getIndex()).isEqualTo(1);
        assertThat(second.getRecord().get(1).toInt()).isEqualTo(1);
        List<Record> found = reader.loadFromMetaData(
                List.of(new RecordMetaDataIndex(2, null, null), new RecordMetaDataIndex(0, null, null)));
        assertThat(found)
                .extracting(record -> record.getRecord().get(1).toInt())
                .containsExactly(2, 0);
        assertThat(reader.next().get(1).toInt()).isEqualTo(2);
        assertThatThrownBy(() -> reader.loadFromMetaData(new RecordMetaDataURI(URI.create("file:///a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not this reader's metadata: ");
    }

    @Test
    void hasItsExamplesAlready() {
        PictureRecordReader reader = Readers.of(pictures(3));
        NumberedFileInputSplit others = new NumberedFileInputSplit("%d.png", 0, 1);
        DataInputStream stream = new DataInputStream(InputStream.nullInputStream());

        assertThatThrownBy(() -> reader.initialize(others)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> reader.initialize(new Configuration(), others))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> reader.record(URI.create("file:///a"), stream))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void keepsTheConfigurationItIsGiven() {
        PictureRecordReader reader = Readers.of(pictures(3));
        Configuration given = new Configuration();
        reader.setConf(given);

        assertThat(reader.getConf()).isSameAs(given);
    }

    /** As many pictures of one pixel as classes, each of its own. */
    private static Pictures pictures(int count) {
        return new Pictures(
                new DataShape(1, 1, 1, IdxData.classNames(0, count)),
                count,
                Pictures.Levels.inOneArray(IdxBytes.counting(count), 1),
                example -> example,
                Integer::toString,
                Scaling.RAW,
                "counted");
    }
}
