package dev.featuremap.engine;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.feedforward.PReLU;
import org.deeplearning4j.nn.layers.normalization.LocalResponseNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.PReLUParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** DL4J's layers whose way back fails or is wrong, with the right one; forward they are as they were (docs/decisions/0044-faulty-layers.md). */
public final class FaultyLayers {
    private FaultyLayers() {}

    /** Puts layers that go back rightly in their places. */
    public static void mend(MultiLayerNetwork network) {
        Layer[] layers = network.getLayers();
        for (int i = 0; i < layers.length; i++) {
            if (layers[i].getClass() == PReLU.class) {
                layers[i] = new RightPrelu((PReLU) layers[i]);
            } else if (layers[i].getClass() == LocalResponseNormalization.class) {
                layers[i] = new RightLocalNormalization(layers[i]);
            }
        }
    }

    /** ND4J's {@code prelu_bp} of 1.0.0-M2.1 refuses more than 64 values to a slope. */
    private static final class RightPrelu extends PReLU {
        private static final long serialVersionUID = 1L;

        RightPrelu(PReLU faulty) {
            super(faulty.conf(), faulty.conf().getDataType());
            setIndex(faulty.getIndex());
            setParamsViewArray(faulty.params());
            setParamTable(faulty.paramTable());
            if (faulty.getGradientsViewArray() != null) {
                setBackpropGradientsViewArray(faulty.getGradientsViewArray());
            }
        }

        @Override
        public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
            assertInputSet(true);
            INDArray slopes = getParam(PReLUParamInitializer.WEIGHT_KEY);
            // At 0, where either slope is one, that of oneDNN.
            INDArray below = input.lte(0).castTo(input.dataType());
            long[] oneOfEach = new long[input.rank()];
            oneOfEach[0] = 1;
            System.arraycopy(slopes.shape(), 0, oneOfEach, 1, slopes.rank());
            INDArray slope = below.mul(slopes.reshape(oneOfEach)).addi(below.rsub(1));
            INDArray shares = epsilon.mul(input).muli(below);
            INDArray gradient = gradientViews.get(PReLUParamInitializer.WEIGHT_KEY);
            gradient.assign(shares.sum(summed()).reshape(slopes.shape()));
            Gradient result = new DefaultGradient();
            result.setGradientFor(PReLUParamInitializer.WEIGHT_KEY, gradient, 'c');
            INDArray before = workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, slope.muli(epsilon));
            return new Pair<>(result, backpropDropOutIfPresent(before));
        }

        /** Examples, and the axes along which a slope is shared. */
        private int[] summed() {
            long[] shared = ((PReLULayer) conf().getLayer()).getSharedAxes();
            int[] axes = new int[shared == null ? 1 : 1 + shared.length];
            for (int i = 1; i < axes.length; i++) {
                axes[i] = (int) shared[i - 1];
            }
            return axes;
        }
    }

    /**
     * DL4J's takes each neighbour's share by the number's own divisor instead of the neighbour's, which is right only where all of them sum over
     * the same channels.
     */
    private static final class RightLocalNormalization extends LocalResponseNormalization {
        private static final long serialVersionUID = 1L;

        RightLocalNormalization(Layer faulty) {
            super(faulty.conf(), faulty.conf().getDataType());
            setIndex(faulty.getIndex());
        }

        @Override
        public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
            assertInputSet(true);
            double alpha = layerConf().getAlpha();
            double beta = layerConf().getBeta();
            INDArray sums = overNeighbours(input.mul(input))
                    .muli(alpha)
                    .addi(layerConf().getK());
            INDArray power = Transforms.pow(sums, -beta, true);
            INDArray shares = overNeighbours(epsilon.mul(input).muli(power).divi(sums));
            INDArray before = epsilon.mul(power).subi(shares.muli(input).muli(2 * alpha * beta));
            return new Pair<>(new DefaultGradient(), workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, before));
        }

        /** Each number's own and its neighbours' across channels, added up. */
        private INDArray overNeighbours(INDArray values) {
            INDArray sums = values.dup();
            long channels = values.size(1);
            for (int apart = 1; apart <= (int) layerConf().getN() / 2; apart++) {
                INDArrayIndex[] upper = channels(apart, channels);
                INDArrayIndex[] lower = channels(0, channels - apart);
                sums.get(upper).addi(values.get(lower));
                sums.get(lower).addi(values.get(upper));
            }
            return sums;
        }

        private static INDArrayIndex[] channels(long from, long to) {
            return new INDArrayIndex[] {
                NDArrayIndex.all(), NDArrayIndex.interval(from, to), NDArrayIndex.all(), NDArrayIndex.all()
            };
        }
    }
}
