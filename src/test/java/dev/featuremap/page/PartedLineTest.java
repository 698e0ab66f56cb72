package dev.featuremap.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartedLineTest {
    private static final String EPOCH =
            "epoch 1/3  train: accuracy 98.21 %  loss 0.0521  test: accuracy 97.10 %  loss 0.0921  12345 examples/s";

    @Test
    void staysAsItIsWhereThereIsRoom() {
        assertThat(PartedLine.wrapped(EPOCH, 120)).isEqualTo(EPOCH);
    }

    @Test
    void isBrokenBetweenParts() {
        assertThat(PartedLine.wrapped(EPOCH, 60)).isEqualTo("""
                epoch 1/3  train: accuracy 98.21 %  loss 0.0521
                test: accuracy 97.10 %  loss 0.0921  12345 examples/s""");
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 30, 40, 50, 70, 80})
    void breaksNoWordAndNoNumberFromItsUnit(int width) {
        String prose = "after 12 min of 3 h all 98.21 % of the words are here, at 12345 examples/s";
        for (String text : List.of(EPOCH, prose)) {
            String wrapped = PartedLine.wrapped(text, width);
            assertThat(wrapped.lines()).allSatisfy(line -> {
                assertThat(line).hasSizeLessThanOrEqualTo(width);
                assertThat(line).doesNotEndWith(" ").doesNotStartWith("%").doesNotStartWith("examples/s");
                assertThat(line).doesNotStartWith("min").doesNotStartWith("h ");
            });
            assertThat(wrapped.split("\\s+")).isEqualTo(text.split("\\s+"));
        }
    }

    @Test
    void takesWholePartsAsFarAsThereIsRoom() {
        List<String> parts = List.of("epoch 1/3", " 42 %", "", "loss 0.2500", "[====]");

        assertThat(PartedLine.fitting(parts, 80)).isEqualTo("epoch 1/3   42 %  loss 0.2500  [====]");
        assertThat(PartedLine.fitting(parts, 30)).isEqualTo("epoch 1/3   42 %  loss 0.2500");
        assertThat(PartedLine.fitting(parts, 25)).isEqualTo("epoch 1/3   42 %  [====]");
    }
}
