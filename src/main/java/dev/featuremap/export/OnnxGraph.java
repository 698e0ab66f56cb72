package dev.featuremap.export;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.ByteString;

/** An ONNX graph that is a chain: each node added takes what the one before gives, and constants. */
final class OnnxGraph {
    private final GraphProto.Builder graph;
    private String last;

    OnnxGraph(String name, String input) {
        graph = GraphProto.newBuilder().setName(name);
        last = input;
    }

    /** What the node added last gives. */
    String last() {
        return last;
    }

    /** Adds a node that takes what the last one gives, then {@code constants}. */
    void add(String operator, List<String> constants, AttributeProto... attributes) {
        add(operator, last, constants, attributes);
    }

    /** Adds a node that takes {@code first} of an earlier node, then {@code others}. */
    void add(String operator, String first, List<String> others, AttributeProto... attributes) {
        last = operator.toLowerCase(Locale.ROOT) + graph.getNodeCount();
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .setName(last)
                .addInput(first)
                .addAllInput(others)
                .addAllAttribute(Arrays.asList(attributes))
                .addOutput(last));
    }

    /** A constant of little-endian f32. */
    String floats(byte[] values, long... shape) {
        return constant(TensorProto.DataType.FLOAT, ByteString.copyFrom(values), shape);
    }

    /** A single number. */
    String number(double value) {
        return constant(TensorProto.newBuilder()
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .addFloatData((float) value));
    }

    /** Whole numbers in a row. */
    String integers(Collection<Long> values) {
        return constant(TensorProto.newBuilder()
                .setDataType(TensorProto.DataType.INT64.getNumber())
                .addDims(values.size())
                .addAllInt64Data(values));
    }

    private String constant(TensorProto.DataType type, ByteString values, long... shape) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setDataType(type.getNumber()).setRawData(values);
        for (long side : shape) {
            tensor.addDims(side);
        }
        return constant(tensor);
    }

    private String constant(TensorProto.Builder tensor) {
        String name = "constant" + graph.getInitializerCount();
        graph.addInitializer(tensor.setName(name));
        return name;
    }

    static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto attribute(String name, double value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF((float) value)
                .build();
    }

    static AttributeProto attribute(String name, List<Integer> values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INTS)
                .addAllInts(values.stream().map(Long::valueOf).toList())
                .build();
    }

    /** The graph, from its input to what the last node gives. */
    GraphProto build(ValueInfoProto input, ValueInfoProto output) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Identity")
                .setName(output.getName())
                .addInput(last)
                .addOutput(output.getName()));
        return graph.addInput(input).addOutput(output).build();
    }

    /** A value of so many examples of this shape. */
    static ValueInfoProto value(String name, TensorProto.DataType type, List<Integer> shape) {
        TensorShapeProto.Builder sides = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("batch"));
        shape.forEach(
                side -> sides.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(side)));
        TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder()
                .setElemType(type.getNumber())
                .setShape(sides)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}
