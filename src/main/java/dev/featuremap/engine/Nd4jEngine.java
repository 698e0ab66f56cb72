package dev.featuremap.engine;

import java.util.List;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** DL4J's own layers on ND4J's backend. */
public final class Nd4jEngine implements Engine {
    private final MultiLayerNetwork network;

    public Nd4jEngine(MultiLayerNetwork network) {
        this.network = network;
    }

    @Override
    public String name() {
        return "nd4j";
    }

    @Override
    public double step(DataSet batch, long seed) {
        Nd4j.getRandom().setSeed(seed);
        network.fit(batch);
        return network.score();
    }

    @Override
    public void endEpoch() {
        network.incrementEpochCount();
    }

    /**
     * One forward pass: {@code MultiLayerNetwork.score} and {@code output} would each make their own.
     *
     * <p>The activations are closed by hand: left to the garbage collector, which sees only their small Java side, they
     * would fill the native memory first.
     */
    @Override
    public Scored score(INDArray features, INDArray labels) {
        int last = network.getnLayers() - 1;
        if (!(network.getOutputLayer() instanceof IOutputLayer output)) {
            throw new IllegalStateException("the network's last layer computes no loss");
        }
        List<INDArray> activations =
                last == 0 ? List.of(features) : network.feedForwardToLayer(last - 1, features, false);
        INDArray input = activations.get(activations.size() - 1);
        var preProcessor = network.getLayerWiseConfigurations().getInputPreProcess(last);
        if (preProcessor != null) {
            input = preProcessor.preProcess(input, (int) features.size(0), LayerWorkspaceMgr.noWorkspacesImmutable());
        }
        output.setInput(input, LayerWorkspaceMgr.noWorkspacesImmutable());
        INDArray outputs = output.activate(false, LayerWorkspaceMgr.noWorkspacesImmutable());
        output.setLabels(labels);
        double loss = output.computeScore(0, false, LayerWorkspaceMgr.noWorkspacesImmutable());
        network.clear();
        activations.stream()
                .filter(activation -> activation != features && activation.closeable())
                .forEach(INDArray::close);
        return new Scored(outputs, loss);
    }

    @Override
    public INDArray output(INDArray features) {
        return network.output(features, false);
    }

    @Override
    public MultiLayerNetwork network() {
        return network;
    }

    @Override
    public void close() {}
}
