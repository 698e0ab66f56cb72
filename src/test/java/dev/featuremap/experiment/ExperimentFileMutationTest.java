package dev.featuremap.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.featuremap.Failure;
import dev.featuremap.Stress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Broken and hostile files: refused in a line, soon, with nothing made from them. */
class ExperimentFileMutationTest {
    private static final int MUTATIONS = Stress.count("stress.configMutations", 1_000);
    /** The promise is a second; the rest allows for a machine that is busy with something else. */
    private static final Duration SLOWEST = Duration.ofSeconds(20);

    private static final List<String> POISON = List.of(
            "NaN",
            ".nan",
            "1e999",
            "-1e999",
            ".inf",
            "1".repeat(5000),
            "0x7fffffffffffffff",
            "9223372036854775808",
            "-0",
            "null",
            "~",
            "{",
            "}",
            "[",
            "]",
            "[".repeat(100_000),
            "{a: ".repeat(30_000),
            "- ".repeat(30_000),
            "? ".repeat(30_000),
            "&a",
            "*a",
            "&a [*a]",
            "<<: *a",
            "!!" + Canary.class.getName() + " {}",
            "!!" + Canary.class.getName(),
            "!<tag:yaml.org,2002:" + Canary.class.getName() + "> [1]",
            "!!javax.script.ScriptEngineManager []",
            "!x",
            "--- ",
            "...",
            "%YAML 9.9\n---",
            "%TAG ! tag:x:\n---",
            "\"",
            "'",
            "|",
            ">",
            "|9",
            "\t",
            "#",
            ": ",
            "\0",
            "\u0085",
            "\uFEFF",
            "\"\\ud800\"",
            "a".repeat(2000) + ": 1",
            "@",
            "`",
            "${HOME}");

    private static final Pattern TOKEN = Pattern.compile("[\\w.-]+");

    /** Would tell if it were ever loaded and initialised. */
    static final class Canary {
        static {
            System.setProperty("dev.featuremap.canary", "sang");
        }
    }

    @Test
    @Tag("slow")
    @Timeout(900)
    void survivesRandomMutations(@TempDir Path folder) throws Exception {
        Random random = new Random(20);
        Path file = folder.resolve("mutated.yaml");
        Duration slowest = Duration.ZERO;
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] bytes = mutated(random);
            Files.write(file, bytes);
            long start = System.nanoTime();
            try {
                Experiment read = ExperimentFile.read(file, List.of());
                assertThat(ExperimentFile.parse(ExperimentFile.print(read), "printed", List.of()))
                        .isEqualTo(read);
            } catch (Failure failure) {
                refused++;
                assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
                assertThat(failure.getMessage().length()).isBetween(1, 2000);
                assertThat(failure.getMessage().codePoints()).noneMatch(Character::isISOControl);
            } catch (RuntimeException | StackOverflowError crash) {
                throw new AssertionError("mutation " + i + ": " + new String(bytes, StandardCharsets.UTF_8), crash);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            slowest = took.compareTo(slowest) > 0 ? took : slowest;
        }

        assertThat(refused).isBetween(MUTATIONS / 2, MUTATIONS - 1);
        assertThat(slowest).isLessThan(SLOWEST);
        assertThat(System.getProperty("dev.featuremap.canary")).isNull();
        Stress.tell(20, "mutated configurations that crashed it", "0 of " + MUTATIONS);
        Stress.tell(20, "slowest answer to a mutated configuration", slowest.toMillis() + " ms");
    }

    @Test
    @Timeout(60)
    @Tag("slow")
    void refusesTheLongestListsSoon() {
        String layers = "  layers:\n" + "    - {type: dropout, rate: 0}\n".repeat(30_000);
        String items = "loss: [" + "1,".repeat(500_000) + "]";

        assertThat(refusal(SampleFiles.lenet().replace("  layers:\n", layers)))
                .hasMessage("x.yaml:7: network.layers: found a list of 30007; allowed: a list of at most 1000");
        assertThat(refusal(SampleFiles.lenet().replace("loss: mcxent", items)))
                .hasMessageStartingWith("x.yaml:15: loss: found a list of 500000; allowed: mse");
    }

    private static Failure refusal(String text) {
        return catchThrowableOfType(Failure.class, () -> ExperimentFile.parse(text, "x.yaml", List.of()));
    }

    private static byte[] mutated(Random random) {
        String text = SampleFiles.lenet();
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            text = switch (random.nextInt(6)) {
                case 0 -> withoutALine(text, random);
                case 1 -> withALineTwice(text, random);
                case 2, 3 -> withAnotherToken(text, random);
                case 4 -> withPoisonInside(text, random);
                default -> text.substring(0, random.nextInt(text.length() + 1));
            };
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextInt(3) == 0) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static String withoutALine(String text, Random random) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        lines.remove(random.nextInt(lines.size()));
        return String.join("\n", lines);
    }

    private static String withALineTwice(String text, Random random) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        lines.add(random.nextInt(lines.size() + 1), lines.get(random.nextInt(lines.size())));
        return String.join("\n", lines);
    }

    private static String withAnotherToken(String text, Random random) {
        List<MatchResult> tokens = TOKEN.matcher(text).results().toList();
        if (tokens.isEmpty()) {
            return text;
        }
        MatchResult token = tokens.get(random.nextInt(tokens.size()));
        String other = random.nextBoolean()
                ? POISON.get(random.nextInt(POISON.size()))
                : tokens.get(random.nextInt(tokens.size())).group();
        return text.substring(0, token.start()) + other + text.substring(token.end());
    }

    private static String withPoisonInside(String text, Random random) {
        int at = random.nextInt(text.length() + 1);
        return text.substring(0, at) + POISON.get(random.nextInt(POISON.size())) + text.substring(at);
    }
}
