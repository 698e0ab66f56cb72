package dev.featuremap.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

class WorkerResultTest {
    private static final int WORKERS = 7;

    @Test
    void countsEachWorkerByItsBatches() {
        WorkerResult mean = WorkerResult.mean(List.of(
                new WorkerResult(0, 3, 6, 1, new float[] {1, 10}), new WorkerResult(1, 1, 4, 2, new float[] {5, 30})));

        assertThat(mean.values()).containsExactly(2, 15);
        assertThat(mean.batches()).isEqualTo(4);
        assertThat(mean.loss()).isEqualTo(10);
        assertThat(mean.seconds()).isEqualTo(3);
    }

    @Test
    void leavesOneWorkersValuesAsTheyAre() {
        float[] values = {0.1f, Float.MIN_VALUE, -3e38f};

        assertThat(WorkerResult.mean(List.of(new WorkerResult(0, 16, 0, 0, values)))
                        .values())
                .containsExactly(values);
    }

    @Test
    void meansTheSameWhoeverComesFirst() {
        List<WorkerResult> parts = parts();
        float[] mean = WorkerResult.mean(parts).values();

        for (int i = 0; i < 10; i++) {
            Collections.shuffle(parts, new Random(i));
            assertThat(WorkerResult.mean(parts).values()).containsExactly(mean);
        }
    }

    @Test
    void meansTheSameSliceBySlice() {
        List<WorkerResult> parts = parts();
        List<Tuple2<Integer, WorkerResult>> means = new ArrayList<>();
        for (int slice = 0; slice < WORKERS; slice++) {
            int number = slice;
            means.add(new Tuple2<>(
                    number,
                    WorkerResult.mean(parts.stream()
                            .map(part -> part.slices(WORKERS).get(number))
                            .toList())));
        }
        Collections.shuffle(means, new Random(1));

        WorkerResult joined = WorkerResult.joined(means);

        assertThat(joined.values()).containsExactly(WorkerResult.mean(parts).values());
        assertThat(joined.batches()).isEqualTo(WorkerResult.mean(parts).batches());
    }

    private static List<WorkerResult> parts() {
        Random random = new Random(42);
        List<WorkerResult> parts = new ArrayList<>();
        for (int worker = 0; worker < WORKERS; worker++) {
            float[] values = new float[1000];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(20) - 10));
            }
            parts.add(new WorkerResult(worker, 1 + worker % 2, 0, 0, values));
        }
        return parts;
    }
}
