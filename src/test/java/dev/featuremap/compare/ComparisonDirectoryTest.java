package dev.featuremap.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.run.OwnedDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonDirectoryTest {
    @TempDir
    Path folder;

    @Test
    void opensAgainForTheSameComparison() throws IOException {
        begin();
        Plans.of(folder).open(path()).close();

        assertThat(path().resolve("comparison.yaml")).content().contains("seeds: [1, 2]");
        assertThat(path().resolve("base.yaml")).content().contains("source: xo");
    }

    @Test
    void growsBySeedsMembersAndAMarginAndDropsTheResultOfWhatItWas() throws IOException {
        begin();
        Files.writeString(path().resolve("comparison.json"), "{}");
        Plans.of(folder, "comparison.seeds=3", "comparison.losses=[mse, l1, mae]", "comparison.equivalence=0.1")
                .open(path())
                .close();

        assertThat(path().resolve("comparison.yaml")).content().contains("seeds: [1, 2, 3]", "- l1", "accuracy: 0.1");
        assertThat(path().resolve("comparison.json")).doesNotExist();
    }

    @Test
    void growsByMembersThatDifferInAnythingAndByRoundsOfSeeds() throws IOException {
        begin();
        Plans.of(folder, "comparison.seedsAtMost=20", "comparison.members=[{name: short, set: [training.epochs=1]}]")
                .open(path())
                .close();

        assertThat(path().resolve("comparison.yaml"))
                .content()
                .contains("seeds: [1, 2]", "seedsAtMost: 20", "- mse", "- mae", "- {name: short,");
    }

    @Test
    void growsByAValueOfItsGrid() throws IOException {
        try (OwnedDirectory directory = Plans.of(
                        folder,
                        "comparison.losses=[]",
                        "comparison.grid={training.batchSize: [5, 10], loss: [mse, mae]}")
                .open(path())) {
            Files.createDirectory(directory.path().resolve("batchSize5-mse"));
        }
        Plans.of(folder, "comparison.losses=[]", "comparison.grid={training.batchSize: [5, 10, 20], loss: [mse, mae]}")
                .open(path())
                .close();

        assertThat(path().resolve("comparison.yaml")).content().contains("training.batchSize: [5, 10, 20]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "comparison.seeds=1         | [seeds: [1, 2]], asked for is [seeds: [1]]",
                "comparison.seeds=[2, 1, 3] | [seeds: [1, 2]], asked for is [seeds: [2, 1, 3]]",
                "comparison.losses=[mse, l1]| [- mae], asked for is [- l1]",
                "comparison.losses=[l1, mse, mae] | [], asked for is [- l1]",
                "comparison.metric=mse      | [metric: null], asked for is [metric: mse]",
                "comparison.folds=3         | [folds: null], asked for is [folds: 3]",
                "comparison.learningRates=[0.1] | [learningRates: []], asked for is [learningRates:; - 0.1]",
            })
    void refusesAnotherComparisonAndSaysWhatDiffers(String override, String difference) throws IOException {
        begin();
        Files.writeString(path().resolve("comparison.json"), "{}");

        assertRefused(
                Plans.of(folder, override),
                Failure.Kind.USAGE,
                " holds another comparison; in its comparison.yaml stands " + difference);
        assertThat(path().resolve("comparison.json")).exists();
    }

    @Test
    void keepsWhatRoundsOfSeedsHangOn() throws IOException {
        try (OwnedDirectory directory =
                Plans.of(folder, "comparison.seedsAtMost=20").open(path())) {
            Files.createDirectory(directory.path().resolve("mse"));
        }
        Plans.of(folder, "comparison.seedsAtMost=20").open(path()).close();

        assertRefused(
                Plans.of(folder, "comparison.seedsAtMost=30", "comparison.equivalence=0.2"),
                Failure.Kind.USAGE,
                " holds another comparison; in its comparison.yaml stands [seedsAtMost: 20; equivalence: null], asked for"
                        + " is [seedsAtMost: 30; equivalence:; accuracy: 0.2]");
        assertRefused(
                Plans.of(folder, "comparison.seeds=3", "comparison.seedsAtMost=20"),
                Failure.Kind.USAGE,
                " holds another comparison; in its comparison.yaml stands [seeds: [1, 2]], asked for is [seeds: [1, 2, 3]]");
    }

    @Test
    void refusesAnotherBaseAndSaysWhatDiffers() throws IOException {
        begin();
        ComparisonPlan plan = Plans.of(folder);
        Path base = folder.resolve("base.yaml");
        Files.writeString(base, Files.readString(base).replace("epochs: 1", "epochs: 9"));

        assertRefused(
                new ComparisonPlan(plan.comparison(), base),
                Failure.Kind.USAGE,
                " holds another comparison; in its base.yaml stands [epochs: 1], asked for is [epochs: 9]");
    }

    @Test
    void opensAgainWhatAnEarlierVersionWroteWithFewerKeysAndAnotherPathToItsBase() throws IOException {
        ComparisonPlan plan = Plans.of(folder);
        begin();
        for (String name : List.of("base.yaml", "comparison.yaml")) {
            Path file = path().resolve(name);
            String before = Files.readString(file);
            String earlier =
                    before.replaceAll("(?m)^ *(shuffle|metric): .*\n", "").replaceAll("(?m)^base: .*", "base: x");
            assertThat(earlier).isNotEqualTo(before);
            Files.writeString(file, earlier);
        }
        plan.open(path()).close();
        assertThat(path().resolve("base.yaml")).content().contains("shuffle: true");
    }

    @Test
    void touchesNoFolderThatIsNoComparisons() throws IOException {
        Files.createDirectory(path());
        Files.writeString(path().resolve("thesis.txt"), "kept");

        assertRefused(Plans.of(folder), Failure.Kind.ENVIRONMENT, " is already there and is not a comparison's folder");
        assertThat(path())
                .isDirectoryContaining("glob:**thesis.txt")
                .isDirectoryNotContaining("glob:**comparison.yaml");
    }

    @Test
    void takesUpAFolderThatAProcessDiedIn() throws IOException {
        Files.createDirectory(path());
        Files.writeString(path().resolve(".lock"), "1234");
        Files.writeString(path().resolve("comparison.yaml.tmp"), "name: sm");

        Plans.of(folder).open(path()).close();

        assertThat(path().resolve("comparison.yaml")).exists();
    }

    @Test
    void keepsASecondProcessOut() throws IOException {
        ComparisonPlan plan = Plans.of(folder);
        try (OwnedDirectory held = plan.open(path())) {
            assertRefused(
                    plan,
                    Failure.Kind.ENVIRONMENT,
                    " is in use by process " + ProcessHandle.current().pid());
            assertThat(held.path()).isEqualTo(path());
        }
        plan.open(path()).close();
    }

    @Test
    void leavesNoFolderInWhichNothingCameToBe() throws IOException {
        Plans.of(folder).open(path()).close();
        assertThat(path()).doesNotExist();
    }

    /** Makes the folder, with something of a first run in it. */
    private void begin() throws IOException {
        try (OwnedDirectory directory = Plans.of(folder).open(path())) {
            Files.createDirectory(directory.path().resolve("mse"));
        }
    }

    private void assertRefused(ComparisonPlan plan, Failure.Kind kind, String cause) {
        assertThatThrownBy(() -> plan.open(path())).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure).hasMessage(path() + cause);
        });
    }

    private Path path() {
        return folder.resolve("c");
    }
}
