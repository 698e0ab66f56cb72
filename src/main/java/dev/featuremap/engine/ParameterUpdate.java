package dev.featuremap.engine;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/**
 * The step from the replicas' gradients to new parameters: summed in the replicas' order, divided by the batch, normalised,
 * regularised and handed to each parameter's {@link UpdaterStep}, in pieces small enough to stay in the processor's nearest cache.
 *
 * <p>Which parameters share an updater, where its state lies and what is regularised are read from DL4J's own updater, whose state is
 * the one that is stepped.
 */
final class ParameterUpdate {
    /** Floats of a piece: three arrays of it fit into 48 KB. */
    private static final int PIECE = 4096;

    /** Arrays of state that an updater has at most: AMSGrad's. */
    private static final int MOST_STATES = 3;

    /** Pieces that take about as long as handing them to a thread. */
    private static final int LEAST_PIECES = 3;

    /** Parameters that share an updater; {@code stateOffset} counts in DL4J's state view. */
    private record Block(IUpdater updater, UpdaterStep step, int length, int stateOffset) {
        /** The learning rate that DL4J multiplies a weight decay by: 1 where there is none. */
        double rate(int iteration, int epoch) {
            return updater.hasLearningRate() ? updater.getLearningRate(iteration, epoch) : 1;
        }
    }

    /** Neighbouring parameters of one block and one DL4J parameter, with their updater's state. */
    private static final class Piece {
        private final Block block;
        /** In DL4J's view of the state, of the first of its arrays. */
        private final int stateFrom;

        private final int from;
        private final int length;
        private final boolean divided;
        /** What the gradient is normalised with; null where it is not. */
        private final GradientGroup group;

        private final List<Regularization> regularization;
        /** How many of the parameters are NaN or infinite. */
        private int broken;

        Piece(Block block, UpdaterBlock.ParamState parameter, GradientGroup group, int from, int fromInBlock) {
            this.block = block;
            this.group = group;
            this.from = from;
            stateFrom = block.stateOffset + fromInBlock;
            length = Math.min(PIECE, parameter.getParamOffsetEnd() - from);
            String name = parameter.getParamName();
            divided = parameter.getLayer().updaterDivideByMinibatch(name);
            List<Regularization> found = parameter.getLayer().getConfig().getRegularizationByParam(name);
            regularization = found == null ? List.of() : List.copyOf(found);
        }
    }

    private final NativeFloats parameters;
    /** DL4J's view of the updater's state; null where it has none. */
    private final NativeFloats state;

    private final List<Block> blocks = new ArrayList<>();
    private final List<Piece> pieces = new ArrayList<>();
    /** By layer, or by layer and parameter. */
    private final Map<List<Object>, GradientGroup> groups = new HashMap<>();

    private final boolean regularized;
    /** The regularisation of each piece, so that their sum does not depend on who computed which. */
    private final double[] penalties;
    /** The sum of the squares of each piece's gradient, likewise. */
    private final double[] squares;

    private int iteration;
    private int epoch;
    private float scale;

    ParameterUpdate(MultiLayerNetwork network, NativeFloats parameters) {
        this.parameters = parameters;
        BaseMultiLayerUpdater<?> updater = (BaseMultiLayerUpdater<?>) network.getUpdater();
        INDArray view = updater.getStateViewArray();
        state = view == null ? null : NativeFloats.of(view);
        for (UpdaterBlock updaterBlock : updater.getUpdaterBlocks()) {
            addBlock(updaterBlock);
        }
        penalties = new double[pieces.size()];
        squares = new double[pieces.size()];
        regularized = pieces.stream().anyMatch(piece -> !piece.regularization.isEmpty());
        int[] bits = new int[PIECE];
        pieces.forEach(piece -> countBroken(piece, bits));
    }

