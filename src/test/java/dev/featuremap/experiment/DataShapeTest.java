package dev.featuremap.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataShapeTest {
    @Test
    void classesNeedAnOutputEach() {
        DataShape colours = new DataShape(3, 4, 5, List.of("X", "O"));

        assertThat(colours.features()).isEqualTo(60);
        assertThat(colours.label()).isEqualTo(LabelMode.CLASS);
        assertThat(colours.outputs()).isEqualTo(2);
        assertThat(colours.picture()).isEqualTo("3x4x5");
    }

    @Test
    void aValueNeedsOneOutput() {
        DataShape values = new DataShape(1, 1, 1, List.of());

        assertThat(values.label()).isEqualTo(LabelMode.VALUE);
        assertThat(values.outputs()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"0, 4, 5", "3, 0, 5", "3, 4, 0"})
    void refusesAPictureWithoutPixels(int channels, int height, int width) {
        assertThatThrownBy(() -> new DataShape(channels, height, width, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a picture: " + channels + "x" + height + "x" + width);
    }
}
