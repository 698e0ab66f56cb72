package dev.featuremap.engine;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/** Compiles a {@link NetworkPlan} for one shape of input into a {@link PrimitiveChain}. */
final class ChainBuilder {
    /** What every chain of a replica shares. */
    record Context(
            engine cpu,
            stream queue,
            NativeFloats parameters,
            NativeFloats gradients,
            Exchange.Seat seat,
            Map<MaxPoolConvolutionBackward.Geometry, MaxPoolConvolutionBackward> maxPoolConvolutionBackwards) {
        Context(engine cpu, stream queue, NativeFloats parameters, NativeFloats gradients, Exchange.Seat seat) {
            this(cpu, queue, parameters, gradients, seat, new HashMap<>());
        }
    }

    private final Context context;
    private final Arithmetic arithmetic;
    private final boolean training;
    private final Arena arena = new Arena();
    private final PrimitiveChain.Randomness randomness = new PrimitiveChain.Randomness();
    private final List<PrimitiveChain.Call> preparations = new ArrayList<>();
    private final List<PrimitiveChain.Call> forward = new ArrayList<>();
    private final List<PrimitiveChain.Call> backward = new ArrayList<>();
    private List<PrimitiveChain.Call> current = forward;
    /** The time of the next call, for the arena. */
    private int time;

    private ChainBuilder(Context context, Arithmetic arithmetic, boolean training) {
        this.context = context;
        this.arithmetic = arithmetic;
        this.training = training;
    }

    /** The chain of {@code plan} for {@code input}; without {@code training} it has no backward pass. */
    static PrimitiveChain build(
            NetworkPlan plan, Context context, Arithmetic arithmetic, Shape input, boolean training) {
        try (@SuppressWarnings("unchecked")
                PointerScope scope = new PointerScope()) {
            PrimitiveChain chain = new ChainBuilder(context, arithmetic, training).build(plan, input, scope);
            scope.extend();
            return chain;
        }
    }

    private PrimitiveChain build(NetworkPlan plan, Shape shape, PointerScope scope) {
        Tensor input = input(shape);
        List<BoundStage> stages = new ArrayList<>();
        Tensor tensor = input;
        for (Stage stage : plan.stages()) {
            BoundStage bound = BoundStage.bind(stage, this, tensor);
            stages.add(bound);
            tensor = bound.output();
        }
        Tensor logits = tensor;
        touch(logits);
        if (training) {
            current = backward;
            buildBackward(plan, stages, logits);
        }
        arena.allocate();
        return new PrimitiveChain(
                new PrimitiveChain.Parts(scope, input, logits, preparations, forward, backward, randomness),
                context.queue);
    }

    /** From the last stage to the first that has parameters; nobody asks for the gradient of what lies before it. */
    private void buildBackward(NetworkPlan plan, List<BoundStage> stages, Tensor logits) {
        int first = 0;
        while (!hasParameters(plan.stages().get(first))) {
            first++;
        }
        Tensor gradient = logits;
        for (int i = stages.size() - 1; i >= first; i--) {
            if (i > first
                    && stages.get(i) instanceof BoundPooling pooling
                    && stages.get(i - 1) instanceof BoundConvolution convolution
                    && convolution.canGoBackThrough(this, pooling)) {
                i--;
                gradient = convolution.backwardThrough(this, pooling, gradient, i > first);
            } else {
                gradient = stages.get(i).backward(this, gradient, i > first);
            }
        }
    }

    private static boolean hasParameters(Stage stage) {
        return stage instanceof Stage.Convolution
                || stage instanceof Stage.Dense
                || stage instanceof Stage.Normalization
                || stage instanceof Stage.Prelu;
    }

    /** The features, wherever the caller has them. */
    private Tensor input(Shape shape) {
        boolean nhwc = layout() == Layout.CHANNELS_LAST && shape.hasOneOrder();
        memory.desc descriptor = descriptor(nhwc ? format_tag.nhwc : format_tag.nchw, shape.dimensions());
        return bound(descriptor, shape, Arena.foreign(), false);
    }

    private Tensor bound(memory.desc descriptor, Shape shape, Arena.Region region, boolean overwritable) {
        memory handle = memory(descriptor, null);
        region.bind(handle);
        return new Tensor(handle, descriptor, shape, region, overwritable);
    }

    engine cpu() {
        return context.cpu;
    }

    boolean training() {
        return training;
    }

    Layout layout() {
        return arithmetic.layout();
    }

    /** What is computed in bf16; empty when all is f32. */
    Optional<Bfloat16> bf16() {
        return arithmetic.bf16();
    }

    NativeFloats parameters() {
        return context.parameters;
    }

    /** The replica's place among those that share a batch. */
    Exchange.Seat seat() {
        return context.seat;
    }

    NativeFloats gradients() {
        return context.gradients;
    }

    PrimitiveChain.Randomness randomness() {
        return randomness;
    }

    /** One for every convolution of these sizes: it keeps nothing between runs. */
    MaxPoolConvolutionBackward maxPoolConvolutionBackward(MaxPoolConvolutionBackward.Geometry geometry) {
        return context.maxPoolConvolutionBackwards.computeIfAbsent(geometry, MaxPoolConvolutionBackward::new);
    }

    /** How the propagation is named to oneDNN. */
    int forwardKind() {
        return training ? dnnl.dnnl_forward_training : dnnl.dnnl_forward_inference;
    }

