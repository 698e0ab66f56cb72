package dev.featuremap.tune.arbiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Space;
import dev.featuremap.tune.Tuning;
import dev.featuremap.tune.Tuning.Generator;
import dev.featuremap.tune.TuningFile;
import dev.featuremap.tune.arbiter.ArbiterSearch.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whole searches by Arbiter's runner, a second each at least. */
class ArbiterSearchTest {
    @Test
    void drawsWhatTheFileAsksFor() {
        Path file = Path.of("conf/tune/xo-small.yaml");
        Tuning bred = TuningFile.read(
                file,
                List.of(
                        "tune.generator=genetic",
                        "tune.candidates=20",
                        "tune.seed=5",
                        "tune.population=8",
                        "tune.earlyStopping=median",
                        "tune.metric=accuracy"));
        Tuning grid = TuningFile.read(
                file, List.of("tune.generator=grid", "tune.gridPoints=4", "tune.metric=mse", "tune.candidates=9"));

        assertThat(Plan.of(bred, 2)).isEqualTo(new Plan(Generator.GENETIC, 5, false, 20, 3, 8, 4, 2));
        assertThat(Plan.of(grid, 1))
                .isEqualTo(new Plan(Generator.GRID, grid.seed(), true, 9, 4, grid.population(), 0, 1));
        Recorded recorded = new Recorded(values -> values[0]).atMost(3);
        ArbiterSearch.of(grid, 1).run(recorded);
        assertThat(recorded.values.values())
                .allMatch(values -> values.size() == grid.experiment().spaces().size())
                .hasSize(3);
    }

    @Test
    void endsWithWhatAnEvaluationThrows() {
        Recorded recorded = new Recorded(values -> {
            throw Failure.environment("the disk is full", "make room", null);
        });

        assertThatThrownBy(() -> recorded.search(Recorded.SPACES, plan(Generator.RANDOM, 30, 1)))
                .isInstanceOf(Failure.class)
                .hasMessage("the disk is full");
        assertThat(recorded.values).hasSize(1);
    }

    @Test
    @Tag("slow")
    void drawsTheSameSeveralAtATimeAsOneByOne() {
        for (Generator kind : Generator.values()) {
            List<List<Double>> oneByOne = new Recorded(Recorded::landscape).search(Recorded.SPACES, plan(kind, 30, 1));

            assertThat(paused().search(Recorded.SPACES, plan(kind, 30, 4)))
                    .hasSize(30)
                    .isEqualTo(oneByOne);
        }
    }

    @Test
    @Tag("slow")
    void aCandidateIsDrawnWhenThoseItIsMeasuredAgainstHaveEnded() {
        Recorded recorded = paused();

        recorded.search(Recorded.SPACES, new Plan(Generator.RANDOM, 7, false, 20, 3, 12, 4, 6));

        assertThat(recorded.endedAtStart).hasSize(20);
        recorded.endedAtStart.forEach((index, ended) -> {
            for (int earlier = 0; earlier <= index - 4; earlier++) {
                assertThat(ended).contains(earlier);
            }
        });
    }

    @Test
    @Tag("slow")
    void endsWhenNothingNewIsInTheSpaces() {
        List<Space> few = List.of(new Space.Whole(1, 2), new Space.Choice(List.of("a", "b")));

        for (Generator kind : Generator.values()) {
            assertThat(new Recorded(values -> values[0]).search(few, plan(kind, 100, 2)))
                    .as(kind.name())
                    .containsExactlyInAnyOrder(
                            List.of(1.0, 0.0), List.of(1.0, 1.0), List.of(2.0, 0.0), List.of(2.0, 1.0));
        }
    }

    @Test
    void refusesAGridOfMoreThanAMillionPoints() {
        List<Space> million = Collections.nCopies(6, new Space.Whole(0, 9));
        Plan grid = new Plan(Generator.GRID, 1, false, 10, 10, 12, 0, 1);
        assertThat(new ArbiterSearch(million, grid)).isNotNull();

        for (Space more : List.of(
                new Space.Whole(1, 2), new Space.Uniform(0, 1), new Space.Choice(Collections.nCopies(2, "a")))) {
            List<Space> spaces = new ArrayList<>(million);
            spaces.add(more);
            assertThatThrownBy(() -> new ArbiterSearch(spaces, grid))
                    .isInstanceOf(Failure.class)
                    .hasMessage("generator: found grid, of more than 1000000 points");
            assertThat(new ArbiterSearch(spaces, plan(Generator.RANDOM, 10, 1))).isNotNull();
        }
    }

    private static Plan plan(Generator kind, int candidates, int parallel) {
        return new Plan(kind, 7, false, candidates, 3, 12, 0, parallel);
    }

    /** Candidates that take from nothing to six milliseconds. */
    private static Recorded paused() {
        return new Recorded(values -> {
            try {
                Thread.sleep((long) (1e6 * values[0]) % 7);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Recorded.landscape(values);
        });
    }
}
