package dev.featuremap.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.featuremap.Failure;
import dev.featuremap.network.InferenceNetwork;
import dev.featuremap.network.InferenceReader;
import dev.featuremap.run.ModelInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx.ModelProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * A trained network as an ONNX model of operator set 13, for any number of examples at once.
 *
 * <p>Its input {@code pixels}, {@code [batch, channels, height, width]}, holds levels 0..255, or what the network itself takes; its
 * output {@code output}, {@code [batch, outputs]}, what the network's last activation function gives.
 */
public final class OnnxFile {
    /** The input's name. */
    public static final String INPUT = "pixels";

    /** The output's name. */
    public static final String OUTPUT = "output";

    /** The oldest in which all operators that are used have the form in which they are used. */
    private static final int OPERATOR_SET = 13;

    /** The format's version that came with it. */
    private static final int FORMAT = 7;

    /** The most that a file of protocol buffers can hold, less room for all that is not weights. */
    private static final long MOST_BYTES = Integer.MAX_VALUE - (1L << 20);

    /** What the model's input is. */
    public enum Input {
        /** Levels 0..255, a byte each. */
        UINT8,
        /** Levels 0..255 as f32. */
        FLOAT,
        /** Scaled values, as the network takes them. */
        RAW
    }

    private OnnxFile() {}

    /**
     * The file's bytes.
     *
     * @param told of the model by name, such as the run and its parameters' hash; stands in its metadata beside the classes and what
     *     {@code input.json} holds
     * @throws Failure (usage) naming a layer that ONNX files are not made of here, or when the network is too large for one
     */
    public static byte[] bytes(MultiLayerNetwork network, ModelInput input, Input kind, Map<String, String> told) {
        if (network.numParams() * Float.BYTES > MOST_BYTES) {
            throw Failure.usage(
                    "the network has " + network.numParams()
                            + " parameters, more than the 2 GiB that an ONNX file may have",
                    "load model.zip with DL4J");
        }
        InferenceNetwork read = InferenceReader.read(network, input.data(), "an ONNX file");
        OnnxGraph graph = new OnnxGraph("network", INPUT);
        if (kind != Input.RAW) {
            scale(graph, input, kind);
        }
        new OnnxLayers(read, graph).addAll();
        TensorProto.DataType type = kind == Input.UINT8 ? TensorProto.DataType.UINT8 : TensorProto.DataType.FLOAT;
        List<Integer> output = read.layers().get(read.layers().size() - 1).out();
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(FORMAT)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
                .setProducerName("featuremap")
                .setGraph(graph.build(
                        OnnxGraph.value(INPUT, type, read.input()),
                        OnnxGraph.value(OUTPUT, TensorProto.DataType.FLOAT, output)));
        metadata(input, told)
                .forEach((key, value) -> model.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build().toByteArray();
    }

    /** What {@code input.json} says is done to a pixel's level. */
    private static void scale(OnnxGraph graph, ModelInput input, Input kind) {
        if (kind == Input.UINT8) {
            graph.add("Cast", List.of(), OnnxGraph.attribute("to", TensorProto.DataType.FLOAT.getNumber()));
        }
        if (input.invert()) {
            String level = graph.last();
            graph.add("Sub", graph.number(255), List.of(level));
        }
        if (input.scaling().divisor() != 1) {
            graph.add("Div", List.of(graph.number(input.scaling().divisor())));
        }
        if (input.scaling().offset() != 0) {
            graph.add("Add", List.of(graph.number(input.scaling().offset())));
        }
    }

    private static Map<String, String> metadata(ModelInput input, Map<String, String> told) {
        Map<String, String> all = new LinkedHashMap<>(told);
        all.put("classes", json(input.classes()));
        all.put("input", json(input));
        return all;
    }

    private static String json(Object value) {
        try {
            return new ObjectMapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