    static memory.desc descriptor(format_tag order, long... dimensions) {
        return descriptor(memory.data_type.f32, order, dimensions);
    }

    static memory.desc descriptor(memory.data_type type, format_tag order, long... dimensions) {
        return new memory.desc(dimensions, type, order);
    }

    private memory memory(memory.desc descriptor, Pointer address) {
        return new memory(descriptor, context.cpu, address);
    }

    /** A new array in the arena. */
    Tensor tensor(memory.desc descriptor, Shape shape) {
        return bound(descriptor, shape, arena.reserve(descriptor.get_size()), true);
    }

    /** The same values under another shape of as many. */
    Tensor view(Tensor tensor, memory.desc descriptor, Shape shape) {
        return bound(descriptor, shape, tensor.region(), tensor.overwritable());
    }

    /** Parameters, at their place in DL4J's order. */
    Tensor parameter(memory.desc descriptor, long offset) {
        return new Tensor(memory(descriptor, context.parameters.at(offset)), descriptor, null, null, false);
    }

    /** Where the gradient of parameters goes. */
    Tensor gradient(memory.desc descriptor, long offset) {
        return new Tensor(memory(descriptor, context.gradients.at(offset)), descriptor, null, null, true);
    }

    /** The values in the order and type of {@code descriptor}: a copy, unless they have it. */
    Tensor reordered(Tensor tensor, memory.desc descriptor) {
        if (tensor.descriptor().equals(descriptor)) {
            return tensor;
        }
        Tensor target = tensor(descriptor, tensor.shape());
        reorder(tensor, target);
        return target;
    }

    /** Feature maps as f32, in the same order. */
    Tensor floats(Tensor tensor) {
        if (tensor.isFloats()) {
            return tensor;
        }
        // What is computed in bf16 has channels last, or is rows.
        memory.desc rows =
                descriptor(tensor.type(), format_tag.nc, tensor.shape().flatDimensions());
        memory.desc descriptor = tensor.descriptor().equals(rows)
                ? descriptor(format_tag.nc, tensor.shape().flatDimensions())
                : descriptor(format_tag.nhwc, tensor.shape().dimensions());
        return reordered(tensor, descriptor);
    }

    /** Parameters in the order and type of {@code descriptor}, copied once each time they change. */
    Tensor preparedParameter(Tensor parameter, memory.desc descriptor) {
        List<PrimitiveChain.Call> before = current;
        current = preparations;
        Tensor prepared = reordered(parameter, descriptor);
        current = before;
        if (prepared.region() != null) {
            prepared.region().keep();
        }
        return prepared;
    }

    /** A place for what is made of {@code tensor}, in the same order: its own if nobody needs it any more. */
    Tensor successor(Tensor tensor) {
        return tensor.overwritable() ? tensor : tensor(tensor.descriptor(), tensor.shape());
    }

    /** Copies values from one order and type to another. */
    void reorder(Tensor from, Tensor to) {
        reorder.primitive_desc descriptor = new reorder.primitive_desc(
                context.cpu, from.descriptor(), context.cpu, to.descriptor(), attributes(), false);
        call(
                new reorder(descriptor),
                descriptor,
                new Arguments().with(DNNL_ARG_SRC, from).with(DNNL_ARG_DST, to));
    }

    /** The arguments of a primitive by oneDNN's numbers for them. */
    static final class Arguments {
        private final IntMemoryMap map = new IntMemoryMap();
        private final List<Tensor> tensors = new ArrayList<>();

        Arguments with(int argument, Tensor tensor) {
            map.put(argument, tensor.handle());
            tensors.add(tensor);
            return this;
        }
    }

    /** Adds a call of {@code callee}. */
    void call(primitive callee, primitive_desc_base descriptor, Arguments arguments) {
        memory.desc scratchpad = descriptor.scratchpad_desc();
        if (scratchpad.get_size() > 0) {
            arguments.with(DNNL_ARG_SCRATCHPAD, tensor(scratchpad, null));
        }
        IntMemoryMap map = arguments.map;
        call(queue -> callee.execute(queue, map), arguments.tensors.toArray(new Tensor[0]));
    }

    /** Adds a call that reads or writes {@code tensors}. */
    void call(PrimitiveChain.Call call, Tensor... tensors) {
        current.add(call);
        for (Tensor tensor : tensors) {
            if (tensor.region() != null) {
                tensor.region().use(time);
            }
        }
        time++;
    }

    /** Keeps what lies in {@code tensor} until now. */
    void touch(Tensor tensor) {
        tensor.region().use(time++);
    }

    /** Attributes of every primitive: scratch memory is the arena's, so that threads share none and its size is known. */
    primitive_attr attributes() {
        primitive_attr attributes = new primitive_attr();
        attributes.set_scratchpad_mode(dnnl.dnnl_scratchpad_mode_user);
        return attributes;
    }

    /** {@link #attributes()} of a primitive that applies {@code fused} to its output. */
    primitive_attr attributes(ElementwiseFunction fused) {
        primitive_attr attributes = attributes();
        if (!fused.equals(ElementwiseFunction.IDENTITY)) {
            ElementwiseFunction.OneDnn function = fused.oneDnn();
            post_ops operations = new post_ops();
            operations.append_eltwise(function.scale(), function.forward(), function.alpha(), function.beta());
            attributes.set_post_ops(operations);
        }
        return attributes;
    }
}
