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
            new LayerSpec.Subsampling(LayerSpec.Pooling.MAX, TWO, TWO, NONE, LayerSpec.Mode.TRUNCATE),
            new LayerSpec.Dropout(0.5),
            new LayerSpec.Dense(5, Activation.TANH),
            new LayerSpec.BatchNormalization(0.9, 1e-5),
            new LayerSpec.ActivationLayer(Activation.RELU),
            new LayerSpec.Output(4, Activation.SOFTMAX));

    @Test
    void knowsEveryLayerOfExperimentFilesByItsName() {
        assertThat(ONE_OF_EACH)
                .extracting(Object::getClass)
                .as("one of each form of a layer")
                .containsExactlyInAnyOrder(LayerSpec.class.getPermittedSubclasses());
        assertThat(ONE_OF_EACH)
                .extracting(spec -> KnownLayer.of(spec, Loss.MSE).type())
                .containsExactly(
                        "convolution", "subsampling", "dropout", "dense", "batchNormalization", "activation", "output");
    }

    @Test
    void tabulatesALayerOfASavedNetworkAsTheDescribedOne() {
        Shape maps = new Shape.Maps(2, 6, 4);
        for (LayerSpec spec : List.of(ONE_OF_EACH.get(0), ONE_OF_EACH.get(1), ONE_OF_EACH.get(4))) {
            KnownLayer described = KnownLayer.of(spec, Loss.MSE);
            KnownLayer saved = KnownLayer.of(described.layer()).orElseThrow();

            assertThat(saved.shapeArithmetic(maps)).isEqualTo(described.shapeArithmetic(maps));
            assertThat(saved.parameterArithmetic(maps)).isEqualTo(described.parameterArithmetic(maps));
        }
        assertThat(KnownLayer.of(KnownLayer.of(ONE_OF_EACH.get(0), Loss.MSE).layer())
                        .orElseThrow()
                        .parameterArithmetic(maps))
                .isEqualTo("3·(2·2·2) + 3 = 27");
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
