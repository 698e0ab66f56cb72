package dev.featuremap.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.run.ComparisonResult.Difference;
import dev.featuremap.run.ComparisonResult.Verdict;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictMarkTest {
    private static Difference difference(String metric, double mean, Verdict verdict, Double p) {
        return SampleComparison.difference("a", "b", metric, mean, List.of(mean - 1, mean + 1), verdict, p);
    }

    @ParameterizedTest
    @CsvSource({
        "accuracy, 0.1, BETTER, 0.01, BETTER",
        "mse, -0.1, BETTER, 0.01, BETTER",
        "mse, 0.1, WORSE, 0.01, WORSE",
        "mse, 0.1, EQUAL, 0.01, EQUAL",
        "accuracy, 0.1, OPEN, 0.05, MAYBE_BETTER",
        "accuracy, -0.1, OPEN, 0.05, MAYBE_WORSE",
        "mse, 0.1, OPEN, 0.05, MAYBE_WORSE",
        "r2, 0.1, OPEN, 0.05, MAYBE_BETTER",
        "accuracy, 0.1, OPEN, 0.0501, OPEN",
        "accuracy, 0.1, OPEN, , OPEN"
    })
    void followsTheVerdictAndWhatHoldsForThePairAlone(
            String metric, double mean, Verdict verdict, Double p, VerdictMark expected) {
        assertThat(VerdictMark.of(difference(metric, mean, verdict, p))).isEqualTo(expected);
    }

    @Test
    void ofTheOtherMemberIsItsOpposite() {
        assertThat(VerdictMark.of(difference("mse", 0.1, Verdict.OPEN, 0.05).turned()))
                .isEqualTo(VerdictMark.MAYBE_BETTER);
        assertThat(VerdictMark.of(difference("mse", 0.1, Verdict.WORSE, 0.05).turned()))
                .isEqualTo(VerdictMark.BETTER);
    }

    @Test
    void tellsEachApartWithoutColour() {
        assertThat(Arrays.stream(VerdictMark.values()).map(mark -> mark.symbol)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(VerdictMark.values()).map(mark -> mark.word)).doesNotHaveDuplicates();
    }
}
