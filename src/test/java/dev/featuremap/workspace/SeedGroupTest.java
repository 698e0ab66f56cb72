package dev.featuremap.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.run.ComparisonResult.Summary;
import dev.featuremap.run.RunTags;
import dev.featuremap.workspace.Entry.Kind;
import dev.featuremap.workspace.Entry.Outcome;
import dev.featuremap.workspace.Entry.State;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;

class SeedGroupTest {
    @Test
    void groupsRunsThatAreEqualButForTheSeed() {
        List<SeedGroup> groups = SeedGroup.of(List.of(
                run("a", 1, "mse", 0.9), run("b", 2, "mae", 0.8), run("c", 3, "mse", 0.7), run("d", 1, "mse", 0.1)));

        assertThat(groups).extracting(SeedGroup::runs).containsExactly(List.of("a", "c"), List.of("b"));
        assertThat(groups.get(0).seeds()).containsExactly(1L, 3L);
        assertThat(groups.get(0).settings()).containsEntry("loss", "mse").doesNotContainKey("seed");
        assertThat(groups.get(1).summary().get("accuracy").ci95()).isNull();
    }

    @Test
    void leavesOutWhatHasNoScores() {
        Entry without = new Entry(
                "x",
                Path.of("x"),
                Kind.RUN,
                Instant.EPOCH,
                new State("going on", null),
                Outcome.NONE,
                RunTags.NONE,
                Map.of("seed", "1"));

        assertThat(SeedGroup.of(List.of(without))).isEmpty();
    }

    /** The interval is Student's t as commons-math3 has it, on the scale of log odds, and of logarithms. */
    @Test
    void agreesWithCommonsMathOnRandomGroups() {
        Random random = new Random(30);
        for (int i = 0; i < 200; i++) {
            List<Entry> runs = new ArrayList<>();
            Map<String, SummaryStatistics> expected = new HashMap<>();
            int size = 20 + random.nextInt(40);
            for (int seed = 0; seed < size; seed++) {
                String loss = random.nextBoolean() ? "mse" : "mae";
                double accuracy = 0.5 + 0.49 * random.nextDouble();
                runs.add(run("run-" + seed, seed, loss, accuracy));
                expected.computeIfAbsent(loss, none -> new SummaryStatistics()).addValue(accuracy);
            }
            for (SeedGroup group : SeedGroup.of(runs)) {
                SummaryStatistics values = expected.get(group.settings().get("loss"));
                Summary accuracy = group.summary().get("accuracy");
                double t = new TDistribution(values.getN() - 1).inverseCumulativeProbability(0.975);
                double mean = values.getMean();
                double half = t * values.getStandardDeviation() / Math.sqrt((double) values.getN());
                double logit = Math.log(mean / (1 - mean));
                double onLogit = half / (mean * (1 - mean));
                assertThat(accuracy.n()).isEqualTo((int) values.getN());
                assertThat(accuracy.mean()).isCloseTo(mean, within(1e-12));
                assertThat(accuracy.sd()).isCloseTo(values.getStandardDeviation(), within(1e-12));
                assertThat(accuracy.ci95().get(0)).isCloseTo(1 / (1 + Math.exp(onLogit - logit)), within(1e-12));
                assertThat(accuracy.ci95().get(1)).isCloseTo(1 / (1 + Math.exp(-onLogit - logit)), within(1e-12));
                // The loss is 1 − accuracy here: the same spread about another mean.
                Summary loss = group.summary().get("loss");
                assertThat(loss.ci95().get(0)).isCloseTo((1 - mean) * Math.exp(-half / (1 - mean)), within(1e-12));
                assertThat(loss.ci95().get(1)).isCloseTo((1 - mean) * Math.exp(half / (1 - mean)), within(1e-12));
            }
        }
    }

    private static Entry run(String name, long seed, String loss, double accuracy) {
        return new Entry(
                name,
                Path.of(name),
                Kind.RUN,
                Instant.EPOCH,
                new State("done", null),
                new Outcome(1, 1.0, "onednn", Map.of("accuracy", accuracy, "loss", 1 - accuracy)),
                RunTags.NONE,
                Map.of("name", "letters", "seed", Long.toString(seed), "loss", loss));
    }
}
