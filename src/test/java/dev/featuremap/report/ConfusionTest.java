package dev.featuremap.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.featuremap.run.Scores;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfusionTest {
    private static Scores scores(List<String> names, List<List<Integer>> counts) {
        return Scores.ofClasses(0.1, 0.1, 0.1, counts, names);
    }

    @Test
    void heatsRightCellsByTheirShareAndWrongOnesByTheWorst() {
        Confusion confusion = Confusion.of(
                scores(List.of("a", "b", "c"), List.of(List.of(3, 1, 0), List.of(4, 4, 0), List.of(0, 0, 0))));
        assertThat(confusion.rows().get(0).cells())
                .extracting(Confusion.Cell::count, Confusion.Cell::right, Confusion.Cell::heat)
                .containsExactly(tuple(3, true, 0.75), tuple(1, false, 0.5), tuple(0, false, 0.0));
        assertThat(confusion.rows().get(1).cells().get(0).heat()).isEqualTo(1);
        assertThat(confusion.rows().get(2).cells().get(2).heat()).isZero();
    }

    @Test
    void namesWhatIsConfusedMostFirst() {
        Confusion confusion = Confusion.of(scores(List.of("a", "b"), List.of(List.of(3, 1), List.of(4, 4))));
        assertThat(confusion.mostFrequent())
                .containsExactly(new Confusion.Pair("b", "a", 4, 0.5), new Confusion.Pair("a", "b", 1, 0.25));
        assertThat(confusion.classes())
                .extracting(Confusion.ClassRow::takenFor, Confusion.ClassRow::times)
                .containsExactly(tuple("b", 1), tuple("a", 4));
    }

    @Test
    void leavesOutAMatrixTooLargeToRead() {
        List<String> names = IntStream.range(0, 100).mapToObj(i -> "class " + i).toList();
        Confusion confusion = Confusion.of(scores(names, Collections.nCopies(100, Collections.nCopies(100, 1))));
        assertThat(confusion.rows()).isNull();
        assertThat(confusion.classes()).hasSize(100);
        assertThat(confusion.mostFrequent()).hasSize(12);
    }
}
