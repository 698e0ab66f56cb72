package dev.featuremap.tune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.CommandProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches as commands in processes of their own, killed at random moments; {@code -Dstress.kills} says how many. */
@Tag("fault")
class InterruptedTuningTest {
    private static final int KILLS = Integer.getInteger("stress.kills", 3);

    @TempDir
    Path folder;

    @Test
    void aKilledSearchGoesOnToTheSameCandidatesAndTheSameBest() throws Exception {
        long start = System.nanoTime();
        Path whole = tune("whole", 1);
        long milliseconds = (System.nanoTime() - start) / 1_000_000;
        Random random = new Random(1);
        for (int kill = 0; kill < KILLS; kill++) {
            String name = "broken-" + kill;
            start(name, 1).killAfter(random.nextLong(milliseconds));
            Map<String, Long> ended = ended(folder.resolve(name));

            Path broken = tune(name, 1);

            assertThat(figures(broken)).as(name).isEqualTo(figures(whole));
            assertThat(broken.resolve("best.yaml")).hasSameTextualContentAs(whole.resolve("best.yaml"));
            assertThat(ended(broken)).as("made again in " + name).containsAllEntriesOf(ended);
        }
    }

    @Test
    void severalAtATimeDrawTheSameCandidatesAndDieWithTheirSearch() throws Exception {
        Path whole = tune("whole", 1, "tune.candidates=4");
        start("broken", 2, "tune.candidates=4", "--parallel", "2")
                .killOnceThereIsAndAwaitItsChildren(folder.resolve("broken/candidates/001/network.json"));

        Path broken = tune("broken", 2, "tune.candidates=4", "--parallel", "2");

        for (int i = 0; i < 4; i++) {
            String candidate = "candidates/00" + i + "/result.json";
            assertThat(scores(broken.resolve(candidate))).as(candidate).isEqualTo(scores(whole.resolve(candidate)));
        }
    }

    /** When each run that has ended did so. */
    private static Map<String, Long> ended(Path search) throws IOException {
        Map<String, Long> ended = new TreeMap<>();
        if (Files.exists(search.resolve("candidates"))) {
            try (Stream<Path> runs = Files.list(search.resolve("candidates"))) {
                for (Path run : runs.toList()) {
                    Path result = run.resolve("result.json");
                    if (Files.exists(result)) {
                        ended.put(
                                run.getFileName().toString(),
                                Files.getLastModifiedTime(result).toMillis());
                    }
                }
            }
        }
        return ended;
    }

    private Path tune(String name, int threads, String... options) throws Exception {
        start(name, threads, options).succeed();
        return folder.resolve(name);
    }

    private CommandProcess start(String name, int threads, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "tune",
                Tunings.file(folder).toString(),
                "tune.generator=genetic",
                "tune.population=4",
                "tune.earlyStopping=median",
                "tune.candidates=8",
                "--run-dir",
                folder.resolve(name).toString(),
                "--json",
                "--quiet"));
        arguments.addAll(List.of(options));
        return CommandProcess.start(folder.resolve(name + ".log"), threads, arguments);
    }

    /** {@code tuning.json} without the folder's name and what the clock says. */
    private static String figures(Path search) throws IOException {
        return Files.readString(search.resolve("tuning.json"))
                .replace("/" + search.getFileName() + "/", "/…/")
                .replaceAll("\"(start|seconds)\" : [^\n]*", "");
    }

    /** A result's test scores and the parameters' hash. */
    private static String scores(Path result) throws IOException {
        return Files.readString(result)
                .replaceAll("(?s)\"training\" : \\{.*?}", "")
                .replaceAll("\"run_dir\" : [^\n]*", "");
    }
}
