package dev.featuremap.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.Failure;
import dev.featuremap.Stress;
import dev.featuremap.run.RunDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Run directories that are not as training left them: reported on, or refused in a line. */
class HostileRunTest {
    private static final Pattern VALUE = Pattern.compile("-?\\d[\\d.eE+-]*|\"[^\"]*\"|null|true|[\\[{]\\s*[\\]}]");
    private static final List<String> POISON = List.of(
            "null",
            "-1",
            "0",
            "2147483648",
            "1e999",
            "NaN",
            "\"x\"",
            "\"\"",
            "[]",
            "{}",
            "[[]]",
            "true",
            "<script>",
            "\u0000",
            "\ud800",
            ",",
            "}",
            "[".repeat(100_000));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "result.json",
                "provenance.json",
                "mistakes.json",
                "network.json",
                "metrics.csv",
                "predictions.csv",
                "experiment.yaml"
            })
    @Tag("slow")
    void reportsOnItOrRefusesIt(String name) throws IOException {
        RunDirectory run = SampleRun.in(folder.resolve("run")).sized(2, 30).write();
        Path file = run.path().resolve(name);
        String sound = Files.readString(file);
        Random random = new Random(name.hashCode());
        for (int i = 0; i < Stress.count("stress.mutations", 200) / 10; i++) {
            Files.write(file, mutated(sound, random));
            try {
                assertThat(RunReport.html(run).stripTrailing().endsWith("</html>"))
                        .isTrue();
            } catch (Failure failure) {
                assertThat(failure.kind()).isIn(Failure.Kind.USAGE, Failure.Kind.MODEL);
            }
        }
    }

    private static byte[] mutated(String sound, Random random) {
        List<MatchResult> values = VALUE.matcher(sound).results().toList();
        MatchResult value = values.get(random.nextInt(values.size()));
        String poison = POISON.get(random.nextInt(POISON.size()));
        int place = random.nextInt(sound.length());
        String mutated = switch (random.nextInt(4)) {
            case 0, 1 -> sound.substring(0, value.start()) + poison + sound.substring(value.end());
            case 2 ->
                sound.substring(0, place) + sound.substring(Math.min(sound.length(), place + 1 + random.nextInt(60)));
            default -> sound.substring(0, place) + poison + sound.substring(place);
        };
        return mutated.getBytes(StandardCharsets.UTF_8);
    }
}
