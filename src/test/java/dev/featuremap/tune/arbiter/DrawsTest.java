package dev.featuremap.tune.arbiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Space;
import dev.featuremap.tune.Tuning.Generator;
import dev.featuremap.tune.arbiter.ArbiterSearch.Plan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.data.DataSource;
import org.deeplearning4j.arbiter.optimize.runner.CandidateStatus;
import org.junit.jupiter.api.Test;

/** What is drawn and when, without Arbiter's runner, which looks about only once a second. */
@SuppressWarnings("rawtypes") // as Arbiter's own interfaces are
class DrawsTest {
    @Test
    void randomDrawsTheSameCandidatesTwice() throws Exception {
        List<List<Double>> drawn = drawn(plan(Generator.RANDOM, 40));

        assertThat(drawn).hasSize(40).doesNotHaveDuplicates();
        assertThat(drawn(plan(Generator.RANDOM, 40))).isEqualTo(drawn);
        assertThat(drawn).allSatisfy(values -> {
            assertThat(values.get(0)).isBetween(1e-4, 1e-1);
            assertThat(values.get(1)).isBetween(-1.0, 1.0);
            assertThat(values.get(2)).isBetween(1.0, 9.0).matches(value -> value == Math.rint(value));
            assertThat(values.get(3)).isIn(0.0, 1.0, 2.0);
        });
        assertThat(drawn.stream().filter(values -> values.get(0) < 0.003)).hasSizeBetween(10, 30);
        assertThat(drawn).extracting(values -> values.get(2)).contains(1.0, 9.0);
    }

    @Test
    void anotherSeedDrawsOtherCandidates() throws Exception {
        for (Generator kind : List.of(Generator.RANDOM, Generator.GENETIC)) {
            Plan other = new Plan(kind, 8, false, 10, 3, 12, 0, 1);

            assertThat(drawn(other)).doesNotContainAnyElementsOf(drawn(plan(kind, 10)));
        }
    }

