package dev.featuremap.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.LearningRate;
import dev.featuremap.experiment.Loss;
import dev.featuremap.experiment.NetworkSpec;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** What an experiment sets of a saved network, in layers that hold others too. */
class OverridesTest {
    private static final Experiment SGD =
            Sample.experiment(Sample.LENET, Loss.MAE, Sample.sgd(new LearningRate.Constant(0.25)));

    @Test
    void beginsAnewInFloat32WithTheExperimentsSeed() {
        MultiLayerConfiguration saved = ending(new LossLayer.Builder(new LossMSE()).build());
        saved.setIterationCount(5);
        saved.setEpochCount(3);
        saved.setDataType(DataType.DOUBLE);
        for (NeuralNetConfiguration layer : saved.getConfs()) {
            layer.setIterationCount(5);
            layer.setDataType(DataType.DOUBLE);
        }

        MultiLayerConfiguration applied = Overrides.apply(saved, SGD);

        assertThat(applied.getIterationCount()).isZero();
        assertThat(applied.getEpochCount()).isZero();
        assertThat(applied.getDataType()).isEqualTo(DataType.FLOAT);
        assertThat(applied.getConfs()).allSatisfy(layer -> {
            assertThat(layer.getSeed()).isEqualTo(SGD.seed());
            assertThat(layer.getIterationCount()).isZero();
            assertThat(layer.getDataType()).isEqualTo(DataType.FLOAT);
        });
    }

    @Test
    void setsTheLossOfEitherKindOfLastLayer() {
        MultiLayerConfiguration lossLayer = Overrides.apply(ending(new LossLayer.Builder(new LossMSE()).build()), SGD);
        MultiLayerConfiguration output = Overrides.apply(ending(output()), SGD);

        assertThat(((LossLayer) lossLayer.getConf(1).getLayer()).getLossFn()).isInstanceOf(LossMAE.class);
        assertThat(((OutputLayer) output.getConf(1).getLayer()).getLossFn()).isInstanceOf(LossMAE.class);
        assertThatThrownBy(() -> Overrides.apply(ending(dense()), SGD))
                .isInstanceOf(Failure.class)
                .hasMessage("the saved network ends in DenseLayer, which computes no loss");
    }

    @Test
    void setsTheUpdaterOfLayersWithinOthers() {
        Bidirectional both = new Bidirectional(lstm());
        LocallyConnected2D sameDiff =
                new LocallyConnected2D.Builder().nIn(1).nOut(1).kernelSize(2, 2).build();
        sameDiff.setBiasUpdater(new Nesterovs(0.2, 0.9));
        LSTM wrapped = lstm();
        DenseLayer frozen = dense();
        for (Layer layer : new Layer[] {both, sameDiff, new LastTimeStep(wrapped), new FrozenLayer(frozen)}) {
            Overrides.apply(beginning(layer), SGD);
        }

        for (Layer inside : new Layer[] {both.getFwd(), both.getBwd(), wrapped, frozen}) {
            assertSgd(((BaseLayer) inside).getIUpdater());
            assertThat(((BaseLayer) inside).getBiasUpdater()).isNull();
        }
        assertSgd(sameDiff.getUpdater());
        assertThat(sameDiff.getBiasUpdater()).isNull();
    }

    @Test
    void leavesUpdaterAndLossAsTheyAreSavedUnlessNamed() {
        MultiLayerConfiguration applied =
                Overrides.apply(ending(output()), Sample.experiment(new NetworkSpec.Saved("saved.json")));

        assertThat(((BaseLayer) applied.getConf(0).getLayer()).getIUpdater()).isInstanceOf(Nesterovs.class);
        assertThat(((OutputLayer) applied.getConf(1).getLayer()).getLossFn()).isInstanceOf(LossMSE.class);
    }

    private static void assertSgd(IUpdater updater) {
        assertThat(updater).isInstanceOf(Sgd.class);
        assertThat(updater.getLearningRate(0, 0)).isEqualTo(0.25);
    }

    private static MultiLayerConfiguration ending(Layer last) {
        return configuration(dense(), last);
    }

    private static MultiLayerConfiguration beginning(Layer first) {
        return configuration(first, output());
    }

    private static MultiLayerConfiguration configuration(Layer first, Layer last) {
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Nesterovs(0.1, 0.9))
                .biasUpdater(new Nesterovs(0.2, 0.9))
                .list(dense(), output())
                .build();
        configuration.getConf(0).setLayer(first);
        configuration.getConf(1).setLayer(last);
        if (first instanceof DenseLayer dense) {
            dense.setIUpdater(new Nesterovs(0.1, 0.9));
            dense.setBiasUpdater(new Nesterovs(0.2, 0.9));
        }
        return configuration;
    }

    private static DenseLayer dense() {
        return new DenseLayer.Builder().nIn(4).nOut(3).build();
    }

    private static LSTM lstm() {
        LSTM lstm = new LSTM.Builder().nIn(4).nOut(3).build();
        lstm.setBiasUpdater(new Nesterovs(0.2, 0.9));
        return lstm;
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder(new LossMSE())
                .nIn(3)
                .nOut(2)
                .activation(Activation.IDENTITY)
                .build();
    }
}
