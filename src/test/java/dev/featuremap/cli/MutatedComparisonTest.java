package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.featuremap.Failure;
import dev.featuremap.compare.ComparisonConsistency;
import dev.featuremap.run.ComparisonDirectory;
import dev.featuremap.run.TuningDirectory;
import dev.featuremap.tune.TuningConsistency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What came of a comparison or a search, with one value made another than its runs and its plan tell. */
@Tag("fault")
class MutatedComparisonTest {
    private static final List<String> SMALL =
            List.of("data.size=9", "data.trainExamples=100", "data.testExamples=40", "training.epochs=1");

    @TempDir
    static Path folder;

    private static List<String> compare;
    private static List<String> tune;

    @BeforeAll
    static void make() {
        compare =
                command("compare", "conf/compare/xo-losses.yaml", "comparison.seeds=2", "comparison.losses=[mse, mae]");
        tune = command("tune", "conf/tune/xo-small.yaml", "tune.candidates=2");
        assertThat(run(compare).exitCode()).isZero();
        assertThat(run(tune).exitCode()).isZero();
    }

    @Test
    void noneOfAComparisonIsBelieved() throws IOException {
        Path file = folder.resolve("compare/comparison.json");
        // Words for people, which a report words anew, and where runs are, which may be moved; which test data were
        // met, the differences tell.
        believeNone(
                file,
                "verdict|conclusion|.*(run_dir|test_data)|members\\[\\d]\\.(overrides)?",
                () -> ComparisonConsistency.require(new ComparisonDirectory(folder.resolve("compare"))));
    }

    @Test
    void noneOfASearchIsBelieved() throws IOException {
        Path file = folder.resolve("tune/tuning.json");
        // Where runs and files are; the values of layers, which a space may leave out of the experiment.
        believeNone(
                file,
                ".*(run_dir|best_file)|candidates\\[\\d]\\.parameters.*",
                () -> TuningConsistency.require(new TuningDirectory(folder.resolve("tune"))));
    }

    @Test
    void aMembersRunThatContradictsItselfIsRefusedByTheReportAndByGoingOn() throws IOException {
        assertRefused(folder.resolve("compare/mse/seed-1/result.json"), compare, "compare");
        assertRefused(folder.resolve("tune/candidates/000/result.json"), tune, "tune");
    }

    private static void assertRefused(Path file, List<String> again, String name) throws IOException {
        String sound = Files.readString(file);
        Files.writeString(file, sound.replaceFirst("\"accuracy\" : [0-9.]+", "\"accuracy\" : 0.123"));
        for (List<String> command :
                List.of(List.of("report", folder.resolve(name).toString()), again)) {
            Run run = run(command);
            assertThat(run.exitCode()).as(command + ": " + run.err()).isEqualTo(4);
            assertThat(run.err()).contains("result.json", "the accuracy is 0.123");
        }
        Files.writeString(file, sound);
        assertThat(run(List.of("report", folder.resolve(name).toString())).exitCode())
                .isZero();
    }

    private static void believeNone(Path file, String leftOut, Runnable read) throws IOException {
        String sound = Files.readString(file);
        List<String> believed = new ArrayList<>();
        for (Mutation mutation : Mutation.of(file, new Random(42))) {
            if (mutation.leaf().replaceFirst("^.*: ", "").matches(leftOut)) {
                continue;
            }
            Files.writeString(file, mutation.text());
            Failure failure = catchThrowableOfType(Failure.class, read::run);
            if (failure == null) {
                believed.add(mutation.leaf());
            } else {
                assertThat(failure.kind()).as(mutation.leaf() + ": " + failure).isEqualTo(Failure.Kind.MODEL);
                assertThat(failure).hasMessageContaining(file.getFileName().toString());
            }
        }
        Files.writeString(file, sound);
        read.run();
        assertThat(believed).isEmpty();
    }

    private static List<String> command(String name, String... more) {
        return Stream.of(
                        Stream.of(name),
                        Stream.of(more),
                        SMALL.stream(),
                        Stream.of("--run-dir", folder.resolve(name).toString()))
                .flatMap(words -> words)
                .toList();
    }

    private static Run run(List<String> command) {
        return Run.of(command.toArray(String[]::new));
    }
}