    private void addBlock(UpdaterBlock updaterBlock) {
        int begin = updaterBlock.getParamOffsetStart();
        int length = updaterBlock.getParamOffsetEnd() - begin;
        IUpdater config = updaterBlock.getGradientUpdater().getConfig();
        UpdaterStep step = UpdaterStep.of(config).orElseThrow();
        Block block = new Block(config, step, length, updaterBlock.getUpdaterViewOffsetStart());
        blocks.add(block);
        for (UpdaterBlock.ParamState parameter : updaterBlock.getLayersAndVariablesInBlock()) {
            GradientGroup group = group(parameter);
            for (int from = parameter.getParamOffsetStart(); from < parameter.getParamOffsetEnd(); from += PIECE) {
                pieces.add(new Piece(block, parameter, group, from, from - begin));
            }
        }
    }

    private GradientGroup group(UpdaterBlock.ParamState parameter) {
        TrainingConfig layer = parameter.getLayer().getConfig();
        GradientNormalization how = layer.getGradientNormalization();
        if (how == null || how == GradientNormalization.None) {
            return null;
        }
        String name = GradientGroup.isOfOneParameter(how) ? parameter.getParamName() : "";
        return groups.computeIfAbsent(
                List.of(layer.getLayerName(), name),
                key -> new GradientGroup(how, layer.getGradientNormalizationThreshold()));
    }

    /** Sets what the coming step's pieces share. */
    void prepare(int iteration, int epoch, int examples) {
        this.iteration = iteration;
        this.epoch = epoch;
        scale = 1f / examples;
        for (Block block : blocks) {
            block.step.prepare(iteration, epoch);
        }
    }

    /** Into how many parts a step is worth being shared, at most {@code threads}. */
    int worthwhileParts(int threads) {
        return Math.max(1, Math.min(threads, pieces.size() / LEAST_PIECES));
    }

    /** A thread's own arrays. */
    static final class Workspace {
        private final float[] parameters = new float[PIECE];
        private final float[] gradient = new float[PIECE];
        private final float[] other = new float[PIECE];
        private final float[][] state = new float[MOST_STATES][PIECE];
        private final int[] bits = new int[PIECE];
    }

    /** Whether the step needs norms of the gradients: {@link #measure} for all parameters, then {@link #normalize}. */
    boolean needsNorms() {
        return groups.values().stream().anyMatch(GradientGroup::needsNorm);
    }

    /** Measures what {@link #apply} with the same arguments will step. */
    void measure(List<FloatBuffer> gradients, int part, int parts, Workspace workspace) {
        int end = (int) ((part + 1L) * pieces.size() / parts);
        for (int i = (int) ((long) part * pieces.size() / parts); i < end; i++) {
            float[] gradient = gradient(pieces.get(i), gradients, workspace);
            double sum = 0;
            for (int j = 0; j < pieces.get(i).length; j++) {
                sum += (double) gradient[j] * gradient[j];
            }
            squares[i] = sum;
        }
    }

    /** Takes the norms of what was measured, in the pieces' order. */
    void normalize() {
        groups.values().forEach(GradientGroup::begin);
        for (int i = 0; i < squares.length; i++) {
            GradientGroup group = pieces.get(i).group;
            if (group != null) {
                group.add(squares[i]);
            }
        }
    }

    /**
     * Steps the share of parameters that falls to thread {@code part} of {@code parts}.
     *
     * @param gradients of the replicas that had examples, in their order
     */
    void apply(List<FloatBuffer> gradients, int part, int parts, Workspace workspace) {
        int end = (int) ((part + 1L) * pieces.size() / parts);
        for (int i = (int) ((long) part * pieces.size() / parts); i < end; i++) {
            penalties[i] = apply(pieces.get(i), gradients, workspace);
        }
    }

    /** The batch's gradient of a piece, summed over the replicas and divided. */
    private float[] gradient(Piece piece, List<FloatBuffer> gradients, Workspace workspace) {
        float[] gradient = workspace.gradient;
        int length = piece.length;
        gradients.get(0).get(piece.from, gradient, 0, length);
        for (int replica = 1; replica < gradients.size(); replica++) {
            float[] other = workspace.other;
            gradients.get(replica).get(piece.from, other, 0, length);
            for (int i = 0; i < length; i++) {
                gradient[i] += other[i];
            }
        }
        if (piece.divided) {
            float scale = this.scale;
            for (int i = 0; i < length; i++) {
                gradient[i] *= scale;
            }
        }
        return gradient;
    }