    @Test
    void gridVisitsEveryPointOnce() throws Exception {
        List<List<Double>> drawn = drawn(plan(Generator.GRID, 1000));

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
    void geneticImprovesOnRandomsMedian() throws Exception {
        for (boolean minimize : new boolean[] {false, true}) {
            double sign = minimize ? -1 : 1;
            ToDoubleFunction<double[]> score = values -> sign * Recorded.landscape(values);
            for (long seed = 1; seed <= 3; seed++) {
                double random = median(drawn(new Plan(Generator.RANDOM, seed, minimize, 60, 3, 12, 0, 1), score));
                List<List<Double>> genetic = drawn(new Plan(Generator.GENETIC, seed, minimize, 60, 3, 12, 0, 1), score);

                assertThat(median(genetic)).isGreaterThan(random);
                assertThat(median(genetic.subList(30, 60))).isGreaterThan(median(genetic.subList(0, 30)));
            }
        }
    }

    @Test
    void geneticBreedsAGenerationWhenTheOneBeforeHasEnded() throws Exception {
        Plan plan = plan(Generator.GENETIC, 100);
        Recorded recorded = new Recorded(Recorded::landscape);
        Draws draws = draws(plan, Recorded.SPACES, recorded);

        List<Candidate> random = drawAll(draws);
        assertThat(random).hasSize(8);
        endAllButTheFirst(draws, recorded, random);
        assertThat(draws.hasMoreCandidates()).isFalse();
        end(draws, recorded, random.get(0));

        List<Candidate> bred = drawAll(draws);
        assertThat(bred).extracting(Candidate::getIndex).containsExactly(8, 9, 10, 11);
        endAllButTheFirst(draws, recorded, bred);
        assertThat(draws.hasMoreCandidates()).isFalse();
        end(draws, recorded, bred.get(0));
        assertThat(drawAll(draws)).hasSize(4);
    }

    @Test
    void geneticDrawsTheSameWhateverTheOrderInWhichCandidatesEnd() throws Exception {
        Plan plan = plan(Generator.GENETIC, 30);
        Recorded recorded = new Recorded(Recorded::landscape);
        Draws draws = draws(plan, Recorded.SPACES, recorded);
        for (List<Candidate> some = drawAll(draws); !some.isEmpty(); some = drawAll(draws)) {
            endAllButTheFirst(draws, recorded, some);
            end(draws, recorded, some.get(0));
        }

        assertThat(List.copyOf(recorded.values.values())).hasSize(30).isEqualTo(drawn(plan));
    }

    @Test
    void aCandidateIsDrawnWhenThoseItIsMeasuredAgainstHaveEnded() throws Exception {
        Recorded recorded = new Recorded(Recorded::landscape);
        Draws draws = draws(new Plan(Generator.RANDOM, 7, false, 20, 3, 12, 4, 6), Recorded.SPACES, recorded);

        List<Candidate> first = drawAll(draws);
        assertThat(first).extracting(Candidate::getIndex).containsExactly(0, 1, 2, 3);
        end(draws, recorded, first.get(1));
        assertThat(draws.hasMoreCandidates()).isFalse();
        end(draws, recorded, first.get(0));
        assertThat(drawAll(draws)).extracting(Candidate::getIndex).containsExactly(4, 5);
    }

    @Test
    void isOverWhenAllThatWereDrawnHaveEnded() throws Exception {
        Recorded recorded = new Recorded(Recorded::landscape);
        Draws draws = draws(plan(Generator.RANDOM, 2), Recorded.SPACES, recorded);
        assertThat(draws.isOver()).isFalse();

        List<Candidate> both = drawAll(draws);
        assertThat(both).hasSize(2);
        end(draws, recorded, both.get(0));
        assertThat(draws.isOver()).isFalse();
        end(draws, recorded, both.get(1));
        assertThat(draws.isOver()).isTrue();
        assertThat(new SearchEnd(draws).terminate(null)).isTrue();
    }

    @Test
    void drawsNoMoreWhenNoneMayBegin() throws Exception {
        Recorded recorded = new Recorded(Recorded::landscape).atMost(3);
        Draws draws = draws(plan(Generator.RANDOM, 10), Recorded.SPACES, recorded);

        assertThat(drawnOneByOne(draws, recorded)).hasSize(3);
        assertThat(draws.isOver()).isTrue();
        draws.throwIfBroken();
    }

    @Test
    void endsWhenNothingNewIsInTheSpaces() throws Exception {
        List<Space> few = List.of(new Space.Whole(1, 2), new Space.Choice(List.of("a", "b")));

        for (Generator kind : Generator.values()) {
            Recorded recorded = new Recorded(values -> values[0]);
            Draws draws = draws(plan(kind, 100), few, recorded);

            assertThat(drawnOneByOne(draws, recorded))
                    .as(kind.name())
                    .containsExactlyInAnyOrder(
                            List.of(1.0, 0.0), List.of(1.0, 1.0), List.of(2.0, 0.0), List.of(2.0, 1.0));
            assertThat(draws.isOver()).isTrue();
        }
    }

    @Test
    void goesOnPastCandidatesWithoutAScore() throws Exception {
        ToDoubleFunction<double[]> score = values -> values[3] == 0 ? Double.NaN : Recorded.landscape(values);

        assertThat(drawn(plan(Generator.GENETIC, 30), score)).hasSize(30);
    }

    @Test
    void tellsArbiterWhatBecameOfEachCandidate() throws Exception {
        Recorded recorded = new Recorded(values -> values[3] == 0 ? Double.NaN : Recorded.landscape(values));
        Draws draws = draws(plan(Generator.RANDOM, 10), Recorded.SPACES, recorded);

        for (Candidate candidate : drawAll(draws)) {
            OptimizationResult result = end(draws, recorded, candidate);
            double[] values = draws.values(candidate);
            boolean failed = values[3] == 0;
            assertThat(result.getScore()).isEqualTo(failed ? null : Recorded.landscape(values));
            assertThat(result.getCandidateInfo().getCandidateStatus())
                    .isEqualTo(failed ? CandidateStatus.Failed : CandidateStatus.Complete);
            assertThat(result.getCandidateInfo().getExceptionStackTrace()).isEqualTo(failed ? "no score" : null);
        }
    }

    @Test
    void drawsNoMoreWhenAnEvaluationThrew() throws Exception {
        Recorded recorded = new Recorded(values -> {
            throw Failure.environment("the disk is full", "make room", null);
        });
        Draws draws = draws(plan(Generator.RANDOM, 30), Recorded.SPACES, recorded);

        assertThat(drawnOneByOne(draws, recorded)).hasSize(1);
        assertThat(draws.isOver()).isTrue();
        assertThatThrownBy(draws::throwIfBroken).isInstanceOf(Failure.class).hasMessage("the disk is full");
    }

    private static Plan plan(Generator kind, int candidates) {
        return new Plan(kind, 7, false, candidates, 3, 12, 0, 1);
    }

    private static double median(List<List<Double>> drawn) {
        return new Median()
                .evaluate(drawn.stream()
                        .mapToDouble(values -> Recorded.landscape(
                                values.stream().mapToDouble(v -> v).toArray()))
                        .toArray());
    }

    private static List<List<Double>> drawn(Plan plan) throws Exception {
        return drawn(plan, Recorded::landscape);
    }

    private static List<List<Double>> drawn(Plan plan, ToDoubleFunction<double[]> score) throws Exception {
        Recorded recorded = new Recorded(score);
        return drawnOneByOne(draws(plan, Recorded.SPACES, recorded), recorded);
    }

    private static Draws draws(Plan plan, Collection<Space> spaces, Recorded recorded) {
        Draws draws = new ArbiterSearch(spaces, plan).draws(recorded);
        draws.setRngSeed(plan.seed());
        return draws;
    }

    /** Each drawn when the one before has ended. */
    private static List<List<Double>> drawnOneByOne(Draws draws, Recorded recorded) throws Exception {
        while (draws.hasMoreCandidates()) {
            end(draws, recorded, draws.getCandidate());
        }
        return List.copyOf(recorded.values.values());
    }

    /** As many as can be had while none ends. */
    private static List<Candidate> drawAll(Draws draws) {
        List<Candidate> all = new ArrayList<>();
        while (draws.hasMoreCandidates()) {
            all.add(draws.getCandidate());
        }
        return all;
    }

    private static void endAllButTheFirst(Draws draws, Recorded recorded, List<Candidate> candidates) throws Exception {
        for (int i = candidates.size() - 1; i > 0; i--) {
            end(draws, recorded, candidates.get(i));
        }
    }

    private static OptimizationResult end(Draws draws, Recorded recorded, Candidate candidate) throws Exception {
        return new Evaluations(draws, recorded)
                .create(candidate, (Class<? extends DataSource>) null, null, null, null, null)
                .call();
    }
}
