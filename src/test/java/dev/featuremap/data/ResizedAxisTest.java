package dev.featuremap.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResizedAxisTest {
    /** One group per new pixel, of one weight per old pixel. */
    @ParameterizedTest
    @CsvSource({
        "3, 3, 1 0 0/0 1 0/0 0 1",
        "5, 2, 0.4 0.4 0.2 0 0/0 0 0.2 0.4 0.4",
        "4, 1, 0.25 0.25 0.25 0.25",
        "2, 3, 1 0/0.5 0.5/0 1",
        "2, 4, 1 0/0.75 0.25/0.25 0.75/0 1",
        "1, 2, 1/1"
    })
    void weighsEachOldPixelByThePartItHas(int from, int to, String expected) {
        ResizedAxis axis = new ResizedAxis(from, to);
        String[] groups = expected.split("/", -1);

        assertThat(axis.size()).isEqualTo(to).isEqualTo(groups.length);
        for (int i = 0; i < to; i++) {
            String[] weights = groups[i].split(" ", -1);
            assertThat(weights).hasSize(from);
            for (int old = 0; old < from; old++) {
                assertThat(axis.weight(i, old))
                        .as(i + " " + old)
                        .isCloseTo(Float.parseFloat(weights[old]), Offset.offset(1e-6f));
            }
        }
    }

    /** Outside them an old pixel has no part, so that only a few of a long row are added up. */
    @ParameterizedTest
    @CsvSource({"1000, 10, 100", "10, 1000, 2"})
    void looksAtThePixelsThatHaveAPartAlone(int from, int to, int most) {
        ResizedAxis axis = new ResizedAxis(from, to);

        for (int i = 0; i < to; i++) {
            int first = axis.first(i);
            int end = axis.end(i);
            int place = i;
            assertThat(end - first).isBetween(1, most);
            assertThat(IntStream.range(0, from).filter(old -> axis.weight(place, old) > 0))
                    .allMatch(old -> old >= first && old < end);
        }
    }
}
