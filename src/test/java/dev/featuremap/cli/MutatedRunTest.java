package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.featuremap.Failure;
import dev.featuremap.Sha256;
import dev.featuremap.Stress;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.train.SavedRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs in one of whose files one value was made another: valid in form, but contradicted by another file, or by the same. */
@Tag("fault")
class MutatedRunTest {
    /** What nothing else in a run tells of, and why. */
    private static final Map<String, String> LEFT_OUT = Map.ofEntries(
            Map.entry("result.json: run_dir", "a run may be moved"),
            Map.entry(
                    "provenance.json: (versions|backend|machine|git).*", "the machine and the versions are told once"),
            Map.entry("provenance.json: seeds.(?!run).*", "how each seed is used is told in words"),
            Map.entry("provenance.json: end", "when a run ended is told once"),
            Map.entry("input.json: (resize|scaling.formula)", "words for people"),
            Map.entry("input.json: ground.(?!tone).*", "measured over pictures that a run does not hold"),
            Map.entry("mistakes.json: worst.*(place|png)", "where a picture is and what it shows is with the data"),
            Map.entry("network.json: .*(iterationCount|epochCount|variables.*)", "filled in by DL4J"),
            Map.entry("state.json: history.(threads|held_out_by)", "the machine and the version are told once"),
            Map.entry("state.json: history.start", "provenance.json tells it too, once a run has ended"),
            Map.entry(
                    "state.json: (sha256|files.*)",
                    "damage, after which the checkpoint before serves: MutatedCheckpointTest"));

    private static final List<String> SMALL = List.of(
            "data.size=9",
            "data.trainExamples=160",
            "data.testExamples=60",
            "training.epochs=3",
            "training.keepBest=true",
            "training.earlyStopping={metric: loss, patience: 3}");

    @TempDir
    static Path folder;

    private static Path ended;
    private static Path stopped;

    @BeforeAll
    static void train() throws IOException {
        ended = folder.toRealPath().resolve("ended");
        Run run = Run.of(Stream.concat(Stream.of("train", "--quiet", "--run-dir", ended.toString()), SMALL.stream())
                .toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        stopped = folder.toRealPath().resolve("stopped");
        copy(ended, stopped);
        for (String name : List.of(
                "result.json", "model.zip", "predictions.csv", "mistakes.json", "provenance.json", "report.html")) {
            Files.delete(stopped.resolve(name));
        }
        Path metrics = stopped.resolve(newestState(stopped)).resolveSibling("metrics.csv");
        Files.copy(metrics, stopped.resolve("metrics.csv"), StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void noneOfARunThatHasEndedIsBelieved() throws IOException {
        int tried = believeNone(
                ended,
                List.of(
                        "result.json",
                        "metrics.csv",
                        "predictions.csv",
                        "mistakes.json",
                        "input.json",
                        "provenance.json",
                        "network.json",
                        newestState(ended)));
        assertThat(tried).isGreaterThan(500);
        Stress.tell(42, "values of a run changed so that they contradict another, and believed", "0 of " + tried);
    }

    @Test
    void noneOfARunThatWasStoppedIsBelieved() throws IOException {
        assertThat(believeNone(stopped, List.of("metrics.csv", "input.json", newestState(stopped))))
                .isGreaterThan(100);
    }

    @Test
    void everyCommandRefusesIt() throws IOException {
        for (String name : List.of(
                "result.json", "metrics.csv", "predictions.csv", "mistakes.json", "input.json", newestState(ended))) {
            Path file = ended.resolve(name);
            String sound = Files.readString(file);
            List<Mutation> mutations = mutations(file);
            Mutation mutation = mutations.get(new Random(name.length()).nextInt(mutations.size()));
            Files.writeString(file, sealed(mutation));
            for (List<String> command : List.of(
                    List.of("report", ended.toString()),
                    List.of("evaluate", ended.toString()),
                    List.of("predict", ended + "#1"),
                    List.of("explain", ended + "#1"),
                    List.of("play", ended.toString()),
                    List.of("export", ended.toString(), "--onnx", folder.resolve("model.onnx") + ""),
                    List.of("report", stopped.toString(), ended.toString(), "--out", folder.resolve("2.html") + ""),
                    List.of("train", "--quiet", "--resume", ended.toString(), "training.epochs=4"))) {
                Run run = Run.of(command.toArray(String[]::new));
                assertThat(run.exitCode())
                        .as(mutation.leaf() + ", " + command + ": " + run.err())
                        .isEqualTo(4);
                assertThat(run.err()).contains(file.getFileName().toString()).doesNotContain("Exception");
            }
            Files.writeString(file, sound);
        }
    }

    private static String newestState(Path run) throws IOException {
        return "checkpoints/"
                + Files.readString(run.resolve("checkpoints/latest")).strip() + "/state.json";
    }

    private static List<Mutation> mutations(Path file) throws IOException {
        return Mutation.of(file, new Random(42)).stream()
                .filter(mutation -> LEFT_OUT.keySet().stream().noneMatch(mutation.leaf()::matches))
                .toList();
    }

    /** Tries each mutation by itself; answers how many there were. */
    private static int believeNone(Path run, List<String> files) throws IOException {
        List<String> believed = new ArrayList<>();
        int tried = 0;
        for (String name : files) {
            Path file = run.resolve(name);
            String sound = Files.readString(file);
            for (Mutation mutation : mutations(file)) {
                Files.writeString(file, sealed(mutation));
                Failure failure = catchThrowableOfType(Failure.class, () -> read(run, mutation.leaf()));
                if (failure == null) {
                    believed.add(mutation.leaf());
                } else {
                    assertThat(failure.kind())
                            .as(mutation.leaf() + ": " + failure)
                            .isEqualTo(Failure.Kind.MODEL);
                    assertThat(failure).hasMessageContaining(file.getFileName().toString());
                }
                tried++;
            }
            Files.writeString(file, sound);
        }
        read(run, "parameters_sha256");
        assertThat(believed).isEmpty();
        return tried;
    }

    /** As every command begins that reads a run; the model where it is what tells. */
    private static void read(Path folder, String leaf) {
        RunDirectory run = RunDirectory.openBegun(folder);
        run.requireConsistent();
        if (run.hasResult() && (leaf.contains("parameters_sha256") || leaf.startsWith("network.json"))) {
            run.model();
        }
        if (!run.hasResult() && leaf.startsWith("input.json: shape")) {
            SavedRun.open(run).close();
        }
    }

    /** A checkpoint's state carries its own hash, which whoever changes it can make anew. */
    private static String sealed(Mutation mutation) {
        if (!mutation.leaf().startsWith("state.json")) {
            return mutation.text();
        }
        String unsealed = mutation.text().replaceFirst("[0-9a-f]{64}", "0".repeat(64)) + "\n";
        byte[] hash = Sha256.digest().digest(unsealed.getBytes(StandardCharsets.UTF_8));
        return unsealed.replaceFirst("0{64}", HexFormat.of().formatHex(hash));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