    private double apply(Piece piece, List<FloatBuffer> gradients, Workspace workspace) {
        float[] gradient = gradient(piece, gradients, workspace);
        float[] values = workspace.parameters;
        int length = piece.length;
        if (piece.group != null) {
            piece.group.apply(gradient, length);
        }
        parameters.buffer().get(piece.from, values, 0, length);
        double penalty = 0;
        for (Regularization regularization : piece.regularization) {
            penalty += regularize(regularization, values, gradient, length);
        }
        decay(piece, values);
        for (int i = 0; i < piece.block.step.states(); i++) {
            state.buffer().get(piece.stateFrom + i * piece.block.length, workspace.state[i], 0, length);
        }
        piece.block.step.apply(values, gradient, workspace.state, length);
        for (int i = 0; i < piece.block.step.states(); i++) {
            state.buffer().put(piece.stateFrom + i * piece.block.length, workspace.state[i], 0, length);
        }
        parameters.buffer().put(piece.from, values, 0, length);
        countBroken(piece, workspace.bits);
        return penalty;
    }

    /** An exponent of ones alone carries into the sign; counting signs is a loop that the JIT turns into vector instructions. */
    private void countBroken(Piece piece, int[] bits) {
        parameters.bits().get(piece.from, bits, 0, piece.length);
        int broken = 0;
        for (int i = 0; i < piece.length; i++) {
            broken += ((bits[i] & 0x7f800000) + 0x00800000) >>> 31;
        }
        piece.broken = broken;
    }

    /**
     * Whether all parameters are finite. The loss does not always tell: oneDNN's ReLU makes 0 of NaN, where DL4J's passes it on.
     */
    boolean isFinite() {
        for (Piece piece : pieces) {
            if (piece.broken > 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Takes off the parameters what DL4J's weight decays, of which there may be several, add to their step; as no step depends on the
     * parameters, before it is as good as after.
     */
    private void decay(Piece piece, float[] values) {
        double sum = 0;
        for (Regularization regularization : piece.regularization) {
            if (regularization instanceof WeightDecay decay) {
                double coefficient = decay.getCoeff().valueAt(iteration, epoch);
                sum += decay.isApplyLR() ? coefficient * piece.block.rate(iteration, epoch) : coefficient;
            }
        }
        if (sum != 0) {
            float share = (float) sum;
            for (int i = 0; i < piece.length; i++) {
                values[i] -= share * values[i];
            }
        }
    }

    /** Adds to the gradient as DL4J does before its updater, and returns the addition to the loss. */
    private double regularize(Regularization regularization, float[] values, float[] gradient, int length) {
        double sum = 0;
        if (regularization instanceof L1Regularization l1) {
            double coefficient = l1.getL1().valueAt(iteration, epoch);
            float factor = (float) coefficient;
            for (int i = 0; i < length; i++) {
                gradient[i] += factor * Math.signum(values[i]);
                sum += Math.abs(values[i]);
            }
            return coefficient * sum;
        }
        if (regularization instanceof WeightDecay decay) {
            for (int i = 0; i < length; i++) {
                sum += (double) values[i] * values[i];
            }
            return 0.5 * decay.getCoeff().valueAt(iteration, epoch) * sum;
        }
        double coefficient = ((L2Regularization) regularization).getL2().valueAt(iteration, epoch);
        float factor = (float) coefficient;
        for (int i = 0; i < length; i++) {
            gradient[i] += factor * values[i];
            sum += (double) values[i] * values[i];
        }
        return 0.5 * coefficient * sum;
    }

    /** The regularisation's part of the loss, of the parameters before the last step. */
    double penalty() {
        double sum = 0;
        if (regularized) {
            for (double penalty : penalties) {
                sum += penalty;
            }
        }
        return sum;
    }
}
