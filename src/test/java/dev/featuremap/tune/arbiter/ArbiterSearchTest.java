package dev.featuremap.tune.arbiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Space;
import dev.featuremap.tune.Search;
import dev.featuremap.tune.Tuning.Generator;
import dev.featuremap.tune.arbiter.ArbiterSearch.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class ArbiterSearchTest {
    private static final List<Space> SPACES = List.of(
            new Space.Log(1e-4, 1e-1),
            new Space.Uniform(-1, 1),
            new Space.Whole(1, 9),
            new Space.Choice(List.of("a", "b", "c")));

    /** A peak at 10^-2.5, 0.5, 7 and b, falling off in every direction. */
    private static double landscape(double[] values) {
        return 1
                - 0.2 * Math.abs(Math.log10(values[0]) + 2.5)
                - 0.5 * Math.abs(values[1] - 0.5)
                - 0.05 * Math.abs(values[2] - 7)
                - (values[3] == 1 ? 0 : 0.2);
    }

    @Test
    void randomDrawsTheSameCandidatesTwice() {
        List<List<Double>> drawn = drawn(plan(Generator.RANDOM, 40, 1), SPACES);

        assertThat(drawn).hasSize(40).doesNotHaveDuplicates();
        assertThat(drawn(plan(Generator.RANDOM, 40, 1), SPACES)).isEqualTo(drawn);
        assertThat(drawn).allSatisfy(values -> {
            assertThat(values.get(0)).isBetween(1e-4, 1e-1);
            assertThat(values.get(1)).isBetween(-1.0, 1.0);
            assertThat(values.get(2)).isBetween(1.0, 9.0).matches(value -> value == Math.rint(value));
            assertThat(values.get(3)).isIn(0.0, 1.0, 2.0);
        });
    }

    @Test
    void anotherSeedDrawsOtherCandidates() {
        Plan other = new Plan(Generator.RANDOM, 8, false, 10, 3, 12, 0, 1);

        assertThat(drawn(other, SPACES)).doesNotContainAnyElementsOf(drawn(plan(Generator.RANDOM, 10, 1), SPACES));
    }

    @Test
    void gridVisitsEveryPointOnce() {
        List<List<Double>> drawn = drawn(plan(Generator.GRID, 1000, 2), SPACES);

        List<List<Double>> points = new ArrayList<>();
        for (double log : new double[] {1e-4, 0.00316228, 1e-1}) {
            for (double real : new double[] {-1, 0, 1}) {
                for (double whole : new double[] {1, 5, 9}) {
                    for (double option : new double[] {0, 1, 2}) {
                        points.add(List.of(log, real, whole, option));
                    }
                }
            }
        }
        assertThat(drawn).containsExactlyInAnyOrderElementsOf(points);
    }

    @Test
    void geneticImprovesOnRandomsMedian() {
        for (long seed = 1; seed <= 3; seed++) {
            double random = new Median().evaluate(scores(new Plan(Generator.RANDOM, seed, false, 60, 3, 12, 0, 1)));
            double[] genetic = scores(new Plan(Generator.GENETIC, seed, false, 60, 3, 12, 0, 1));

            assertThat(new Median().evaluate(genetic)).isGreaterThan(random);
            assertThat(new Median().evaluate(Arrays.copyOfRange(genetic, 30, 60)))
                    .isGreaterThan(new Median().evaluate(Arrays.copyOfRange(genetic, 0, 30)));
        }
    }

    @Test
    void geneticDrawsTheSameWhateverTheOrderInWhichCandidatesEnd() {
        List<List<Double>> oneByOne = drawn(plan(Generator.GENETIC, 30, 1), SPACES);

        List<List<Double>> fourAtATime = new Recorded(values -> {
                    pause((long) (1e6 * values[0]) % 7);
                    return landscape(values);
                })
                .run(plan(Generator.GENETIC, 30, 4), SPACES);

        assertThat(fourAtATime).isEqualTo(oneByOne);
    }

    @Test
    void aCandidateIsDrawnWhenThoseItIsMeasuredAgainstHaveEnded() {
        Recorded recorded = new Recorded(values -> {
            pause((long) (1e6 * values[0]) % 7);
            return landscape(values);
        });

        recorded.run(new Plan(Generator.RANDOM, 7, false, 20, 3, 12, 4, 6), SPACES);

        assertThat(recorded.endedAtStart).hasSize(20);
        recorded.endedAtStart.forEach((index, ended) -> {
            for (int earlier = 0; earlier <= index - 4; earlier++) {
                assertThat(ended).contains(earlier);
            }
        });
    }

    @Test
    void endsWhenNothingNewIsInTheSpaces() {
        List<Space> few = List.of(new Space.Whole(1, 2), new Space.Choice(List.of("a", "b")));

        for (Generator kind : Generator.values()) {
            assertThat(drawn(plan(kind, 100, 2), few))
                    .as(kind.name())
                    .containsExactlyInAnyOrder(
                            List.of(1.0, 0.0), List.of(1.0, 1.0), List.of(2.0, 0.0), List.of(2.0, 1.0));
        }
    }

    @Test
    void goesOnPastCandidatesWithoutAScore() {
        Recorded recorded = new Recorded(values -> values[3] == 0 ? Double.NaN : landscape(values));

        assertThat(recorded.run(plan(Generator.GENETIC, 30, 2), SPACES)).hasSize(30);
    }

    @Test
    void endsWithWhatAnEvaluationThrows() {
        Recorded recorded = new Recorded(values -> {
            throw Failure.environment("the disk is full", "make room", null);
        });

        assertThatThrownBy(() -> recorded.run(plan(Generator.RANDOM, 30, 1), SPACES))
                .isInstanceOf(Failure.class)
                .hasMessage("the disk is full");
        assertThat(recorded.values).hasSize(1);
    }

    @Test
    void refusesAGridOfMoreThanAMillionPoints() {
        List<Space> many = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            many.add(new Space.Whole(0, 9));
        }

        assertThatThrownBy(() -> new ArbiterSearch(many, new Plan(Generator.GRID, 1, false, 10, 10, 12, 0, 1)))
                .isInstanceOf(Failure.class)
                .hasMessage("generator: found grid, of more than 1000000 points");
    }

    private static Plan plan(Generator kind, int candidates, int parallel) {
        return new Plan(kind, 7, false, candidates, 3, 12, 0, parallel);
    }

    private static List<List<Double>> drawn(Plan plan, List<Space> spaces) {
        return new Recorded(values -> values.length == 4 ? landscape(values) : values[0]).run(plan, spaces);
    }

    private static double[] scores(Plan plan) {
        return drawn(plan, SPACES).stream()
                .mapToDouble(values ->
                        landscape(values.stream().mapToDouble(value -> value).toArray()))
                .toArray();
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a search drew, by index. */
    private static final class Recorded implements Search.Evaluation {
        private final Map<Integer, List<Double>> values = new TreeMap<>();
        private final Map<Integer, List<Integer>> endedAtStart = new TreeMap<>();
        private final List<Integer> ended = new ArrayList<>();
        private final ToDoubleFunction<double[]> score;

        Recorded(ToDoubleFunction<double[]> score) {
            this.score = score;
        }

        List<List<Double>> run(Plan plan, List<Space> spaces) {
            new ArbiterSearch(spaces, plan).run(this);
            return List.copyOf(values.values());
        }

        @Override
        public Object identity(double[] point) {
            return Arrays.stream(point).boxed().toList();
        }

        @Override
        public OptionalDouble evaluate(int index, double[] point) {
            synchronized (this) {
                values.put(index, Arrays.stream(point).boxed().toList());
                endedAtStart.put(index, List.copyOf(ended));
            }
            double reached = score.applyAsDouble(point);
            synchronized (this) {
                ended.add(index);
            }
            return Double.isNaN(reached) ? OptionalDouble.empty() : OptionalDouble.of(reached);
        }

        @Override
        public boolean mayBegin() {
            return true;
        }
    }
}
