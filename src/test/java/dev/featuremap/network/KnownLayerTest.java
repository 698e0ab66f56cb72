package dev.featuremap.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.experiment.Activation;
import dev.featuremap.experiment.Extent;
import dev.featuremap.experiment.LayerSpec;
import dev.featuremap.experiment.LearningRate;
import dev.featuremap.experiment.Loss;
import dev.featuremap.experiment.UpdaterSpec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KnownLayerTest {
    private static final Extent ONE = Extent.square(1);
    private static final Extent TWO = Extent.square(2);
    private static final Extent NONE = Extent.square(0);
    private static final LearningRate RATE = new LearningRate.Constant(0.1);

    private static final List<LayerSpec> ONE_OF_EACH = List.of(
            new LayerSpec.Convolution(3, TWO, ONE, NONE, ONE, LayerSpec.Mode.TRUNCATE, Activation.RELU),
            new LayerSpec.DepthwiseConvolution(3, TWO, ONE, NONE, LayerSpec.Mode.TRUNCATE, Activation.RELU),
            new LayerSpec.SeparableConvolution(4, TWO, 3, ONE, NONE, ONE, LayerSpec.Mode.TRUNCATE, Activation.RELU),
            new LayerSpec.Subsampling(LayerSpec.Pooling.MAX, TWO, TWO, NONE, LayerSpec.Mode.TRUNCATE),
            new LayerSpec.GlobalPooling(LayerSpec.Pooling.AVG),
            new LayerSpec.ZeroPadding(ONE, TWO),
            new LayerSpec.BatchNormalization(0.9, 1e-5),
            new LayerSpec.Prelu(0.25),
            new LayerSpec.LocalResponseNormalization(3, 2, 1e-4, 0.75),
            new LayerSpec.Dropout(0.5),
            new LayerSpec.Dense(5, Activation.TANH),
            new LayerSpec.ActivationLayer(Activation.RELU),
            new LayerSpec.Output(4, Activation.SOFTMAX));

    /** What layers of saved networks tell as described ones do: how {@code [2, 6, 4]} becomes another shape, and the parameters. */
    private static final List<String> ARITHMETIC = List.of(
            "6 - 2 + 1 = 5, 4 - 2 + 1 = 3; 3·(2·2·2) + 3 = 27",
            "6 - 2 + 1 = 5, 4 - 2 + 1 = 3; 6·(1·2·2) + 6 = 30",
            "6 - 2 + 1 = 5, 4 - 2 + 1 = 3; 6·(1·2·2) + 4·6 + 4 = 52",
            "(6 - 2)/2 + 1 = 3, (4 - 2)/2 + 1 = 2; ",
            "6·4 → 1; ",
            "1 + 6 + 2 = 9, 1 + 4 + 2 = 7; ",
            "; 4·2 = 8",
            "; 1·2 = 2");

    @Test
    void knowsEveryLayerOfExperimentFilesByItsName() {
        assertThat(ONE_OF_EACH)
                .extracting(Object::getClass)
                .as("one of each form of a layer")
                .containsExactlyInAnyOrder(LayerSpec.class.getPermittedSubclasses());
        assertThat(ONE_OF_EACH)
                .extracting(spec -> KnownLayer.of(spec, Loss.MSE).type())
                .containsExactly(
                        "convolution",
                        "depthwiseConvolution",
                        "separableConvolution",
                        "subsampling",
                        "globalPooling",
                        "zeroPadding",
                        "batchNormalization",
                        "prelu",
                        "localResponseNormalization",
                        "dropout",
                        "dense",
                        "activation",
                        "output");
    }

    @Test
    void tabulatesALayerOfASavedNetworkAsTheDescribedOne() {
        Shape maps = new Shape.Maps(2, 6, 4);
        for (int i = 0; i < ARITHMETIC.size(); i++) {
            KnownLayer described = KnownLayer.of(ONE_OF_EACH.get(i), Loss.MSE);
            KnownLayer saved = KnownLayer.of(described.layer(maps)).orElseThrow();

            assertThat(arithmetic(described, maps)).isEqualTo(ARITHMETIC.get(i));
            assertThat(arithmetic(saved, maps)).isEqualTo(ARITHMETIC.get(i));
        }
    }

    private static String arithmetic(KnownLayer layer, Shape in) {
        return layer.shapeArithmetic(in) + "; " + layer.parameterArithmetic(in);
    }

    @Test
    void knowsTheRateOfEveryUpdaterThatHasOne() {
        List<UpdaterSpec> oneOfEach = List.of(
                new UpdaterSpec.Sgd(RATE),
                new UpdaterSpec.Nesterovs(RATE, 0.9),
                new UpdaterSpec.Adam(RATE, 0.9, 0.999, 1e-8),
                new UpdaterSpec.AmsGrad(RATE, 0.9, 0.999, 1e-8),
                new UpdaterSpec.Nadam(RATE, 0.9, 0.999, 1e-8),
                new UpdaterSpec.RmsProp(RATE, 0.95, 1e-8),
                new UpdaterSpec.AdaGrad(RATE, 1e-6),
                new UpdaterSpec.AdaDelta(0.95, 1e-6));

        assertThat(oneOfEach)
                .extracting(Object::getClass)
                .containsExactlyInAnyOrder(UpdaterSpec.class.getPermittedSubclasses());
        for (UpdaterSpec spec : oneOfEach) {
            boolean hasRate = Stream.of(spec.getClass().getRecordComponents())
                    .anyMatch(component -> component.getType() == LearningRate.class);
            assertThat(spec.rate().isPresent()).as(spec.toString()).isEqualTo(hasRate);
            assertThat(Updaters.updater(spec)).isNotNull();
        }
    }
}
