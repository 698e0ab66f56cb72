package dev.featuremap.engine;

import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The executor's masks for DL4J's layers, so that both drop the same units. */
final class DrawnDropout implements IDropout {
    private static final long serialVersionUID = 1L;

    private final int layer;
    private final double retain;
    private transient long seed;
    private transient INDArray mask;

    DrawnDropout(int layer, double retain) {
        this.layer = layer;
        this.retain = retain;
    }

    void setSeed(long seed) {
        this.seed = seed;
    }

    @Override
    public INDArray applyDropout(
            INDArray input, INDArray result, int iteration, int epoch, LayerWorkspaceMgr workspaces) {
        mask = draw(input).detach();
        return workspaces.leverageTo(ArrayType.INPUT, input.mul(mask));
    }

    private INDArray draw(INDArray input) {
        int examples = (int) input.size(0);
        float[] drawn = new float[(int) input.length()];
        new DropoutMask(layer, retain).fill(drawn, drawn.length / examples, seed, 0);
        INDArray values = Nd4j.createFromArray(drawn);
        // The executor draws in the order of its memory, where the channels of a pixel stand side by side.
        return switch (input.rank()) {
            case 2 -> values.reshape(input.shape());
            case 3 ->
                values.reshape(examples, input.size(2), input.size(1))
                        .permute(0, 2, 1)
                        .dup('c');
            default ->
                values.reshape(examples, input.size(2), input.size(3), input.size(1))
                        .permute(0, 3, 1, 2)
                        .dup('c');
        };
    }

    @Override
    public INDArray backprop(INDArray gradientAtOutput, INDArray gradientAtInput, int iteration, int epoch) {
        return gradientAtInput.assign(gradientAtOutput.mul(mask));
    }

    @Override
    public void clear() {}

    @Override
    @SuppressWarnings("MissingSuperCall") // shared with the network's copies, which take the seed from here
    public IDropout clone() {
        return this;
    }
}
