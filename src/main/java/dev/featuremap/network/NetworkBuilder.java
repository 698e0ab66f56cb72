package dev.featuremap.network;

import dev.featuremap.backend.Backend;
import dev.featuremap.experiment.*;
import java.util.Locale;
import org.deeplearning4j.nn.conf.*;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.*;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.config.*;
import org.nd4j.linalg.lossfunctions.impl.*;

public final class NetworkBuilder {
    public static MultiLayerConfiguration configuration(Experiment e, DataShape shape) {
        var layers = (NetworkSpec.Layers) e.network();
        var u = e.training().updater().orElseThrow();
        IUpdater up = u instanceof UpdaterSpec.Sgd s
                ? new Sgd(s.learningRate().initial())
                : new Adam(((UpdaterSpec.Adam) u).learningRate().initial());
        var b = new NeuralNetConfiguration.Builder()
                .seed(e.seed())
                .updater(up)
                .weightInit(org.deeplearning4j.nn.weights.WeightInit.valueOf(
                        layers.weightInit().name()))
                .list();
        for (LayerSpec l : layers.layers())
            b.layer(
                    l instanceof LayerSpec.Convolution c
                            ? new ConvolutionLayer.Builder(
                                            c.kernel().height(), c.kernel().width())
                                    .nOut(c.filters())
                                    .activation(act(c.activation()))
                                    .build()
                            : l instanceof LayerSpec.Subsampling s
                                    ? new SubsamplingLayer.Builder()
                                            .kernelSize(
                                                    s.size().height(), s.size().width())
                                            .stride(
                                                    s.stride().height(),
                                                    s.stride().width())
                                            .build()
                                    : l instanceof LayerSpec.Dropout d
                                            ? new DropoutLayer(1 - d.rate())
                                            : l instanceof LayerSpec.Dense d
                                                    ? new DenseLayer.Builder()
                                                            .nOut(d.units())
                                                            .activation(act(d.activation()))
                                                            .build()
                                                    : l instanceof LayerSpec.Output o
                                                            ? new OutputLayer.Builder(
                                                                            e.loss()
                                                                                                    .orElseThrow()
                                                                                            == Loss.MSE
                                                                                    ? new LossMSE()
                                                                                    : e.loss()
                                                                                                            .get()
                                                                                                    == Loss.MAE
                                                                                            ? new LossMAE()
                                                                                            : new LossMCXENT())
                                                                    .nOut(o.units())
                                                                    .activation(act(o.activation()))
                                                                    .build()
                                                            : null);
        return b.setInputType(InputType.convolutional(shape.height(), shape.width(), shape.channels()))
                .build();
    }

    static org.nd4j.linalg.activations.Activation act(Activation a) {
        return org.nd4j.linalg.activations.Activation.valueOf(a.name().toUpperCase(Locale.ROOT));
    }

    public static MultiLayerNetwork network(MultiLayerConfiguration c) {
        Backend.start();
        var n = new MultiLayerNetwork(c);
        n.init();
        return n;
    }

    public static boolean wantsSignedLabels(MultiLayerConfiguration c) {
        return false;
    }
}
