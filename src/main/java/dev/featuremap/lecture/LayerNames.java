package dev.featuremap.lecture;

import dev.featuremap.network.ShapeTable;
import dev.featuremap.page.Language;
import java.util.stream.Collectors;

/** What layers are called. */
public final class LayerNames {
    private LayerNames() {}

    /**
     * A layer's name in a language; in English as it stands.
     *
     * @param type as in an experiment file, or DL4J's class
     */
    public static String say(String type, Language language) {
        return language.say(
                type,
                switch (type) {
                    case "convolution" -> "卷积层";
                    case "depthwiseConvolution" -> "逐通道卷积层";
                    case "separableConvolution" -> "可分离卷积层";
                    case "subsampling" -> "池化层";
                    case "globalPooling" -> "全局池化层";
                    case "zeroPadding" -> "零填充层";
                    case "dense" -> "全连接层";
                    case "output" -> "输出层";
                    case "dropout" -> "丢弃层";
                    case "batchNormalization" -> "批归一化层";
                    case "localResponseNormalization" -> "局部响应归一化层";
                    case "prelu" -> "PReLU 层";
                    case "ConvolutionLayer",
                            "SubsamplingLayer",
                            "DenseLayer",
                            "OutputLayer",
                            "DropoutLayer",
                            "BatchNormalization",
                            "DepthwiseConvolution2D",
                            "SeparableConvolution2D",
                            "GlobalPoolingLayer",
                            "ZeroPaddingLayer",
                            "LocalResponseNormalization" -> say(ofClass(type), language) + "（" + type + "）";
                    default -> type;
                });
    }

    /** A network in one line, each layer with what it gives. */
    static String line(ShapeTable network, Language language) {
        return network.input() + " → "
                + network.rows().stream()
                        .map(row -> say(row.type(), language) + " " + row.output())
                        .collect(Collectors.joining(" → "));
    }

    private static String ofClass(String type) {
        String name = type.replaceFirst("(Layer|2D)$", "");
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
