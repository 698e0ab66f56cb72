package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StepLogTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void file() {
        file = folder.resolve("steps.csv");
    }

    @Test
    void holdsLossAndLearningRateOfEachStep() throws IOException {
        try (StepLog log = new StepLog(file)) {
            log.add(new StepRow(1, 0.6931471805599453, 0.01));
            log.add(new StepRow(2, 1e-9, null));
            log.flush();
            assertThat(file).hasContent("step,loss,learning_rate\n1,0.6931471805599453,0.01\n2,1.0E-9,\n");
            log.add(new StepRow(3, 0.5, 0.005));
            log.flush();
        }
        assertThat(StepRow.read(file))
                .containsExactly(
                        new StepRow(1, 0.6931471805599453, 0.01),
                        new StepRow(2, 1e-9, null),
                        new StepRow(3, 0.5, 0.005));
    }

    @ParameterizedTest
    @CsvSource({"20000, 1, 20000", "20001, 2, 10000", "40001, 2, 20000", "40002, 4, 10000", "170000, 16, 10625"})
    void hasNoMoreThanTwentyThousandRowsEvenlySpread(int steps, int every, int rows) {
        write(0, steps);
        List<StepRow> there = StepRow.read(file);
        assertThat(there).hasSize(rows);
        assertThat(there.get(0).step()).isEqualTo(every);
        assertThat(there.get(rows - 1).step()).isEqualTo((long) rows * every);
        assertThat(there).allSatisfy(row -> assertThat(row.step() % every).isZero());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 19_999, 20_001, 39_000, 40_002})
    void isAfterACutWhatItWouldHaveBeenWithout(int cut) throws IOException {
        write(0, 41_000);
        String whole = Files.readString(file);
        Files.delete(file);
        write(0, cut + 100);
        try (StepLog log = new StepLog(file)) {
            log.restore(cut);
        }
        write(cut, 41_000);
        assertThat(Files.readString(file)).isEqualTo(whole);
    }

    @Test
    void whatAPowerCutTookIsLeftOutAndTheRunGoesOn() throws IOException {
        Files.writeString(file, "step,loss,learning_rate\n1,0.5,\n2,0.4,\n\0\0\0\n3,0.3,\n");
        assertThatThrownBy(() -> StepRow.read(file))
                .isInstanceOf(Failure.class)
                .hasMessage(file + " cannot be read: line 4 is not a row of steps");
        write(3, 4);
        assertThat(StepRow.read(file)).extracting(StepRow::step).containsExactly(1L, 2L, 4L);
    }

    @Test
    void whoeverWatchesReadsWhatIsNew() throws IOException {
        write(0, 1000);
        assertThat(StepRow.readAfter(file, 0)).isEqualTo(StepRow.read(file));
        assertThat(StepRow.readAfter(file, 998)).extracting(StepRow::step).containsExactly(999L, 1000L);
        assertThat(StepRow.readAfter(file, 1000)).isEmpty();
        Files.writeString(file, "step,loss,learning_rate\n");
        assertThat(StepRow.readAfter(file, 0)).isEmpty();
        Files.writeString(file, "step,loss,learning_rate\n1,0.5,0.1\nx\n");
        assertThatThrownBy(() -> StepRow.readAfter(file, 0))
                .hasMessage(file + " cannot be read: 'x' is not a row of steps");
    }

    @Test
    void aStepIsThereAQuarterOfASecondAfterTheOnesBefore() {
        AtomicLong clock = new AtomicLong();
        try (StepLog log = new StepLog(file, clock::get)) {
            clock.set(StepLog.NANOSECONDS_BETWEEN - 1);
            log.add(new StepRow(1, 0.5, null));
            assertThat(file).doesNotExist();
            clock.set(StepLog.NANOSECONDS_BETWEEN);
            log.add(new StepRow(2, 0.5, null));
            assertThat(StepRow.read(file)).extracting(StepRow::step).containsExactly(1L, 2L);
            log.add(new StepRow(3, 0.5, null));
            assertThat(StepRow.read(file)).hasSize(2);
            clock.set(2 * StepLog.NANOSECONDS_BETWEEN);
            log.add(new StepRow(4, 0.5, null));
            assertThat(StepRow.read(file)).hasSize(4);
        }
    }

    @Test
    void aRowThatIsJustBeingWrittenIsNone() throws IOException {
        Files.writeString(file, "step,loss,learning_rate\n1,0.5,0.1\n2,0.4");
        assertThat(StepRow.read(file)).containsExactly(new StepRow(1, 0.5, 0.1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0,0.5,", "x,0.5,", "2,NaN,", "2,0.5", "2,0.5,0.1,1", "2,0.5,Infinity", "1,0.5,0.1", "2,,0.1", ""
            })
    void refusesWhatIsNoRow(String line) throws IOException {
        Files.writeString(file, "step,loss,learning_rate\n1,0.5,0.1\n" + line + "\n");
        assertThatThrownBy(() -> StepRow.read(file)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Failure.Kind.MODEL);
            assertThat(failure).hasMessage(file + " cannot be read: line 3 is not a row of steps");
        });
    }

    /** Goes on after a step to another, each with a loss of its own. */
    private void write(int after, int until) {
        try (StepLog log = new StepLog(file)) {
            log.restore(after);
            for (int step = after + 1; step <= until; step++) {
                log.add(new StepRow(step, 1.0 / step, step % 3 == 0 ? null : 0.1));
            }
            log.flush();
        }
    }
}
