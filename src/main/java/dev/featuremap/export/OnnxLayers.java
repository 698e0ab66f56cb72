package dev.featuremap.export;

import static dev.featuremap.export.OnnxGraph.attribute;

import dev.featuremap.network.InferenceLayer;
import dev.featuremap.network.InferenceNetwork;
import dev.featuremap.network.InferenceWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import onnx.Onnx.AttributeProto;

/** Adds a network's layers to a graph in ONNX's operators; where these compute otherwise than DL4J, in several of them. */
final class OnnxLayers {
    private final InferenceNetwork network;
    private final InferenceWeights weights;
    private final OnnxGraph graph;

    OnnxLayers(InferenceNetwork network, OnnxGraph graph) {
        this.network = network;
        this.weights = network.weights();
        this.graph = graph;
    }

    void addAll() {
        List<Integer> shape = network.input();
        for (InferenceLayer layer : network.layers()) {
            if (shape.size() != layer.in().size()) {
                reshape(layer.in());
            }
            add(layer);
            shape = layer.out();
        }
    }

    private void reshape(List<Integer> shape) {
        List<Long> sides = new ArrayList<>(List.of(-1L));
        shape.forEach(side -> sides.add((long) side));
        graph.add("Reshape", List.of(graph.integers(sides)));
    }

    private void add(InferenceLayer layer) {
        if (layer instanceof InferenceLayer.Convolution convolution) {
            convolution(convolution);
        } else if (layer instanceof InferenceLayer.SeparableConvolution separable) {
            convolution(separable.depthwise());
            convolution(separable.pointwise());
        } else if (layer instanceof InferenceLayer.Subsampling subsampling) {
            subsampling(subsampling);
        } else if (layer instanceof InferenceLayer.GlobalPooling pooling) {
            graph.add(pooling.pooling().equals("max") ? "GlobalMaxPool" : "GlobalAveragePool", List.of());
            reshape(pooling.out());
        } else if (layer instanceof InferenceLayer.ZeroPadding padding) {
            zeroPadding(padding);
        } else if (layer instanceof InferenceLayer.Dense dense) {
            connected(dense.in(), dense.out(), dense.weights(), dense.bias());
            activation(dense.activation());
        } else if (layer instanceof InferenceLayer.Output output) {
            connected(output.in(), output.out(), output.weights(), output.bias());
            activation(output.activation());
        } else if (layer instanceof InferenceLayer.BatchNormalization normalization) {
            normalization(normalization);
        } else if (layer instanceof InferenceLayer.LocalResponseNormalization normalization) {
            localNormalization(normalization);
        } else if (layer instanceof InferenceLayer.Prelu prelu) {
            prelu(prelu);
        } else if (layer instanceof InferenceLayer.Activation activation) {
            activation(activation.activation());
        } else if (!(layer instanceof InferenceLayer.Dropout)) {
            throw new IllegalStateException("no operator for " + layer);
        }
    }

    private void convolution(InferenceLayer.Convolution layer) {
        int filters = layer.out().get(0);
        int channels = layer.in().get(0) / layer.groups();
        int height = layer.kernel().get(0);
        int width = layer.kernel().get(1);
        List<String> constants = new ArrayList<>(List.of(graph.floats(
                weights.bytes(layer.weights(), filters * channels * height * width),
                filters,
                channels,
                height,
                width)));
        if (layer.bias() >= 0) {
            constants.add(graph.floats(weights.bytes(layer.bias(), filters), filters));
        }
        graph.add(
                "Conv",
                constants,
                attribute("group", layer.groups()),
                attribute("kernel_shape", layer.kernel()),
                attribute("strides", layer.stride()),
                attribute("dilations", layer.dilation()),
                pads(layer.in(), layer.out(), layer.kernel(), layer.stride(), layer.dilation(), layer.before()));
        activation(layer.activation());
    }

    private void subsampling(InferenceLayer.Subsampling layer) {
        List<AttributeProto> attributes = new ArrayList<>(List.of(
                attribute("kernel_shape", layer.kernel()),
                attribute("strides", layer.stride()),
                pads(layer.in(), layer.out(), layer.kernel(), layer.stride(), layer.dilation(), layer.before())));
        String operator = switch (layer.pooling()) {
            case "max" -> "MaxPool";
            case "pnorm" -> {
                attributes.add(attribute("p", layer.pnorm()));
                yield "LpPool";
            }
            case "mean", "meanWithPadding" -> {
                attributes.add(attribute("count_include_pad", layer.pooling().equals("mean") ? 0 : 1));
                yield "AveragePool";
            }
            default -> throw new IllegalStateException("no operator for " + layer);
        };
        graph.add(operator, List.of(), attributes.toArray(AttributeProto[]::new));
    }

