package dev.featuremap.network;

import dev.featuremap.experiment.Activation;
import dev.featuremap.experiment.Augmentation;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.Extent;
import dev.featuremap.experiment.LabelMode;
import dev.featuremap.experiment.LayerSpec;
import dev.featuremap.experiment.LearningRate;
import dev.featuremap.experiment.Loss;
import dev.featuremap.experiment.NetworkSpec;
import dev.featuremap.experiment.Scaling;
import dev.featuremap.experiment.TrainingSpec;
import dev.featuremap.experiment.UpdaterSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Small experiments to test with. */
final class Sample {
    static final DataShape DIGITS = data(1, 28, 28, 10);

    static final NetworkSpec.Layers LENET = layers(
            convolution(20, 5),
            subsampling(2),
            convolution(50, 5),
            subsampling(2),
            new LayerSpec.Dropout(0.5),
            new LayerSpec.Dense(500, Activation.RELU),
            output(10));

    private Sample() {}

    static DataShape data(int channels, int height, int width, int classes) {
        return new DataShape(
                channels,
                height,
                width,
                IntStream.range(0, classes).mapToObj(Integer::toString).toList());
    }

    static NetworkSpec.Layers layers(LayerSpec... layers) {
        return new NetworkSpec.Layers(List.of(layers));
    }

    static LayerSpec.Convolution convolution(int filters, int kernel) {
        return convolution(filters, kernel, 1, 0, 1, LayerSpec.Mode.TRUNCATE);
    }

    static LayerSpec.Convolution convolution(
            int filters, int kernel, int stride, int padding, int dilation, LayerSpec.Mode mode) {
        return new LayerSpec.Convolution(
                filters,
                Extent.square(kernel),
                Extent.square(stride),
                Extent.square(padding),
                Extent.square(dilation),
                mode,
                Activation.RELU);
    }

    static LayerSpec.Subsampling subsampling(int size) {
        return new LayerSpec.Subsampling(
                LayerSpec.Pooling.MAX,
                Extent.square(size),
                Extent.square(size),
                Extent.square(0),
                LayerSpec.Mode.TRUNCATE);
    }

    static LayerSpec.Output output(int units) {
        return new LayerSpec.Output(units, Activation.SOFTMAX);
    }

    static Experiment experiment(NetworkSpec network) {
        return experiment(network, Optional.empty(), Optional.empty());
    }

    static Experiment experiment(NetworkSpec network, Loss loss, UpdaterSpec updater) {
        return experiment(network, Optional.of(loss), Optional.of(updater));
    }

    static Experiment experiment(NetworkSpec network, Optional<Loss> loss, Optional<UpdaterSpec> updater) {
        return new Experiment("sample", 7, mnist(LabelMode.CLASS), network, loss, training(updater));
    }

    static Experiment regression(NetworkSpec network, Loss loss) {
        return regression(network, Optional.of(loss));
    }

    static Experiment regression(NetworkSpec network, Optional<Loss> loss) {
        return new Experiment("sample", 7, mnist(LabelMode.VALUE), network, loss, training(Optional.empty()));
    }

    static UpdaterSpec sgd(LearningRate rate) {
        return new UpdaterSpec.Sgd(rate);
    }

    private static DataSpec mnist(LabelMode label) {
        return new DataSpec.Mnist(
                label, Scaling.UNIT, Optional.empty(), Optional.empty(), Optional.empty(), 0, Augmentation.NONE);
    }

    private static TrainingSpec training(Optional<UpdaterSpec> updater) {
        return new TrainingSpec(
                3,
                64,
                updater,
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                true,
                TrainingSpec.Engine.AUTO,
                TrainingSpec.Precision.F32,
                10000,
                Optional.empty(),
                Optional.empty(),
                false,
                TrainingSpec.Metric.LOSS,
                Optional.empty(),
                Optional.empty(),
                true,
                TrainingSpec.Checkpoint.DEFAULT,
                Optional.empty());
    }
}
