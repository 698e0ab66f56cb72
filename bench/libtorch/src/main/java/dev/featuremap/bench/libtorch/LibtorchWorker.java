package dev.featuremap.bench.libtorch;

import static org.bytedeco.pytorch.global.torch.manual_seed;
import static org.bytedeco.pytorch.global.torch.mm_out;
import static org.bytedeco.pytorch.global.torch.rand;
import static org.bytedeco.pytorch.global.torch.set_num_threads;

import dev.featuremap.bench.Contestant;
import dev.featuremap.bench.Mnist;
import dev.featuremap.bench.Network;
import dev.featuremap.bench.Worker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;

/**
 * libtorch, its own parallel loops on {@code -Dbench.threads}, channels last with {@code -Dbench.channelsLast=true}, as under autocast to
 * bf16 with {@code -Dbench.bf16=true}.
 */
public final class LibtorchWorker implements Contestant {
    private final Network network;
    private final TorchNetwork torch;
    private final Optimizer optimizer;
    private final List<Tensor> features = new ArrayList<>();
    private final List<Tensor> labels = new ArrayList<>();

    private LibtorchWorker(Network network) {
        this.network = network;
        manual_seed(42);
        torch = new TorchNetwork(network, Boolean.getBoolean("bench.channelsLast"), Boolean.getBoolean("bench.bf16"));
        optimizer = network == Network.LINEAR
                ? new SGD(torch.parameters(), new SGDOptions(0.01))
                : new Adam(torch.parameters(), new AdamOptions(0.001));
    }

    public static void main(String[] arguments) throws IOException {
        set_num_threads(Integer.getInteger("bench.threads"));
        Worker.run((Network network, Path home) -> new LibtorchWorker(network), arguments);
    }

    @Override
    public void prepare(Mnist examples, int batchSize) {
        close();
        for (int first = 0; first + batchSize <= examples.size(); first += batchSize) {
            features.add(Tensor.create(examples.pixels(first, batchSize), batchSize, 1, 28, 28));
            labels.add(
                    network.classifies()
                            ? Tensor.create(classes(examples, first, batchSize), batchSize)
                            : Tensor.create(examples.targets(network, first, batchSize), batchSize, 1));
        }
    }

    private static long[] classes(Mnist examples, int first, int count) {
        return IntStream.range(first, first + count)
                .mapToLong(i -> examples.labels()[i])
                .toArray();
    }

    @Override
    public void train(int batch) {
        try (PointerScope scope = new PointerScope()) {
            optimizer.zero_grad();
            torch.loss(torch.forward(features.get(batch), true), labels.get(batch))
                    .backward();
            optimizer.step();
        }
    }

    @Override
    public void infer(int batch) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            torch.forward(features.get(batch), false);
        }
    }

    @Override
    public int correct(int batch) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor answers = torch.forward(features.get(batch), false).argmax(new LongOptional(1), false);
            return (int) answers.eq(labels.get(batch)).sum().item_long();
        }
    }

    @Override
    public Runnable multiplication(int size) {
        Tensor a = rand(size, size);
        Tensor product = rand(size, size);
        return () -> mm_out(product, a, a);
    }

    @Override
    public void close() {
        features.forEach(Tensor::close);
        labels.forEach(Tensor::close);
        features.clear();
        labels.clear();
    }
}
