package dev.featuremap.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.experiment.KeyDescription;
import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.ComparisonResult.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonFileTest {
    private static final String SMALL = """
            name: small
            base: conf/experiment/xo-cnn.yaml
            seeds: 3
            losses: [mse, mae]
            """;

    @TempDir
    Path folder;

    @Test
    void readsLossesAndSeeds() throws IOException {
        Comparison comparison = read(SMALL);

        assertThat(comparison.seeds().values()).containsExactly(1L, 2L, 3L);
        assertThat(comparison.allMembers()).extracting(Comparison.Member::name).containsExactly("mse", "mae");
        assertThat(comparison.allMembers().get(1).set()).containsExactly("loss=mae");
        assertThat(comparison.metric()).isEmpty();
        assertThat(comparison.learningRates()).isEmpty();
    }

    @Test
    void readsListedSeedsAndMembersOfAnyKind() throws IOException {
        Comparison comparison = read(SMALL + """
                members:
                  - {name: wide, set: ["network.layers[0].filters=32", loss=mse], learningRates: [0.01, 1]}
                """.replace("seeds: 3", ""), "comparison.seeds=[7, 5]");

        assertThat(comparison.seeds().values()).containsExactly(7L, 5L);
        assertThat(comparison.allMembers()).hasSize(3);
        assertThat(comparison.learningRatesOf(comparison.allMembers().get(2))).containsExactly(0.01, 1.0);
    }

    @Test
    void takesOverridesOfItsOwnKeysAndOfEveryMember() throws IOException {
        Comparison comparison = read(SMALL, "training.epochs=1", "comparison.seeds=2", "loss=mae");

        assertThat(comparison.seeds().values()).containsExactly(1L, 2L);
        assertThat(comparison.set()).containsExactly("training.epochs=1", "loss=mae");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "seed=3    | command line: found seed=3; allowed: other keys: the comparison itself sets seed",
                "epochs    | 'command line: found \"epochs\"; allowed: a list of key=value'",
                "comparison.sed=3 | command line: sed: unknown key; allowed: name",
            })
    void refusesAnOverride(String override, String cause) {
        assertThatThrownBy(() -> read(SMALL, override.strip()))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith(cause);
    }

    @Test
    void readsWhatItPrints() throws IOException {
        Comparison comparison = read(
                SMALL + "members: [{name: slow, set: [training.updater.learningRate=0.0001]}]\nmetric: mse\n",
                "comparison.learningRates=[0.001, 0.1]",
                "training.epochs=2");

        String printed = ComparisonFile.print(comparison);

        assertThat(read(printed)).isEqualTo(comparison);
        assertThat(printed).contains("seeds: [1, 2, 3]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "seeds: 3          | seed: 3            | small.yaml:3: seed: unknown key; allowed: name, base, set, seeds,",
                "seeds: 3          | seeds: 0           | small.yaml:3: seeds: found 0; allowed: a whole number n in [1, 1000]",
                "seeds: 3          | seeds: [1, 1]      | small.yaml:3: seeds: found a list of 2; allowed: a whole number n",
                "seeds: 3          | seeds: [-1]        | small.yaml:3: seeds: found a list of 1; allowed: a whole number n",
                "seeds: 3          | seeds: 2.5         | small.yaml:3: seeds: found 2.5; allowed: a whole number n",
                "losses: [mse, mae]| losses: [mse, msa] | small.yaml:4: losses[1]: found msa; allowed: mse, mae, l1",
                "losses: [mse, mae]| losses: [mse]      | small.yaml: members: found 1 members; allowed: 2 or more",
                "losses: [mse, mae]| losses: [mse, mse] | small.yaml: members: found two called mse",
                "name: small       | name: ../small     | small.yaml:1: name: found ../small; allowed: letters",
                "seeds: 3          | metric: loss       | small.yaml:3: metric: found loss; allowed: accuracy, mse, mae or r2",
                "seeds: 3          | learningRates: [0] | small.yaml:3: learningRates: found [0.0]; allowed: different numbers",
                "seeds: 3          | learningRates: [a] | small.yaml:3: learningRates[0]: found a; allowed: a number",
                "seeds: 3          | equivalence: 0     | small.yaml:3: equivalence: found 0; allowed: a number above 0, in percentage",
                "seeds: 3          | equivalence: {loss: 1} | small.yaml:3: equivalence: found a map of loss; allowed: a number above 0",
                "seeds: 3          | equivalence: {acc: 1} | small.yaml:3: equivalence.acc: found acc; allowed: loss, accuracy",
                "seeds: 3          | grid: {loss: [mse, l1]} | 'small.yaml:3: grid: found losses or members beside it; allowed: a grid alone'",
                "losses: [mse, mae]| grid: {loss: [mse]} | small.yaml:4: grid: found a map of loss; allowed: a map from keys",
                "losses: [mse, mae]| grid: {loss: mse}   | small.yaml:4: grid.loss: found mse; allowed: a list of two or more",
                "losses: [mse, mae]| grid: {seed: [1, 2]} | 'small.yaml: set: found seed=1; allowed: other keys'",
                "seeds: 3          | folds: 1           | small.yaml:3: folds: found 1; allowed: a number in [2, 100]",
                "name: small       | name: small\\nseedsAtMost: 2 | small.yaml:2: seedsAtMost: found 2; allowed: 2 seeds or more",
                "seeds: 3          | set: [seed=1]      | small.yaml:3: set: found seed=1; allowed: other keys",
                "seeds: 3          | set: [epochs]      | 'small.yaml:3: set: found \"epochs\"; allowed: a list of key=value'",
            })
    void refuses(String line, String wrong, String cause) {
        String text = SMALL.replace(line.strip(), wrong.strip().replace("\\n", "\n"));
        if (!wrong.strip().startsWith("seed")) {
            text += text.contains("seeds: 3") ? "" : "seeds: 3\n";
        }
        String file = text;
        assertThatThrownBy(() -> read(file)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
            assertThat(failure.getMessage().substring(failure.getMessage().indexOf("small.yaml")))
                    .startsWith(cause.strip());
        });
    }

    @Test
    void makesAMemberOfEachOfAGridsPoints() throws IOException {
        Comparison comparison = read(SMALL.replace("losses: [mse, mae]", """
                grid:
                  loss: [mse, mae]
                  training.batchSize: [5, 10]
                  "network.layers[0].kernel": [3, [5, 3]]
                """));

        assertThat(comparison.allMembers())
                .extracting(Comparison.Member::name)
                .startsWith("mse-batchSize5-kernel3", "mse-batchSize5-kernel_5_3_", "mse-batchSize10-kernel3")
                .hasSize(8);
        assertThat(comparison.allMembers().get(7).set())
                .containsExactly("loss=mae", "training.batchSize=10", "network.layers[0].kernel=[5, 3]");
        assertThat(comparison.levels().get(1))
                .containsOnly(
                        Map.entry("loss", "mse"),
                        Map.entry("training.batchSize", "5"),
                        Map.entry("network.layers[0].kernel", "[5, 3]"));
        assertThat(read(ComparisonFile.print(comparison))).isEqualTo(comparison);
    }

    @Test
    void takesANumberForAccuracysMarginOrAMapOfMargins() throws IOException {
        assertThat(read(SMALL + "equivalence: 0.1\n")
                        .equivalence()
                        .orElseThrow()
                        .of(Metric.ACCURACY))
                .hasValue(0.001);
        Comparison map = read(SMALL + "equivalence: {mse: 0.02, accuracy: 0.5}\n");
        assertThat(map.equivalence().orElseThrow().of(Metric.MSE)).hasValue(0.02);
        assertThat(map.equivalence().orElseThrow().of(Metric.ACCURACY)).hasValue(0.005);
        assertThat(map.equivalence().orElseThrow().of(Metric.R2)).isEmpty();
        assertThat(read(ComparisonFile.print(map))).isEqualTo(map);
    }

    @Test
    void asksWithTheMarginsOfTheMetricsItsMembersHave() throws IOException {
        Comparison comparison = read(SMALL + "equivalence: {mse: 0.02, accuracy: 0.5, r2: 0.1}\nfolds: 4\n");

        assertThat(comparison.question(List.of(Metric.ACCURACY, Metric.MSE, Metric.MAE)))
                .isEqualTo(new Question("accuracy", Map.of("accuracy", 0.005, "mse", 0.02), List.of(3), 4));
        assertThat(read(SMALL).question(List.of(Metric.MSE, Metric.MAE, Metric.R2)))
                .isEqualTo(new Question("r2", null, List.of(3), null));
    }

    @Test
    void takesLearningRatesToAThousand() throws IOException {
        assertThat(read(SMALL + "learningRates: [0.001, 1000]\n").learningRates())
                .containsExactly(0.001, 1000.0);
        assertThatThrownBy(() -> read(SMALL + "learningRates: [1000.1]\n"))
                .hasMessageContaining("learningRates: found [1000.1]; allowed: different numbers in (0, 1000]");
    }

    @Test
    void listsItsKeys() {
        assertThat(ComparisonFile.keys())
                .extracting(KeyDescription::path)
                .startsWith("name", "base", "set", "seeds", "seedsAtMost", "losses", "members")
                .contains("equivalence");
    }

    @Test
    void looksAtMoreAndMoreSeedsUpToTheMost() throws IOException {
        assertThat(read(SMALL).looks().at()).containsExactly(3);
        assertThat(read(SMALL + "seedsAtMost: 10\n").looks().at()).containsExactly(3, 5, 10);
    }

    private Comparison read(String text, String... overrides) throws IOException {
        Path file = folder.resolve("small.yaml");
        Files.writeString(file, text);
        return ComparisonFile.read(file, List.of(overrides));
    }
}
