package dev.featuremap.bench.libtorch;

import static org.bytedeco.pytorch.global.torch.conv2d;
import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;
import static org.bytedeco.pytorch.global.torch.dropout;
import static org.bytedeco.pytorch.global.torch.kaiming_normal_;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.max_pool2d;
import static org.bytedeco.pytorch.global.torch.mse_loss;
import static org.bytedeco.pytorch.global.torch.relu;
import static org.bytedeco.pytorch.global.torch.xavier_normal_;
import static org.bytedeco.pytorch.global.torch.zeros_;

import dev.featuremap.bench.Network;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.BatchNormOptions;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * One of the networks in libtorch; weights start from DL4J's distributions, biases from 0.
 *
 * <p>In bf16 it does what autocast does, written out since JavaCPP does not show its switch: convolutions and dense layers are given their
 * input, weights and biases in bf16, what lies between takes what it is given, and the loss is computed in f32.
 */
final class TorchNetwork extends Module {
    private final Network network;
    private final boolean channelsLast;
    private final ScalarType type;
    private final List<Conv2dImpl> convolutions = new ArrayList<>();
    private final List<BatchNorm2dImpl> normalizations = new ArrayList<>();
    private final List<LinearImpl> dense = new ArrayList<>();

    /**
     * A freshly initialised network.
     *
     * @param channelsLast whether filters, and with them feature maps, keep an example's channels next to each other
     * @param bf16 whether convolutions and dense layers compute in bf16
     */
    TorchNetwork(Network network, boolean channelsLast, boolean bf16) {
        this.network = network;
        this.channelsLast = channelsLast;
        this.type = bf16 ? ScalarType.BFloat16 : ScalarType.Float;
        switch (network) {
            case LENET -> {
                convolution(1, 20, 5);
                convolution(20, 50, 5);
                dense(800, 500, 10);
            }
            case LECTURE -> {
                convolution(1, 64, 3);
                convolution(64, 128, 3);
                convolution(128, 128, 3);
                convolution(128, 128, 2);
                dense(512, 256, 64, 12, 10);
            }
            case NORMALIZED -> {
                normalized(1, 32, 3);
                normalized(32, 32, 3);
                normalized(32, 32, 5);
                normalized(32, 64, 3);
                normalized(64, 64, 3);
                normalized(64, 64, 5);
                normalized(64, 128, 4);
                dense(128, 10);
            }
            case LINEAR -> dense(784, 1);
        }
    }

    private void normalized(int channels, int filters, int kernel) {
        convolution(channels, filters, kernel);
        BatchNorm2dImpl layer = new BatchNorm2dImpl(new BatchNormOptions(filters));
        normalizations.add(register_module("normalization" + normalizations.size(), layer));
    }

    private void convolution(int channels, int filters, int kernel) {
        Conv2dImpl layer = new Conv2dImpl(new Conv2dOptions(channels, filters, new LongPointer(kernel, kernel)));
        initialise(layer.weight(), layer.bias());
        if (channelsLast) {
            layer.weight().set_data(layer.weight().contiguous(MemoryFormat.ChannelsLast));
        }
        convolutions.add(register_module("convolution" + convolutions.size(), layer));
    }

    private void dense(int... units) {
        for (int i = 0; i + 1 < units.length; i++) {
            LinearImpl layer = new LinearImpl(units[i], units[i + 1]);
            initialise(layer.weight(), layer.bias());
            dense.add(register_module("dense" + i, layer));
        }
    }

    private void initialise(Tensor weight, Tensor bias) {
        if (network == Network.LECTURE) {
            kaiming_normal_(weight);
        } else {
            xavier_normal_(weight);
        }
        zeros_(bias);
    }

    /** Logits {@code [n, 10]}, or values {@code [n, 1]}. */
    Tensor forward(Tensor features, boolean training) {
        Tensor x = channelsLast ? features.contiguous(MemoryFormat.ChannelsLast) : features;
        for (int i = 0; i < convolutions.size(); i++) {
            x = relu(convolved(i, x));
            if (network == Network.NORMALIZED) {
                x = normalized(i, x, training);
            } else if (network == Network.LENET || i > 0) {
                x = max_pool2d(x, 2, 2);
            }
        }
        x = x.flatten(1, 3);
        if (network == Network.LENET) {
            x = dropout(x, 0.5, training);
        }
        for (int i = 0; i < dense.size(); i++) {
            LinearImpl layer = dense.get(i);
            x = linear(
                    x.to(type),
                    layer.weight().to(type),
                    new TensorOptional(layer.bias().to(type)));
            if (i + 1 < dense.size()) {
                x = relu(x);
            }
        }
        return x.to(ScalarType.Float);
    }

    /** The two of stride 2 are padded alike on all sides, which gives them as many pixels as the other contestants' and no copy to make. */
    private Tensor convolved(int index, Tensor x) {
        Conv2dImpl layer = convolutions.get(index);
        boolean halves = network == Network.NORMALIZED && layer.weight().size(2) == 5;
        long[] stride = halves ? new long[] {2, 2} : new long[] {1, 1};
        long[] padding = halves ? new long[] {2, 2} : new long[] {0, 0};
        TensorOptional bias = new TensorOptional(layer.bias().to(type));
        return conv2d(x.to(type), layer.weight().to(type), bias, stride, padding, new long[] {1, 1}, 1);
    }

    private Tensor normalized(int index, Tensor x, boolean training) {
        BatchNorm2dImpl layer = normalizations.get(index);
        layer.train(training);
        Tensor result = layer.forward(x);
        return index % 3 == 2 || index == convolutions.size() - 1 ? dropout(result, 0.4, training) : result;
    }

    Tensor loss(Tensor outputs, Tensor labels) {
        return network.classifies() ? cross_entropy_loss(outputs, labels) : mse_loss(outputs, labels);
    }
}
