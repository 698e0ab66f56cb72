package dev.featuremap.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.experiment.Activation;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.Extent;
import dev.featuremap.experiment.GradientNormalization;
import dev.featuremap.experiment.InvalidKey;
import dev.featuremap.experiment.LayerSpec;
import dev.featuremap.experiment.LearningRate;
import dev.featuremap.experiment.Loss;
import dev.featuremap.experiment.NetworkSpec;
import dev.featuremap.experiment.TrainingSpec;
import dev.featuremap.experiment.UpdaterSpec;
import dev.featuremap.experiment.WeightInit;
import dev.featuremap.network.NetworkBuilder;
import dev.featuremap.train.Runs;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Whatever network an experiment file describes, engine onednn trains it: {@code auto} never falls back. */
class EveryDescribedNetworkTest {
    private static final DataShape DIGITS = new DataShape(2, 8, 8, List.of("a", "b", "c"));
    private static final DataShape VALUES = new DataShape(2, 8, 8, List.of());

    private static final Extent ONE = Extent.square(1);
    private static final Extent TWO = Extent.square(2);
    private static final Extent NONE = Extent.square(0);
    private static final LearningRate RATE = new LearningRate.Constant(0.01);
    private static final UpdaterSpec SGD = new UpdaterSpec.Sgd(RATE);
    private static final LayerSpec.Output OUTPUT = new LayerSpec.Output(3, Activation.SOFTMAX);

    private static final List<LayerSpec> LAYERS = List.of(
            new LayerSpec.Convolution(3, 3, Activation.RELU),
            new LayerSpec.Convolution(16, new Extent(3, 2), ONE, NONE, TWO, LayerSpec.Mode.SAME, Activation.RELU),
            new LayerSpec.Convolution(3, TWO, TWO, new Extent(1, 2), ONE, LayerSpec.Mode.TRUNCATE, Activation.RELU),
            new LayerSpec.Subsampling(LayerSpec.Pooling.MAX, TWO, TWO, NONE, LayerSpec.Mode.TRUNCATE),
            new LayerSpec.Subsampling(LayerSpec.Pooling.AVG, new Extent(3, 2), ONE, ONE, LayerSpec.Mode.TRUNCATE),
            new LayerSpec.DepthwiseConvolution(2, new Extent(3, 2), ONE, ONE, LayerSpec.Mode.TRUNCATE, Activation.RELU),
            new LayerSpec.SeparableConvolution(
                    16, new Extent(3, 2), 2, ONE, NONE, TWO, LayerSpec.Mode.SAME, Activation.RELU),
            new LayerSpec.GlobalPooling(LayerSpec.Pooling.AVG),
            new LayerSpec.ZeroPadding(new Extent(1, 0), new Extent(2, 3)),
            new LayerSpec.LocalResponseNormalization(3, 2, 1e-4, 0.75),
            new LayerSpec.Prelu(0.25),
            new LayerSpec.Dropout(0.5),
            new LayerSpec.Dense(5, Activation.TANH),
            new LayerSpec.BatchNormalization(0.9, 1e-5),
            new LayerSpec.ActivationLayer(Activation.RELU),
            OUTPUT);

    private static final List<UpdaterSpec> UPDATERS = List.of(
            SGD,
            new UpdaterSpec.Nesterovs(RATE, 0.9),
            new UpdaterSpec.Adam(RATE, 0.9, 0.999, 1e-8),
            new UpdaterSpec.AmsGrad(RATE, 0.9, 0.999, 1e-8),
            new UpdaterSpec.Nadam(RATE, 0.9, 0.999, 1e-8),
            new UpdaterSpec.RmsProp(RATE, 0.95, 1e-8),
            new UpdaterSpec.AdaGrad(RATE, 1e-6),
            new UpdaterSpec.AdaDelta(0.95, 1e-6));

    private static final List<LearningRate> RATES = List.of(
            RATE,
            new LearningRate.Step(0.01, 0.5, 2, LearningRate.Unit.STEP),
            new LearningRate.Exponential(0.01, 0.9, LearningRate.Unit.STEP),
            new LearningRate.Poly(0.01, 1, 20, LearningRate.Unit.STEP),
            new LearningRate.OneCycle(0.01, 0.1, 20, 5, 0.1, LearningRate.Unit.STEP),
            new LearningRate.Cosine(0.1, 5, 20, 0.01, LearningRate.Unit.STEP));

    private static final List<GradientNormalization> NORMALIZATIONS = List.of(
            new GradientNormalization.ClipNorm(1, GradientNormalization.Per.LAYER),
            new GradientNormalization.ClipValue(1),
            new GradientNormalization.Renormalize(GradientNormalization.Per.LAYER));

    @Test
    void hasOneOfEachFormAtLeast() {
        assertFormsOf(LayerSpec.class, LAYERS);
        assertFormsOf(UpdaterSpec.class, UPDATERS);
        assertFormsOf(LearningRate.class, RATES);
        assertFormsOf(GradientNormalization.class, NORMALIZATIONS);
    }

    private static void assertFormsOf(Class<?> sealed, List<?> examples) {
        assertThat(examples).extracting(Object::getClass).contains(sealed.getPermittedSubclasses());
    }

