package dev.featuremap.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.run.RunStatus;
import dev.featuremap.run.TuningResult;
import dev.featuremap.run.TuningResult.Candidate;
import dev.featuremap.run.TuningResult.Space;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImportanceTest {
    private static final List<Space> SPACES = List.of(
            new Space("rate", "log", 0.0, 1.0, null),
            new Space("loss", "choice", null, null, List.of("mse", "mae")),
            new Space("noise", "uniform", 0.0, 1.0, null));

    @Test
    void givesTheSpaceThatDecidesItsShare() {
        Random random = new Random(5);
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            double rate = random.nextDouble();
            candidates.add(candidate(i, rate, rate, random.nextBoolean() ? "mse" : "mae", random.nextDouble()));
        }

        List<TuningResult.Importance> importance = Importance.of(SPACES, candidates);

        assertThat(importance).extracting(TuningResult.Importance::key).containsExactly("rate", "loss", "noise");
        assertThat(importance.get(0).share()).isBetween(0.85, 0.95); // 8/9 for three groups of ranks in order
        assertThat(importance.get(0).correlation()).isEqualTo(1, within(1e-12));
        assertThat(importance.get(1).share()).isLessThan(0.15);
        assertThat(importance.get(1).correlation()).isNull();
        assertThat(importance.get(2).share()).isLessThan(0.15);
    }

    @Test
    void showsNothingOnAverageWhenNothingDecides() {
        Random random = new Random(5);
        double sum = 0;
        for (int round = 0; round < 50; round++) {
            List<Candidate> candidates = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                candidates.add(candidate(i, random.nextDouble(), random.nextDouble(), "mse", random.nextDouble()));
            }
            sum += Importance.of(SPACES, candidates).get(0).share();
        }
        assertThat(sum / 50).isLessThan(0.06);
    }

    @Test
    void givesAChoiceThatDecidesAllOfItsShare() {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            boolean mse = i % 2 == 0;
            candidates.add(candidate(i, mse ? 1 : 0, 0.5, mse ? "mse" : "mae", 0.5));
        }

        List<TuningResult.Importance> importance = Importance.of(SPACES, candidates);

        assertThat(importance.get(1).share()).isEqualTo(1, within(1e-12));
        assertThat(importance.get(0).share()).isZero();
        assertThat(importance.get(0).correlation()).isNull();
    }

    @Test
    void saysNothingOfFewerThanTwelveCandidates() {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            candidates.add(candidate(i, i, i, "mse", i));
        }
        candidates.add(new Candidate(11, Map.of("rate", 0.5), RunStatus.FAILED, "why", null, null, null, null, null));

        assertThat(Importance.of(SPACES, candidates)).isEmpty();

        candidates.add(candidate(12, 12, 12, "mse", 12));
        assertThat(Importance.of(SPACES, candidates))
                .extracting(TuningResult.Importance::candidates)
                .containsOnly(12);
    }

    private static Candidate candidate(int index, double score, double rate, String loss, double noise) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("rate", rate);
        parameters.put("loss", loss);
        parameters.put("noise", noise);
        return new Candidate(index, parameters, RunStatus.DONE, null, score, 1, null, null, "run");
    }
}
