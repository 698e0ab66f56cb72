package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.JavaCommand;
import dev.featuremap.Stress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run directory that is removed while it is trained in, and made anew by another process. */
@Tag("fault")
class TwoOwnersTest {
    private static final int LONGEST_WAIT_MILLISECONDS = 700;

    @TempDir
    Path folder;

    @Test
    void neverMixTheirRuns() throws Exception {
        int races = Stress.count("stress.races", 5);
        List<String> own = content(train("own", 2));
        Random random = new Random(7);
        int lost = 0;
        Process other = new ProcessBuilder(JavaCommand.of(List.of("-Xmx512m"), Other.class.getName(), List.of()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (PrintWriter orders =
                        new PrintWriter(new OutputStreamWriter(other.getOutputStream(), StandardCharsets.UTF_8), true);
                BufferedReader answers =
                        new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
            for (int race = 0; race < races; race++) {
                Path run = folder.resolve("run-" + race);
                orders.println(run);
                while (!Files.exists(run.resolve("log.txt"))) {
                    Thread.sleep(1);
                }
                Thread.sleep(random.nextInt(LONGEST_WAIT_MILLISECONDS));
                remove(run);
                List<String> found = content(train("run-" + race, 2));
                String exitCode = answers.readLine();

                assertThat(exitCode).isIn("0", "5");
                assertThat(found).isEqualTo(own);
                assertThat(content(run)).isEqualTo(own);
                lost += exitCode.equals("5") ? 1 : 0;
            }
        } finally {
            other.destroyForcibly().waitFor();
        }
        assertThat(lost).isPositive();
        Stress.tell(
                43,
                "run directories removed and made anew that held a mixture",
                "0 of " + races + "; " + lost
                        + " of their first owners ended with exit 5, the others had ended before");
    }

    private Path train(String name, int seed) {
        Path run = folder.resolve(name);
        assertThat(Run.of(arguments(run, seed)).exitCode()).isZero();
        return run;
    }

    private static String[] arguments(Path run, int seed) {
        return new String[] {
            "train",
            "--run-dir",
            run.toString(),
            "--quiet",
            "seed=" + seed,
            "data.trainExamples=100",
            "data.testExamples=20",
            "training.epochs=4",
            "training.checkpoint.everySteps=1"
        };
    }

    /** What is in a run directory, and what of its files is the same whenever the run is made. */
    private static List<String> content(Path run) throws IOException {
        List<String> content = new ArrayList<>();
        try (Stream<Path> files = Files.walk(run)) {
            files.map(file -> run.relativize(file).toString()).sorted().forEach(content::add);
        }
        for (String name : List.of("experiment.yaml", "network.json", "predictions.csv", "mistakes.json")) {
            content.add(Files.readString(run.resolve(name)));
        }
        Files.readString(run.resolve("result.json"))
                .lines()
                .filter(line -> line.contains("sha256") || line.contains("\"seed\""))
                .forEach(content::add);
        Files.readString(run.resolve("log.txt"))
                .lines()
                .filter(line -> line.contains("WARN") || line.contains("ERROR"))
                .forEach(content::add);
        return content;
    }

    /** As rm -r does it, over again where something new is in a folder. */
    private static void remove(Path run) throws IOException {
        for (int attempt = 0; Files.exists(run) && attempt < 1000; attempt++) {
            Process process = new ProcessBuilder("rm", "-rf", run.toString()).start();
            process.onExit().join();
        }
        assertThat(run).doesNotExist();
    }

    /** The first owner of each directory, which trains with another seed. */
    static final class Other {
        private Other() {}

        public static void main(String[] args) throws IOException {
            BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String path = orders.readLine(); path != null; path = orders.readLine()) {
                System.out.println(Run.of(arguments(Path.of(path), 1)).exitCode());
            }
        }
    }
}
