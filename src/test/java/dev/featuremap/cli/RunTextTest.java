package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.experiment.Split;
import dev.featuremap.page.Screen;
import dev.featuremap.run.Scores;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunTextTest {
    private static final List<String> DIGITS =
            IntStream.range(0, 10).mapToObj(Integer::toString).toList();

    @Test
    void showsTheConfusionMatrixWhereItFits() {
        assertThat(printed(DIGITS, 120)).contains("F1   predicted:     0     1").doesNotContain("taken for");
    }

    @Test
    void showsTheMostFrequentConfusionsWhereItDoesNot() {
        assertThat(printed(DIGITS, 80)).contains("""
                most frequent confusions
                class  taken for  examples  of the class
                3      5                40       28.57 %
                7      9                 7        6.54 %
                """).doesNotContain("predicted:");
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80, 119})
    void neverIsWiderThanTheTerminal(int width) {
        List<String> names = DIGITS.stream()
                .map(digit -> digit + " a class with a very long name indeed 字")
                .toList();

        assertThat(printed(names, width).lines().skip(1))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
    }

    private static String printed(List<String> names, int width) {
        List<List<Integer>> counts = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            List<Integer> row = new ArrayList<>();
            for (int j = 0; j < names.size(); j++) {
                row.add(i == j ? 100 : i == 3 && j == 5 ? 40 : i == 7 && j == 9 ? 7 : 0);
            }
            counts.add(row);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(stream, stream, false, Screen.of(Integer.toString(width), false));
        RunText.print(terminal, Scores.ofClasses(0.1, 0.1, 0.1, counts, names), Split.TEST, "");
        return out.toString(StandardCharsets.UTF_8);
    }
}