    private void zeroPadding(InferenceLayer.ZeroPadding layer) {
        long[] pads = new long[8];
        for (int side = 0; side < 2; side++) {
            pads[2 + side] = layer.before().get(side);
            pads[6 + side] = layer.out().get(side + 1) - layer.in().get(side + 1) - pads[2 + side];
        }
        graph.add("Pad", List.of(graph.integers(LongStream.of(pads).boxed().toList())));
    }

    /** Padding above, left, below and right; below and right as far as windows reach. */
    private static AttributeProto pads(
            List<Integer> in,
            List<Integer> out,
            List<Integer> kernel,
            List<Integer> stride,
            List<Integer> dilation,
            List<Integer> before) {
        List<Integer> pads = new ArrayList<>(before);
        for (int side = 0; side < 2; side++) {
            int reach = (kernel.get(side) - 1) * dilation.get(side) + 1;
            int covered = (out.get(side + 1) - 1) * stride.get(side) + reach;
            pads.add(Math.max(0, covered - before.get(side) - in.get(side + 1)));
        }
        return attribute("pads", pads);
    }

    private void connected(List<Integer> in, List<Integer> out, int place, int bias) {
        int inputs = in.get(0);
        int units = out.get(0);
        List<String> constants =
                new ArrayList<>(List.of(graph.floats(weights.bytes(place, units * inputs), units, inputs)));
        if (bias >= 0) {
            constants.add(graph.floats(weights.bytes(bias, units), units));
        }
        graph.add("Gemm", constants, attribute("transB", 1));
    }

    private void normalization(InferenceLayer.BatchNormalization layer) {
        int count = layer.in().get(0);
        List<String> constants = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            constants.add(graph.floats(weights.bytes(layer.weights() + i * count, count), count));
        }
        graph.add("BatchNormalization", constants, attribute("epsilon", layer.epsilon()));
    }

    /** ONNX divides the sum of squares by their number. */
    private void localNormalization(InferenceLayer.LocalResponseNormalization layer) {
        int size = 2 * layer.neighbours() + 1;
        graph.add(
                "LRN",
                List.of(),
                attribute("size", size),
                attribute("bias", layer.k()),
                attribute("alpha", layer.alpha() * size),
                attribute("beta", layer.beta()));
    }

    private void prelu(InferenceLayer.Prelu layer) {
        int channels = layer.in().get(0);
        long[] shape = layer.in().size() == 1 ? new long[] {channels} : new long[] {channels, 1, 1};
        graph.add("PRelu", List.of(graph.floats(weights.bytes(layer.weights(), channels), shape)));
    }

    /** As DL4J computes them, which for some is not what ONNX's operator of that name does by default. */
    private void activation(String function) {
        String z = graph.last();
        switch (function) {
            case "identity" -> {}
            case "relu" -> graph.add("Relu", List.of());
            case "relu6" -> clip(0, 6);
            case "leakyrelu" -> graph.add("LeakyRelu", List.of(), attribute("alpha", 0.01));
            case "elu" -> graph.add("Elu", List.of());
            case "selu" -> graph.add("Selu", List.of());
            case "gelu" -> {
                // Hendrycks and Gimpel's approximation, z · sigmoid(1.702 z).
                graph.add("Mul", List.of(graph.number(1.702)));
                timesSigmoid(z);
            }
            case "swish" -> timesSigmoid(z);
            case "mish" -> {
                graph.add("Softplus", List.of());
                graph.add("Tanh", List.of());
                graph.add("Mul", z, List.of(graph.last()));
            }
            case "softplus" -> graph.add("Softplus", List.of());
            case "softsign" -> graph.add("Softsign", List.of());
            case "sigmoid" -> graph.add("Sigmoid", List.of());
            case "hardsigmoid" -> graph.add("HardSigmoid", List.of());
            case "tanh" -> graph.add("Tanh", List.of());
            case "hardtanh" -> clip(-1, 1);
            case "softmax" -> graph.add("Softmax", List.of(), attribute("axis", -1));
            case "cube" -> graph.add("Pow", List.of(graph.number(3)));
            default -> throw new IllegalStateException("no operator for " + function);
        }
    }

    private void clip(double least, double most) {
        graph.add("Clip", List.of(graph.number(least), graph.number(most)));
    }

    private void timesSigmoid(String z) {
        graph.add("Sigmoid", List.of());
        graph.add("Mul", z, List.of(graph.last()));
    }
}