    /** Each layer with each constant of each of its keys, as the first of a network and behind feature maps. */
    static Stream<NetworkSpec.Layers> layers() {
        List<NetworkSpec.Layers> networks = new ArrayList<>();
        for (LayerSpec layer :
                LAYERS.stream().flatMap(EveryDescribedNetworkTest::variations).toList()) {
            if (layer instanceof LayerSpec.Output) {
                networks.add(new NetworkSpec.Layers(List.of(layer)));
            } else {
                networks.add(new NetworkSpec.Layers(List.of(layer, OUTPUT)));
                networks.add(new NetworkSpec.Layers(List.of(LAYERS.get(0), layer, OUTPUT)));
            }
        }
        return networks.stream();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void trainsEveryLayer(NetworkSpec.Layers network) {
        assertTrains(network, Loss.MSE, SGD, DIGITS);
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void trainsByEveryLoss(Loss loss) {
        DataShape data = loss == Loss.MAPE ? VALUES : DIGITS;
        for (Activation activation : Activation.values()) {
            boolean fits = loss.misfit(data.label(), data.outputs(), activation).isEmpty()
                    && (loss.activations().isEmpty() || loss.activations().contains(activation));
            if (fits) {
                LayerSpec output = new LayerSpec.Output(data.outputs(), activation);
                assertTrains(new NetworkSpec.Layers(List.of(output)), loss, SGD, data);
            }
        }
    }

    static Stream<UpdaterSpec> updaters() {
        return Stream.concat(
                UPDATERS.stream(),
                RATES.stream().flatMap(EveryDescribedNetworkTest::variations).map(UpdaterSpec.Sgd::new));
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void trainsByEveryUpdaterAndEverySchedule(UpdaterSpec updater) {
        assertTrains(new NetworkSpec.Layers(List.of(OUTPUT)), Loss.MCXENT, updater, DIGITS);
    }

    @ParameterizedTest
    @EnumSource(WeightInit.class)
    void trainsWithRegularisationFromEveryStart(WeightInit weights) {
        List<LayerSpec> layers = List.of(LAYERS.get(0), OUTPUT);
        assertTrains(new NetworkSpec.Layers(layers, weights, 0.1, 1e-3, 1e-2, 0), Loss.MCXENT, SGD, DIGITS);
        assertTrains(new NetworkSpec.Layers(layers, weights, 0.1, 1e-3, 0, 1e-2), Loss.MCXENT, SGD, DIGITS);
    }

    static Stream<GradientNormalization> normalizations() {
        return NORMALIZATIONS.stream().flatMap(EveryDescribedNetworkTest::variations);
    }

    @ParameterizedTest
    @MethodSource("normalizations")
    void trainsWithEveryNormalisationOfGradients(GradientNormalization normalization) {
        Experiment experiment = Runs.small("network.layers.3.units=3", "network.layers.2={type: batchNormalization}");
        TrainingSpec training =
                experiment.training().with(change -> change.gradientNormalization = Optional.of(normalization));
        assertTrains(NetworkBuilder.configuration(experiment.with(training), DIGITS), DIGITS);
    }

    private static void assertTrains(NetworkSpec.Layers network, Loss loss, UpdaterSpec updater, DataShape data) {
        assertTrains(NetworkBuilder.configuration(network, loss, updater, 7, data), data);
    }

    private static void assertTrains(MultiLayerConfiguration configuration, DataShape data) {
        assertThat(Engines.whyNotOneDnn(configuration)).isEmpty();
        float[] labels = {1, -1, 1, -1, -1, 1};
        DataSet batch = new DataSet(
                TestNetworks.batch(2, data.channels(), data.height(), 2, 5).getFeatures(),
                Nd4j.create(Arrays.copyOf(labels, 2 * data.outputs()), new long[] {2, data.outputs()}, 'c'));
        try (OneDnnEngine engine = new OneDnnEngine(NetworkBuilder.network(configuration), 1)) {
            engine.step(batch, 1);
            assertThat(engine.output(batch.getFeatures()).shape()).containsExactly(2, data.outputs());
        }
    }

    /** The record with each constant that it allows in the place of each of its enums, one at a time. */
    private static <T> Stream<T> variations(T example) {
        RecordComponent[] components = example.getClass().getRecordComponents();
        List<T> variations = new ArrayList<>(List.of(example));
        for (int i = 0; i < components.length; i++) {
            if (components[i].getType().isEnum()) {
                for (Object constant : components[i].getType().getEnumConstants()) {
                    with(example, components, i, constant).ifPresent(variations::add);
                }
            }
        }
        return variations.stream().distinct();
    }

    @SuppressWarnings("unchecked")
    private static <T> Optional<T> with(T example, RecordComponent[] components, int changed, Object constant) {
        try {
            Class<?>[] types = new Class<?>[components.length];
            Object[] values = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                values[i] =
                        i == changed ? constant : components[i].getAccessor().invoke(example);
            }
            return Optional.of(
                    (T) example.getClass().getDeclaredConstructor(types).newInstance(values));
        } catch (InvocationTargetException refused) {
            assertThat(refused.getCause()).isInstanceOf(InvalidKey.class);
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(example + " with " + constant, e);
        }
    }
}
