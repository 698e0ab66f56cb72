package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Scaling;
import dev.featuremap.run.ModelInput.Ground;
import dev.featuremap.run.ModelInput.Scale;
import dev.featuremap.run.ModelInput.Tone;
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

    @Test
    void refusesAGroundThatCannotHaveBeenMeasured() {
        assertThat(new Ground(Tone.DARK, 10, 0.25, 0.75, 0, 255).tone()).isEqualTo(Tone.DARK);
        assertThat(new Ground(Tone.LIGHT, 10, 1, 0, 255, 0).tone()).isEqualTo(Tone.LIGHT);
        for (double level : new double[] {-0.5, 255.5}) {
            assertThatThrownBy(() -> new Ground(Tone.MIXED, 10, 0.5, 0.5, level, 128))
                    .hasMessage("MIXED ground: of 10 pictures 0.5 on light and 0.5 on dark, levels " + level
                            + " and 128.0");
            assertThatThrownBy(() -> new Ground(Tone.MIXED, 10, 0.5, 0.5, 128, level))
                    .hasMessageEndingWith("levels 128.0 and " + level);
        }
        assertThatThrownBy(() -> new Ground(Tone.DARK, 10, 0.5, 0.5, 0, 0)).hasMessageStartingWith("DARK ground");
        assertThatThrownBy(() -> new Ground(Tone.LIGHT, 10, 0.5, 0.5, 0, 0)).hasMessageStartingWith("LIGHT ground");
        assertThatThrownBy(() -> new Ground(Tone.MIXED, 10, 0, 1, 0, 0)).hasMessageStartingWith("MIXED ground");
        assertThatThrownBy(() -> new Ground(Tone.DARK, -1, 0, 1, 0, 0)).hasMessageContaining("of -1 pictures");
        assertThatThrownBy(() -> new Ground(Tone.DARK, 10, 0.5, 0.75, 0, 0)).hasMessageContaining("0.75 on dark");
    }

    @Test
    void refusesGreyWeightsThatAreNoWeights() {
        assertThat(weighted(0.0, 1.0, 0.0).greyWeights()).hasSize(3);
        for (Double[] wrong : new Double[][] {{0.5, 0.5}, {0.5, 0.25, 0.5}, {-0.5, 0.5, 1.0}}) {
            assertThatThrownBy(() -> weighted(wrong)).hasMessageEndingWith("are not three that add up to 1");
        }
    }

    private static ModelInput weighted(Double... greyWeights) {
        return new ModelInput(
                List.of(1, 2, 2), List.of(greyWeights), "fit", false, null, new Scale(Scaling.UNIT), List.of("X", "O"));
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
