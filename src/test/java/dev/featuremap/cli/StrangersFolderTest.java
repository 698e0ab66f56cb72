package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.featuremap.RegularFiles;
import dev.featuremap.Stress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Folders that somebody sent: whatever stands in the place of a file in them, the commands that are given such a folder write and
 * delete nothing outside of it, show nothing from outside of it, and end.
 *
 * <p>Which files these are is watched: Java's flight recorder tells every file that a command reads or writes.
 */
@Tag("fault")
class StrangersFolderTest {
    private static final String PRECIOUS = "precious,nobody else's\n".repeat(3);
    private static final List<String> SMALL = List.of("data.trainExamples=40", "data.testExamples=20");

    @TempDir
    Path temporary;

    /** What may stand in a file's place. */
    private enum Plant {
        LINK_TO_A_FILE,
        LINK_TO_A_FOLDER,
        LINK_TO_NOTHING,
        HARD_LINK,
        FIFO
    }

    @Test
    void ofARunHarmsNothingAndHangsNothing() throws Exception {
        String sent = temporary.resolve("run").toString();
        run(Stream.concat(Stream.of("train", "training.epochs=1", "--run-dir", sent), SMALL.stream()));
        List<List<String>> commands = List.of(
                List.of("report", "SENT"),
                List.of("evaluate", "SENT"),
                List.of("predict", "SENT", "SENT#0"),
                List.of("explain", "SENT", "SENT#0"),
                List.of("play", "SENT"),
                List.of("train", "--resume", "SENT", "training.epochs=2"));
        tryEverywhere(commands, List.of("report.html.tmp", "checkpoints/step-1.tmp", "checkpoints"));
    }

    @Test
    void ofAComparisonHarmsNothingAndHangsNothing() throws Exception {
        List<String> compare = List.of(
                "compare",
                "conf/compare/xo-losses.yaml",
                "--run-dir",
                "SENT",
                "comparison.seeds=1",
                "training.epochs=1",
                "comparison.losses=[mse, mae]",
                SMALL.get(0),
                SMALL.get(1));
        run(compare.stream().map(this::sent));
        tryEverywhere(
                List.of(compare, List.of("report", "SENT")), List.of("mse", "mse/seed-1", "mse/seed-1/failure.json"));
    }

    @Test
    void ofASearchHarmsNothingAndHangsNothing() throws Exception {
        List<String> tune = List.of(
                "tune",
                "conf/tune/xo-small.yaml",
                "--run-dir",
                "SENT",
                "tune.candidates=2",
                "training.epochs=1",
                SMALL.get(0),
                SMALL.get(1));
        run(tune.stream().map(this::sent));
        tryEverywhere(
                List.of(tune, List.of("report", "SENT")),
                List.of("candidates", "candidates/000", "candidates/000.yaml.tmp", "best.yaml.tmp"));
    }

    private String sent(String word) {
        return word.replace("SENT", temporary.resolve("run").toString());
    }

    private void tryEverywhere(List<List<String>> commands, List<String> more) throws Exception {
        Path sent = temporary.resolve("run").toRealPath();
        Path whole = temporary.toRealPath().resolve("whole");
        copy(sent, whole);
        Set<String> paths = new TreeSet<>(more);
        paths.addAll(opened(sent, commands));
        int tried = 0;
        for (String path : paths) {
            for (Plant plant : Plant.values()) {
                RegularFiles.delete(sent);
                copy(whole, sent);
                tryOne(sent.resolve(path), plant, commands);
                tried++;
            }
        }
        Stress.tell(41, "links, FIFOs and hard links in folders from strangers that did harm", "0 of " + tried);
        assertThat(paths).hasSizeGreaterThan(8);
    }

    private void tryOne(Path path, Plant plant, List<List<String>> commands) throws Exception {
        Path file = Files.writeString(temporary.toRealPath().resolve("outside"), PRECIOUS);
        Path folder = Files.createDirectories(temporary.toRealPath().resolve("outside-folder"));
        Files.writeString(folder.resolve("file"), PRECIOUS);
        if (!Files.isDirectory(path.getParent())) {
            return;
        }
        if (RegularFiles.exists(path)) {
            RegularFiles.delete(path);
        }
        switch (plant) {
            case LINK_TO_A_FILE -> Files.createSymbolicLink(path, file);
            case LINK_TO_A_FOLDER -> Files.createSymbolicLink(path, folder);
            case LINK_TO_NOTHING -> Files.createSymbolicLink(path, temporary.resolve("nothing"));
            case HARD_LINK -> Files.createLink(path, file);
            case FIFO ->
                assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor())
                        .isZero();
        }
        for (List<String> command : commands) {
            String what = plant + " at " + path + ": " + command;
            Run run = assertTimeoutPreemptively(
                    Duration.ofMinutes(2), () -> run(command.stream().map(this::sent)), what);
            assertThat(run.exitCode()).as(what + ": " + run.err()).isIn(0, 2, 4, 5);
            assertThat(run.out() + run.err())
                    .as(what)
                    .doesNotContain("nobody else's")
                    .doesNotContain("Exception");
            assertThat(file).as(what).hasContent(PRECIOUS);
            assertThat(folder.resolve("file")).as(what).hasContent(PRECIOUS);
            try (Stream<Path> inside = Files.list(folder)) {
                assertThat(inside).as(what).hasSize(1);
            }
            assertThat(temporary.resolve("nothing")).as(what).doesNotExist();
        }
    }

    /** The files in a folder that commands read or write, as paths in it. */
    private Set<String> opened(Path folder, List<List<String>> commands) throws IOException {
        Path events = temporary.resolve("events.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.FileRead").withThreshold(Duration.ZERO);
            recording.enable("jdk.FileWrite").withThreshold(Duration.ZERO);
            recording.start();
            for (List<String> command : commands) {
                assertThat(run(command.stream().map(this::sent)).exitCode()).isZero();
            }
            recording.stop();
            recording.dump(events);
        }
        Set<String> paths = new TreeSet<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(events)) {
            String path = event.getString("path");
            // What has a name drawn at random cannot be waited for; one candidate stands for all.
            if (path != null
                    && path.startsWith(folder + "/")
                    && !path.matches(".*\\.[0-9a-f]+\\.tmp")
                    && !path.contains("candidates/001")) {
                paths.add(path.substring(folder.toString().length() + 1));
            }
        }
        return paths;
    }

    private static Run run(Stream<String> command) {
        return Run.of(Stream.concat(command, Stream.of("--quiet")).toArray(String[]::new));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
