package dev.featuremap.engine;

import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** A loss by DL4J's own class. */
record Dl4jLoss(ILossFunction function, IActivation activation) implements LossFunction {
    @Override
    public double sum(OutputValues values) {
        return function.computeScore(
                array(values.labels, values), array(values.inputs, values), activation, null, false);
    }

    @Override
    public void gradient(OutputValues values, float[] gradient) {
        INDArray computed =
                function.computeGradient(array(values.labels, values), array(values.inputs, values), activation, null);
        System.arraycopy(computed.dup('c').data().asFloat(), 0, gradient, 0, values.length());
    }

    private static INDArray array(float[] numbers, OutputValues values) {
        return Nd4j.create(numbers, new long[] {values.rows, values.columns}, 'c');
    }
}
