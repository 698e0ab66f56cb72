package dev.featuremap.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.data.BatchMemory;
import dev.featuremap.data.DataFolder;
import dev.featuremap.data.Datasets;
import dev.featuremap.engine.Engine;
import dev.featuremap.engine.Engines;
import dev.featuremap.engine.StepSeed;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.TrainingSpec;
import dev.featuremap.network.ModelArchive;
import dev.featuremap.network.NetworkBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

@Timeout(60)
class ReadAheadTest {
    /** After these many batches the thread reads, where turns are long. */
    private static final int TRIED = 17;

    private static final int LONG_TURN = 2;
    private static final int SHORT_TURN = 1;

    /** Letters in 45 batches, of which the last is smaller. */
    private static final Experiment EXPERIMENT = Runs.small("data.trainExamples=1420");

    private static final int BATCHES = 45;

    private static final Datasets DATA = Datasets.open(EXPERIMENT.data(), 7, DataFolder.withoutFetching(Path.of(".")));

    private final Reading reading = new Reading();

    @ParameterizedTest
    @ValueSource(ints = {SHORT_TURN, LONG_TURN})
    void givesTheSameBatchesInTheSameOrder(int millisecondsPerTurn) {
        List<DataSet> plain = all(batches());
        try (ReadAhead ahead = reading(millisecondsPerTurn)) {
            assertThat(all(ahead)).isEqualTo(plain).hasSize(BATCHES);
            assertThat(plain.get(BATCHES - 1).numExamples()).isEqualTo(12);
            assertThat(ahead.hasNext()).isFalse();
            assertThatThrownBy(ahead::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void readsOnAThreadOfItsOwnOnceTurnsProveLong() {
        try (ReadAhead ahead = reading(LONG_TURN)) {
            all(ahead);
        }
        assertThat(reading.threads.subList(0, TRIED)).containsOnly(Thread.currentThread());
        assertThat(reading.threads.subList(TRIED, BATCHES))
                .hasSize(BATCHES - TRIED)
                .doesNotContain(Thread.currentThread());
    }

    @Test
    void readsWhereBatchesAreTakenWhileTurnsAreShort() {
        try (ReadAhead ahead = reading(SHORT_TURN)) {
            all(ahead);
        }
        assertThat(reading.threads).hasSize(BATCHES).containsOnly(Thread.currentThread());
    }

    @Test
    void readsNoMoreThanThreeBatchesThatNobodyHasTaken() throws Exception {
        try (ReadAhead ahead = reading(LONG_TURN)) {
            take(ahead, TRIED);
            reading.waitFor(TRIED + 3);
            Thread.sleep(50); // whatever would be read too much had time to be
            assertThat(reading.batches).hasSize(TRIED + 3);
            take(ahead, 1);
            reading.waitFor(TRIED + 4);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 4", "2, 4", "2, 30"})
    void throwsWhatReadingThrowsInTheBatchsPlace(int millisecondsPerTurn, int damaged) {
        Failure failure = Failure.data("picture 1000 is damaged", "repair it");
        reading.failAt(damaged, failure);
        try (ReadAhead ahead = reading(millisecondsPerTurn)) {
            take(ahead, damaged);
            assertThat(ahead.hasNext()).isTrue();
            assertThatThrownBy(ahead::next).isSameAs(failure);
            assertThat(ahead.hasNext()).isFalse();
        }
    }

    @Test
    void throwsErrorsOfTheThreadToo() {
        OutOfMemoryError error = new OutOfMemoryError("Java heap space");
        reading.failAt(30, error);
        try (ReadAhead ahead = reading(LONG_TURN)) {
            take(ahead, 30);
            assertThatThrownBy(ahead::next).isSameAs(error);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, TRIED, TRIED + 1, BATCHES})
    void closingAnywhereEndsTheThreadAndFreesWhatNobodyTook(int taken) throws Exception {
        ReadAhead ahead = reading(LONG_TURN);
        take(ahead, taken);
        assertThat(ahead.hasNext()).isEqualTo(taken < BATCHES);
        ahead.close();
        ahead.close();
        for (Thread thread : reading.threads) {
            if (thread != Thread.currentThread()) {
                thread.join();
            }
        }
        assertThat(reading.batches.subList(0, taken)).noneMatch(ReadAheadTest::isFreed);
        assertThat(reading.batches.subList(taken, reading.batches.size())).allMatch(ReadAheadTest::isFreed);
        assertThatThrownBy(ahead::hasNext).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anInterruptedTakerStillGetsEveryBatch() {
        try (ReadAhead ahead = reading(LONG_TURN)) {
            Thread.currentThread().interrupt();
            assertThat(all(ahead)).hasSize(BATCHES);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TrainingSpec.Engine.class,
            names = {"ND4J", "ONEDNN"})
    void trainsToTheSameParametersBitForBit(TrainingSpec.Engine engine) {
        try (ReadAhead ahead = reading(LONG_TURN)) {
            assertThat(parametersAfter(engine, ahead)).isEqualTo(parametersAfter(engine, batches()));
        }
        assertThat(reading.threads).contains(Thread.currentThread()).hasSizeGreaterThan(TRIED);
        assertThat(reading.threads.get(BATCHES - 1)).isNotSameAs(Thread.currentThread());
    }

    private static String parametersAfter(TrainingSpec.Engine choice, Iterator<DataSet> batches) {
        try (Engine engine = Engines.open(
                choice,
                TrainingSpec.Precision.F32,
                NetworkBuilder.network(NetworkBuilder.configuration(EXPERIMENT, DATA.shape())))) {
            for (int step = 0; batches.hasNext(); step++) {
                DataSet batch = batches.next();
                engine.step(batch, StepSeed.of(7, step));
                BatchMemory.free(batch);
            }
            return ModelArchive.parametersSha256(engine.network());
        }
    }

    private static DataSetIterator batches() {
        return DATA.train().shuffled(32, 7, 1);
    }

    /** Reads ahead, with a clock that lets each turn last as long. */
    private ReadAhead reading(int millisecondsPerTurn) {
        DataSetIterator source = batches();
        source.setPreProcessor(reading);
        long[] now = {0};
        LongSupplier clock = () -> now[0] += millisecondsPerTurn * 1_000_000L;
        return new ReadAhead(source, clock);
    }

    private static void take(ReadAhead ahead, int count) {
        for (int i = 0; i < count; i++) {
            ahead.next();
        }
    }

    private static List<DataSet> all(Iterator<DataSet> batches) {
        List<DataSet> all = new ArrayList<>();
        batches.forEachRemaining(all::add);
        return all;
    }

    private static boolean isFreed(DataSet batch) {
        return batch.getFeatures().wasClosed() && batch.getLabels().wasClosed();
    }

    /** What is read, by which thread, up to where something is thrown instead. */
    private static final class Reading implements DataSetPreProcessor {
        private static final long serialVersionUID = 1L;

        private final transient List<DataSet> batches = Collections.synchronizedList(new ArrayList<>());
        private final transient List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
        private int damaged = -1;
        private transient Throwable thrown;

        void failAt(int batch, Throwable thrown) {
            damaged = batch;
            this.thrown = thrown;
        }

        @Override
        public void preProcess(org.nd4j.linalg.dataset.api.DataSet batch) {
            if (batches.size() == damaged && thrown instanceof Error error) {
                throw error;
            }
            if (batches.size() == damaged) {
                throw (RuntimeException) thrown;
            }
            threads.add(Thread.currentThread());
            batches.add((DataSet) batch);
        }

        void waitFor(int count) throws InterruptedException {
            while (batches.size() < count) {
                Thread.sleep(1);
            }
        }
    }
}
