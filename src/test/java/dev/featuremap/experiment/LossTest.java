package dev.featuremap.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.experiment.Loss.Misfit;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class LossTest {
    @ParameterizedTest
    @EnumSource(names = {"MCXENT", "NLL", "XENT", "HINGE", "SQUARED_HINGE", "KLD"})
    void lossesOfClassesTakeNoValue(Loss loss) {
        assertThat(loss.needsClasses()).isTrue();
        assertThat(loss.misfit(LabelMode.VALUE, 1, Activation.IDENTITY))
                .contains(new Misfit(
                        "loss",
                        loss.name().toLowerCase(Locale.ROOT),
                        "a loss for values (mse, mae, l1, l2, msle, mape, poisson), as data.label is value"));
        assertThat(loss.misfit(LabelMode.CLASS, 2, Activation.SOFTMAX)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"MCXENT", "NLL", "XENT", "HINGE", "SQUARED_HINGE", "KLD", "COSINE"})
    void otherLossesTakeAValue(Loss loss) {
        assertThat(loss.needsClasses()).isFalse();
        assertThat(loss.misfit(LabelMode.VALUE, 1, Activation.IDENTITY)).isEmpty();
    }

    @Test
    void aValueIsOneOutputThatCanDiffer() {
        assertThat(Loss.MSE.misfit(LabelMode.VALUE, 2, Activation.IDENTITY))
                .contains(new Misfit("network", "an output of 2 units", "1 unit, as data.label is value"));
        assertThat(Loss.MSE.misfit(LabelMode.VALUE, 1, Activation.SOFTMAX))
                .map(Misfit::found)
                .contains("an output of 1 unit with softmax, which is always 1");
        assertThat(Loss.MSE.misfit(LabelMode.CLASS, 1, Activation.SOFTMAX)).isEmpty();
    }

    @Test
    void mapeTakesNoClassesWhoseLabelsHoldZeros() {
        assertThat(Loss.MAPE.misfit(LabelMode.CLASS, 2, Activation.SOFTMAX))
                .map(Misfit::found)
                .contains("mape");
    }

    @Test
    void cosineTakesTwoOutputsOrMore() {
        assertThat(Loss.COSINE.misfit(LabelMode.CLASS, 1, Activation.TANH))
                .map(Misfit::found)
                .contains("cosine with 1 output");
        assertThat(Loss.COSINE.misfit(LabelMode.VALUE, 1, Activation.TANH))
                .map(Misfit::key)
                .contains("loss");
        assertThat(Loss.COSINE.misfit(LabelMode.CLASS, 2, Activation.TANH)).isEmpty();
    }

    @Test
    void logarithmsFollowWhatIsAboveZero() {
        assertThat(Loss.NLL.activations()).containsExactly(Activation.SOFTMAX);
        assertThat(Loss.XENT.activations()).containsExactly(Activation.SIGMOID, Activation.HARDSIGMOID);
        assertThat(Loss.POISSON.activations())
                .containsExactly(Activation.SOFTPLUS, Activation.SIGMOID, Activation.SOFTMAX);
        assertThat(Loss.MSE.activations()).isEmpty();
    }

    @Test
    void onlyHingesWantSignedLabels() {
        assertThat(Loss.values()).filteredOn(Loss::wantsSignedLabels).containsExactly(Loss.HINGE, Loss.SQUARED_HINGE);
    }
}
