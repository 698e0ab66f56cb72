package dev.featuremap.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeedsTest {
    private static final String ALLOWED =
            "a whole number n in [1, 1000], for the seeds 1 to n, or a list of different seeds";
    private static final ConfigFile<Repeated> FILE = new ConfigFile<>(Repeated.class, "a repetition", "conf");

    /** A file that holds seeds. */
    public record Repeated(@Key("the seeds") Seeds seeds) {}

    @Test
    void aNumberIsTheSeedsFromOne() {
        assertThat(read("3")).containsExactly(1L, 2L, 3L);
        assertThat(read("1000")).hasSize(1000).endsWith(1000L);
    }

    @Test
    void aListIsTheSeedsThemselves() {
        assertThat(read("[9007199254740991, 0, 7]")).containsExactly(9007199254740991L, 0L, 7L);
        assertThat(FILE.print(new Repeated(new Seeds(List.of(5L, 3L))))).isEqualTo("seeds: [5, 3]\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0                  | seeds: found 0",
                "1001               | seeds: found 1001",
                "1.5                | seeds: found 1.5",
                "[]                 | seeds: found a list of 0",
                "[1, 2, 1]          | seeds: found a list of 3",
                "[-1]               | seeds: found a list of 1",
                "[9007199254740992] | seeds: found a list of 1",
                "{a: 1}             | seeds: found a map of a"
            })
    void refusesOthers(String seeds, String found) {
        assertThatThrownBy(() -> read(seeds)).hasMessage("x.yaml:1: " + found + "; allowed: " + ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1, a]", "[1, 2.0]"})
    void refusesASeedThatIsNoWholeNumberInItsPlace(String seeds) {
        assertThatThrownBy(() -> read(seeds))
                .hasMessageStartingWith("x.yaml:1: seeds[1]: found ")
                .hasMessageEndingWith("; allowed: a whole number");
    }

    @Test
    void takesAtMostAThousand() {
        String many = LongStream.rangeClosed(1, 1001).boxed().toList().toString();

        assertThatThrownBy(() -> read(many)).hasMessage("x.yaml:1: seeds: found a list of 1001; allowed: " + ALLOWED);
    }

    private static List<Long> read(String seeds) {
        return FILE.parse("seeds: " + seeds + "\n", "x.yaml", List.of()).seeds().values();
    }
}
