package dev.featuremap.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.softmax_backward;
import org.bytedeco.dnnl.softmax_forward;

/** An activation function, in place where its input is not needed again; by oneDNN, or in Java where that has none. */
final class BoundActivation implements BoundStage {
    private final ActivationFunction function;
    private final Tensor output;
    /** What the derivative is told from: the input or the output. */
    private final Tensor known;

    BoundActivation(ChainBuilder builder, Stage.Activation stage, Tensor given) {
        function = stage.function();
        // ReLU loses nothing in bf16; of others, derivatives told from so few digits would.
        Tensor input = function.equals(ElementwiseFunction.RELU) ? given : builder.floats(given);
        boolean keepsInput = builder.training() && function.needsInput();
        Tensor result = input;
        if (!stage.applied()) {
            result = keepsInput ? builder.tensor(input.descriptor(), input.shape()) : builder.successor(input);
            forward(builder, input, result);
        }
        output = builder.training() && !keepsInput ? result.kept() : result;
        known = keepsInput ? input : output;
    }

    private void forward(ChainBuilder builder, Tensor input, Tensor result) {
        if (function instanceof Softmax softmax) {
            softmax_forward.primitive_desc primitive = primitive(builder, softmax, input);
            builder.call(new softmax_forward(primitive), primitive, fromTo(input, result));
            return;
        }
        ElementwiseFunction.OneDnn oneDnn = ((ElementwiseFunction) function).oneDnn();
        if (oneDnn == null) {
            forwardInJava(builder, input, result);
            return;
        }
        forward(builder, oneDnn.forward(), oneDnn, input, result);
        if (oneDnn.scale() != 1) {
            ElementwiseFunction.OneDnn scaled = new ElementwiseFunction.OneDnn(dnnl_eltwise_linear, 0, oneDnn.scale());
            forward(builder, dnnl_eltwise_linear, scaled, result, result);
        }
    }

    private static void forward(
            ChainBuilder builder, int algorithm, ElementwiseFunction.OneDnn oneDnn, Tensor input, Tensor result) {
        eltwise_forward.primitive_desc primitive = primitive(builder, algorithm, oneDnn, input);
        builder.call(new eltwise_forward(primitive), primitive, fromTo(input, result));
    }

    private static ChainBuilder.Arguments fromTo(Tensor input, Tensor result) {
        return new ChainBuilder.Arguments().with(DNNL_ARG_SRC, input).with(DNNL_ARG_DST, result);
    }

    private static softmax_forward.primitive_desc primitive(ChainBuilder builder, Softmax softmax, Tensor tensor) {
        return new softmax_forward.primitive_desc(
                new softmax_forward.desc(builder.forwardKind(), tensor.descriptor(), softmax.axis()),
                builder.attributes(),
                builder.cpu());
    }

    private static eltwise_forward.primitive_desc primitive(
            ChainBuilder builder, int algorithm, ElementwiseFunction.OneDnn oneDnn, Tensor tensor) {
        return new eltwise_forward.primitive_desc(
                new eltwise_forward.desc(
                        builder.forwardKind(), algorithm, tensor.descriptor(), oneDnn.alpha(), oneDnn.beta()),
                builder.attributes(),
                builder.cpu());
    }

    private void forwardInJava(ChainBuilder builder, Tensor input, Tensor result) {
        if (!result.equals(input)) {
            builder.reorder(input, result);
        }
        Pieces pieces = new Pieces();
        builder.call(
                queue -> {
                    FloatBuffer values = result.region().floats();
                    for (int from = 0; from < values.capacity(); from += Pieces.LENGTH) {
                        int length = pieces.read(values, from);
                        function.apply(pieces.values(), 1, length);
                        pieces.write(values, from, length);
                    }
                },
                result);
    }

    @Override
    public Tensor output() {
        return output;
    }

    @Override
    public Tensor backward(ChainBuilder builder, Tensor gradient, boolean inputNeeded) {
        Tensor result = builder.reordered(gradient, known.descriptor());
        ChainBuilder.Arguments arguments = new ChainBuilder.Arguments()
                .with(function.needsInput() ? DNNL_ARG_SRC : DNNL_ARG_DST, known)
                .with(DNNL_ARG_DIFF_DST, result)
                .with(DNNL_ARG_DIFF_SRC, result);
        if (function instanceof Softmax softmax) {
            softmax_backward.primitive_desc primitive = new softmax_backward.primitive_desc(
                    new softmax_backward.desc(known.descriptor(), known.descriptor(), softmax.axis()),
                    builder.attributes(),
                    builder.cpu(),
                    primitive(builder, softmax, known));
            builder.call(new softmax_backward(primitive), primitive, arguments);
            return result;
        }
        ElementwiseFunction.OneDnn oneDnn = ((ElementwiseFunction) function).oneDnn();
        if (oneDnn == null || oneDnn.backward() == 0) {
            backwardInJava(builder, result);
        } else {
            eltwise_backward.primitive_desc primitive = new eltwise_backward.primitive_desc(
                    new eltwise_backward.desc(
                            oneDnn.backward(), known.descriptor(), known.descriptor(), oneDnn.alpha(), oneDnn.beta()),
                    builder.attributes(),
                    builder.cpu(),
                    primitive(builder, oneDnn.backward(), oneDnn, known));
            builder.call(new eltwise_backward(primitive), primitive, arguments);
        }
        return result;
    }

    private void backwardInJava(ChainBuilder builder, Tensor gradient) {
        Pieces kept = new Pieces();
        Pieces gradients = new Pieces();
        builder.call(
                queue -> {
                    FloatBuffer values = known.region().floats();
                    FloatBuffer target = gradient.region().floats();
                    for (int from = 0; from < target.capacity(); from += Pieces.LENGTH) {
                        int length = gradients.read(target, from);
                        kept.read(values, from);
                        function.applyDerivative(kept.values(), gradients.values(), 1, length);
                        gradients.write(target, from, length);
                    }
                },
                known,
                gradient);
    }
}
