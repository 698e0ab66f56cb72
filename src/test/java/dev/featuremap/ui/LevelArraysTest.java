package dev.featuremap.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LevelArraysTest {
    @Test
    void readsLevelsRowByRowWithTheirSizes() {
        LevelArrays read = read("[[[0,1,2],[253, 254,255]]]");
        assertThat(read.sizes()).isEqualTo(List.of(1, 2, 3));
        assertThat(read.levels()).containsExactly(0, 1, 2, 253, 254, 255);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|the body is no JSON array",
                "7|the body is no JSON array",
                "''|the body is no JSON array",
                "[1,2|the body is no JSON array of at most 4 dimensions",
                "[[[[[1]]]]]|the body is no JSON array of at most 4 dimensions",
                "[1] [2]|something stands behind the array",
                "[[1,2],[3]]|arrays side by side are not alike long",
                "[[1],[2,3]]|arrays side by side are not alike long",
                "[[1],2]|numbers and arrays stand side by side",
                "[1,[2]]|numbers and arrays stand side by side",
                "[[1],[[2]]]|numbers and arrays stand side by side",
                "[]|an array is empty",
                "[[],[]]|an array is empty",
                "[256]|what stands for a level is no whole number from 0 to 255",
                "[-1]|what stands for a level is no whole number from 0 to 255",
                "[0.5]|what stands for a level is no whole number from 0 to 255",
                "[1e2]|what stands for a level is no whole number from 0 to 255",
                "[null]|what stands for a level is no whole number from 0 to 255",
                "[\"1\"]|what stands for a level is no whole number from 0 to 255",
                "[99999999999]|what stands for a level is no whole number from 0 to 255",
                "[NaN]|the body is no JSON array of at most 4 dimensions"
            })
    void refusesWhatIsNoSuchArray(String json, String cause) {
        assertThatThrownBy(() -> read(json)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(400);
            assertThat(refusal.failure()).hasMessage(cause);
        });
    }

    private static LevelArrays read(String json) {
        return LevelArrays.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
