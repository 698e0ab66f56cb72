package dev.featuremap.bench.libtorch;

import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;
import static org.bytedeco.pytorch.global.torch.dropout;
import static org.bytedeco.pytorch.global.torch.kaiming_normal_;
import static org.bytedeco.pytorch.global.torch.max_pool2d;
import static org.bytedeco.pytorch.global.torch.mse_loss;
import static org.bytedeco.pytorch.global.torch.relu;
import static org.bytedeco.pytorch.global.torch.xavier_normal_;
import static org.bytedeco.pytorch.global.torch.zeros_;

import dev.featuremap.bench.Network;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/** One of the networks in libtorch; weights start from DL4J's distributions, biases from 0. */
final class TorchNetwork extends Module {
    private final Network network;
    private final boolean channelsLast;
    private final List<Conv2dImpl> convolutions = new ArrayList<>();
    private final List<LinearImpl> dense = new ArrayList<>();

    /**
     * A freshly initialised network.
     *
     * @param channelsLast whether filters, and with them feature maps, keep an example's channels next to each other
     */
    TorchNetwork(Network network, boolean channelsLast) {
        this.network = network;
        this.channelsLast = channelsLast;
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
            case LINEAR -> dense(784, 1);
        }
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
            x = relu(convolutions.get(i).forward(x));
            if (network == Network.LENET || i > 0) {
                x = max_pool2d(x, 2, 2);
            }
        }
        x = x.flatten(1, 3);
        if (network == Network.LENET) {
            x = dropout(x, 0.5, training);
        }
        for (int i = 0; i < dense.size(); i++) {
            x = dense.get(i).forward(x);
            if (i + 1 < dense.size()) {
                x = relu(x);
            }
        }
        return x;
    }

    Tensor loss(Tensor outputs, Tensor labels) {
        return network.classifies() ? cross_entropy_loss(outputs, labels) : mse_loss(outputs, labels);
    }
}
