package dev.featuremap.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.softmax_backward;
import org.bytedeco.dnnl.softmax_forward;

/** An activation function, in place where its input is not needed again; its derivative is taken from its output. */
final class BoundActivation implements BoundStage {
    private static final int UNITS = 1;

    private final ActivationFunction function;
    private final Tensor output;

    BoundActivation(ChainBuilder builder, Stage.Activation stage, Tensor given) {
        function = stage.function();
        // ReLU loses nothing in bf16; of others, derivatives told from so few digits would.
        Tensor input = function instanceof ActivationFunction.Relu ? given : builder.floats(given);
        Tensor result = stage.applied() ? input : builder.successor(input);
        if (!stage.applied()) {
            ChainBuilder.Arguments arguments =
                    new ChainBuilder.Arguments().with(DNNL_ARG_SRC, input).with(DNNL_ARG_DST, result);
            if (function instanceof ActivationFunction.Softmax) {
                softmax_forward.primitive_desc primitive = softmax(builder, input);
                builder.call(new softmax_forward(primitive), primitive, arguments);
            } else {
                eltwise_forward.primitive_desc primitive = elementwise(
                        builder, input, ElementwiseFunction.of(function).forward());
                builder.call(new eltwise_forward(primitive), primitive, arguments);
            }
        }
        output = builder.training() ? result.kept() : result;
    }

    private static softmax_forward.primitive_desc softmax(ChainBuilder builder, Tensor tensor) {
        return new softmax_forward.primitive_desc(
                new softmax_forward.desc(builder.forwardKind(), tensor.descriptor(), UNITS),
                builder.attributes(),
                builder.cpu());
    }

    private eltwise_forward.primitive_desc elementwise(ChainBuilder builder, Tensor tensor, int algorithm) {
        float alpha = ElementwiseFunction.of(function).alpha();
        return new eltwise_forward.primitive_desc(
                new eltwise_forward.desc(builder.forwardKind(), algorithm, tensor.descriptor(), alpha, 0f),
                builder.attributes(),
                builder.cpu());
    }

    @Override
    public Tensor output() {
        return output;
    }

    @Override
    public Tensor backward(ChainBuilder builder, Tensor gradient, boolean inputNeeded) {
        Tensor result = builder.reordered(gradient, output.descriptor());
        ChainBuilder.Arguments arguments = new ChainBuilder.Arguments()
                .with(DNNL_ARG_DST, output)
                .with(DNNL_ARG_DIFF_DST, result)
                .with(DNNL_ARG_DIFF_SRC, result);
        if (function instanceof ActivationFunction.Softmax) {
            softmax_backward.primitive_desc primitive = new softmax_backward.primitive_desc(
                    new softmax_backward.desc(output.descriptor(), output.descriptor(), UNITS),
                    builder.attributes(),
                    builder.cpu(),
                    softmax(builder, output));
            builder.call(new softmax_backward(primitive), primitive, arguments);
        } else if (function instanceof ActivationFunction.LeakyRelu leaky) {
            backwardLeakyRelu(builder, leaky, result);
        } else {
            ElementwiseFunction elementwise = ElementwiseFunction.of(function);
            eltwise_backward.primitive_desc primitive = new eltwise_backward.primitive_desc(
                    new eltwise_backward.desc(
                            elementwise.backward(), output.descriptor(), output.descriptor(), elementwise.alpha(), 0f),
                    builder.attributes(),
                    builder.cpu(),
                    elementwise(builder, output, elementwise.backward()));
            builder.call(new eltwise_backward(primitive), primitive, arguments);
        }
        return result;
    }

    /** At 0, where whole black regions of a picture lie while biases are 0, DL4J's slope is 1 and oneDNN's the smaller one. */
    private void backwardLeakyRelu(ChainBuilder builder, ActivationFunction.LeakyRelu leaky, Tensor gradient) {
        Pieces outputs = new Pieces();
        Pieces gradients = new Pieces();
        builder.call(
                queue -> {
                    FloatBuffer values = output.region().floats();
                    FloatBuffer target = gradient.region().floats();
                    for (int from = 0; from < target.capacity(); from += Pieces.LENGTH) {
                        int length = gradients.read(target, from);
                        outputs.read(values, from);
                        leaky.applyDerivative(outputs.values(), gradients.values(), 1, length);
                        gradients.write(target, from, length);
                    }
                },
                output,
                gradient);
    }
}
