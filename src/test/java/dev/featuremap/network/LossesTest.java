package dev.featuremap.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Loss;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossHinge;
import org.nd4j.linalg.lossfunctions.impl.LossMAPE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossMultiLabel;
import org.nd4j.linalg.lossfunctions.impl.LossSquaredHinge;

/** Which of our losses a network's own function is, in either kind of last layer. */
class LossesTest {
    @Test
    void theHingesWantSignedLabelsWhateverTheLastLayer() {
        for (ILossFunction hinge : List.of(new LossHinge(), new LossSquaredHinge())) {
            for (MultiLayerConfiguration network : endingIn(hinge)) {
                assertThat(NetworkBuilder.wantsSignedLabels(network)).isTrue();
            }
        }
        for (ILossFunction other : List.of(new LossMSE(), new LossMultiLabel())) {
            for (MultiLayerConfiguration network : endingIn(other)) {
                assertThat(NetworkBuilder.wantsSignedLabels(network)).isFalse();
            }
        }
        assertThat(NetworkBuilder.wantsSignedLabels(network(dense()))).isFalse();
    }

    @Test
    void mapeIsRefusedForALabelOfZeroWhateverTheLastLayer() {
        for (MultiLayerConfiguration network : endingIn(new LossMAPE())) {
            assertThatCode(() -> Losses.checkValues(network, 0)).doesNotThrowAnyException();
            assertThatThrownBy(() -> Losses.checkValues(network, 1))
                    .isInstanceOf(Failure.class)
                    .hasMessage("loss: found mape, which divides by the label, but 1 example has the label 0");
        }
        for (MultiLayerConfiguration network : endingIn(new LossMSE())) {
            assertThatCode(() -> Losses.checkValues(network, 1)).doesNotThrowAnyException();
        }
    }

    @Test
    void everyLossOfExperimentFilesIsPlainUnlessItWeighsTheOutputs() {
        for (Loss loss : Loss.values()) {
            assertThat(Losses.loss(Losses.function(loss))).contains(loss);
            assertThat(Losses.isPlain(Losses.function(loss))).isTrue();
        }
        ILossFunction weighted = new LossMCXENT(Nd4j.createFromArray(1f, 2f));
        assertThat(Losses.loss(weighted)).contains(Loss.MCXENT);
        assertThat(Losses.isPlain(weighted)).isFalse();
        assertThat(Losses.loss(new LossMultiLabel())).isEmpty();
        assertThat(Losses.isPlain(new LossMultiLabel())).isFalse();
    }

    private static List<MultiLayerConfiguration> endingIn(ILossFunction function) {
        return List.of(
                network(new OutputLayer.Builder(function).nIn(3).nOut(2).build()),
                network(new LossLayer.Builder(function).build()));
    }

    private static MultiLayerConfiguration network(Layer last) {
        return new NeuralNetConfiguration.Builder()
                .list(dense(), last)
                .validateOutputLayerConfig(false)
                .build();
    }

    private static DenseLayer dense() {
        return new DenseLayer.Builder().nIn(4).nOut(3).build();
    }
}
