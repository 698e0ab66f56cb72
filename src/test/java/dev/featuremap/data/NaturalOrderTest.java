package dev.featuremap.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {
    @Test
    void countsNumbersAsNumbersAndLettersByCode() {
        assertThat(List.of("b10", "b9", "a", "B", "10", "9", "7", "007", "010", "b", "é", "b9c", "99999999999999999999")
                        .stream()
                        .sorted(new NaturalOrder()))
                .containsExactly(
                        "007", "7", "9", "010", "10", "99999999999999999999", "B", "a", "b", "b9", "b9c", "b10", "é");
    }
}
