package dev.featuremap.play;

import dev.featuremap.experiment.Activation;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.LayerSpec;
import dev.featuremap.experiment.NetworkSpec;
import dev.featuremap.experiment.Scaling;
import dev.featuremap.network.RandomLayers;
import dev.featuremap.page.Edition;
import dev.featuremap.page.Language;
import dev.featuremap.run.ModelInput;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Pages of networks with random weights. */
final class PlayPages {
    static final List<String> DIGITS =
            IntStream.range(0, 10).mapToObj(Integer::toString).toList();

    private static final NetworkSpec.Layers LENET = new NetworkSpec.Layers(List.of(
            new LayerSpec.Convolution(20, 5, Activation.RELU),
            new LayerSpec.Subsampling(LayerSpec.Pooling.MAX, 2),
            new LayerSpec.Convolution(50, 5, Activation.RELU),
            new LayerSpec.Subsampling(LayerSpec.Pooling.MAX, 2),
            new LayerSpec.Dropout(0.5),
            new LayerSpec.Dense(500, Activation.RELU),
            new LayerSpec.Output(10, Activation.SOFTMAX)));

    private PlayPages() {}

    static MultiLayerNetwork lenet() {
        return RandomLayers.withRandomParameters(LENET, new DataShape(1, 28, 28, DIGITS), 3);
    }

    /** Ten class names that begin like this. */
    static List<String> named(String begin) {
        return DIGITS.stream().map(digit -> begin + digit).toList();
    }

    static PlayedRun run(String name, List<String> classes) {
        return run(name, lenet(), digits(classes));
    }

    /** A run without mistakes and other epochs. */
    static PlayedRun run(String name, MultiLayerNetwork network, ModelInput input) {
        return new PlayedRun(name, network, input, List.of(), 1, Collections.emptySortedMap());
    }

    /** The page of LeNet without pictures. */
    static String of(String name, List<String> classes) {
        return html(List.of(run(name, classes)));
    }

    static String html(List<PlayedRun> runs) {
        return PlayPage.html(runs, List.of(), true, new Edition("play.html", Language.EN, List.of(Language.EN)));
    }

    static ModelInput digits(List<String> classes) {
        return new ModelInput(
                List.of(1, 28, 28),
                List.of(0.299, 0.587, 0.114),
                "bilinear",
                false,
                null,
                new ModelInput.Scale(Scaling.UNIT),
                classes);
    }
}
