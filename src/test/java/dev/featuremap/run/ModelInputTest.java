package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Scaling;
import dev.featuremap.run.ModelInput.Scale;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelInputTest {
    @Test
    void tellsTheShapeAndTheClassesOfItsData() {
        assertThat(input(3, 28, 20).data()).isEqualTo(new DataShape(3, 28, 20, List.of("X", "O")));
    }

    @Test
    void tellsEachScalingWithItsArithmetic() {
        Scale signed = new Scale(Scaling.SIGNED);

        assertThat(signed)
                .isEqualTo(new Scale(
                        "signed",
                        127.5,
                        -1,
                        "value = level / divisor + offset, for a level from 0 (black) to 255 (white)"));
        assertThat(signed.known()).isEqualTo(Scaling.SIGNED);
    }

    @Test
    void refusesAnotherScalingAndAnotherShape() {
        assertThatThrownBy(() -> new Scale("signed", 127, -1, ""))
                .hasMessage("the scaling signed has the divisor 127.5 and the offset -1.0, not 127.0 and -1.0");
        assertThatThrownBy(() -> new Scale("signed", 127.5, 0, "")).hasMessageContaining("not 127.5 and 0.0");
        assertThatThrownBy(() -> new Scale("unheard", 1, 0, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> input(28, 20)).hasMessage("the shape [28, 20] is not [channels, height, width]");
    }

    private static ModelInput input(Integer... shape) {
        return new ModelInput(
                List.of(shape),
                List.of(0.299, 0.587, 0.114),
                "fit",
                false,
                null,
                new Scale(Scaling.UNIT),
                List.of("X", "O"));
    }
}
