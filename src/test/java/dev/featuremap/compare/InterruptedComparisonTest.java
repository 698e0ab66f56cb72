package dev.featuremap.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.CommandProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Comparisons as commands in processes of their own, killed on the way. */
@Tag("fault")
class InterruptedComparisonTest {
    @TempDir
    Path folder;

    @Test
    void aKilledComparisonGoesOnToTheSameFigures() throws Exception {
        Path whole = compare("whole", 1);
        Path broken = folder.resolve("broken");
        start("broken", 1).killOnceThereIs(broken.resolve("mse/seed-2/network.json"));
        assertThat(broken.resolve("comparison.json")).doesNotExist();
        long firstMade = Files.getLastModifiedTime(broken.resolve("mse/seed-1/result.json"))
                .toMillis();

        compare("broken", 1);

        assertThat(figures(broken, "broken")).isEqualTo(figures(whole, "whole"));
        assertThat(broken.resolve("comparison.csv")).hasSameTextualContentAs(whole.resolve("comparison.csv"));
        assertThat(Files.getLastModifiedTime(broken.resolve("mse/seed-1/result.json"))
                        .toMillis())
                .isEqualTo(firstMade);
    }

    @Test
    void aComparisonKilledWhileItGrowsEndsAsIfItHadBegunWithAllItsSeeds() throws Exception {
        Path whole = compare("whole", 1, "comparison.seeds=3");
        compare("broken", 1);
        Path broken = folder.resolve("broken");
        start("broken", 1, "comparison.seeds=3").killOnceThereIs(broken.resolve("mae/seed-3/network.json"));
        assertThat(broken.resolve("comparison.json")).doesNotExist();

        compare("broken", 1, "comparison.seeds=3");

        assertThat(figures(broken, "broken")).isEqualTo(figures(whole, "whole"));
        assertThat(broken.resolve("comparison.csv")).hasSameTextualContentAs(whole.resolve("comparison.csv"));
    }

    @Test
    void processesOfOneThreadEndInTheFiguresOfOneThreadAndDieWithTheirComparison() throws Exception {
        Path whole = compare("whole", 1, "comparison.seeds=1");
        start("broken", 2, "comparison.seeds=1", "--parallel", "2")
                .killOnceThereIsAndAwaitItsChildren(folder.resolve("broken/mse/seed-1/network.json"));

        Path broken = compare("broken", 2, "comparison.seeds=1", "--parallel", "2");

        assertThat(figures(broken, "broken")).isEqualTo(figures(whole, "whole"));
    }

    private Path compare(String name, int threads, String... options) throws Exception {
        start(name, threads, options).succeed();
        return folder.resolve(name);
    }

    private CommandProcess start(String name, int threads, String... options) throws IOException {
        Plans.of(folder);
        List<String> arguments = new ArrayList<>(List.of(
                "compare",
                folder.resolve("comparison.yaml").toString(),
                "data.trainExamples=500",
                "--run-dir",
                folder.resolve(name).toString(),
                "--json"));
        arguments.addAll(List.of(options));
        return CommandProcess.start(folder.resolve(name + ".log"), threads, arguments);
    }

    /** {@code comparison.json} without the name of its folder. */
    private static String figures(Path directory, String name) throws IOException {
        return Files.readString(directory.resolve("comparison.json")).replace("/" + name + "/", "/…/");
    }
}
