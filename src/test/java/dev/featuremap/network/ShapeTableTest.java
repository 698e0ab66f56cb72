package dev.featuremap.network;

import static dev.featuremap.network.Sample.DIGITS;
import static dev.featuremap.network.Sample.convolution;
import static dev.featuremap.network.Sample.data;
import static dev.featuremap.network.Sample.experiment;
import static dev.featuremap.network.Sample.layers;
import static dev.featuremap.network.Sample.output;
import static dev.featuremap.network.Sample.subsampling;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Activation;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Extent;
import dev.featuremap.experiment.LayerSpec;
import dev.featuremap.experiment.LayerSpec.Mode;
import dev.featuremap.experiment.NetworkSpec;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;

class ShapeTableTest {
    @Test
    void showsTheArithmeticOfLeNet() {
        ShapeTable table = ShapeTable.of(experiment(Sample.LENET), DIGITS);

        assertThat(table.input()).hasToString("1x28x28");
        assertThat(table.rows())
                .containsExactly(
                        new ShapeTable.Row(
                                0,
                                "convolution",
                                "28 - 5 + 1 = 24",
                                new Shape.Maps(20, 24, 24),
                                520,
                                "20·(1·5·5) + 20 = 520"),
                        new ShapeTable.Row(1, "subsampling", "(24 - 2)/2 + 1 = 12", new Shape.Maps(20, 12, 12), 0, ""),
                        new ShapeTable.Row(
                                2,
                                "convolution",
                                "12 - 5 + 1 = 8",
                                new Shape.Maps(50, 8, 8),
                                25_050,
                                "50·(20·5·5) + 50 = 25050"),
                        new ShapeTable.Row(3, "subsampling", "(8 - 2)/2 + 1 = 4", new Shape.Maps(50, 4, 4), 0, ""),
                        new ShapeTable.Row(4, "dropout", "", new Shape.Maps(50, 4, 4), 0, ""),
                        new ShapeTable.Row(
                                5, "dense", "50·4·4 = 800", new Shape.Units(500), 400_500, "800·500 + 500 = 400500"),
                        new ShapeTable.Row(6, "output", "", new Shape.Units(10), 5_010, "500·10 + 10 = 5010"));
        assertThat(table.parameters()).isEqualTo(431_080);
        assertThat(table.output()).hasToString("10");
    }

    @Test
    void showsPaddingStrideDilationAndRounding() {
        assertThat(arithmetic(convolution(2, 5, 2, 1, 1, Mode.TRUNCATE))).isEqualTo("⌊(28 + 2·1 - 5)/2⌋ + 1 = 13");
        assertThat(arithmetic(convolution(2, 4, 2, 1, 1, Mode.STRICT))).isEqualTo("(28 + 2·1 - 4)/2 + 1 = 14");
        assertThat(arithmetic(convolution(2, 3, 1, 0, 4, Mode.TRUNCATE))).isEqualTo("28 - (4·(3 - 1) + 1) + 1 = 20");
        assertThat(arithmetic(convolution(2, 3, 3, 0, 1, Mode.SAME))).isEqualTo("⌈28/3⌉ = 10");
        assertThat(arithmetic(convolution(2, 3, 1, 0, 1, Mode.SAME))).isEqualTo("⌈28/1⌉ = 28");
    }

    @Test
    void aWindowAsLargeAsThePictureHasOnePlace() {
        assertThat(arithmetic(convolution(2, 28, 1, 0, 1, Mode.TRUNCATE))).isEqualTo("28 - 28 + 1 = 1");
        assertThat(refusal(layers(convolution(2, 29, 1, 0, 1, Mode.TRUNCATE), output(10)), DIGITS))
                .hasMessageContaining("a window of 29x29 does not fit the 1x28x28");
        Window same = new Window(1, 2, 0, 1, Mode.SAME);
        assertThat(same.skipsPixels(4)).isFalse(); // one pixel is left over at the end only
        assertThat(new Window(1, 3, 0, 1, Mode.SAME).skipsPixels(6)).isTrue();
        assertThat(new Window(2, 3, 0, 1, Mode.SAME).skipsPixels(6)).isFalse();
    }

    @Test
    void showsHeightAndWidthWhereTheyDiffer() {
        ShapeTable table = ShapeTable.of(experiment(layers(convolution(2, 3), output(10))), data(3, 20, 30, 10));

        assertThat(table.rows().get(0).arithmetic()).isEqualTo("20 - 3 + 1 = 18, 30 - 3 + 1 = 28");
        assertThat(table.rows().get(0).output()).hasToString("2x18x28");
    }

    @Test
    void countsBatchNormalisationPerChannelOrUnit() {
        LayerSpec normalization = new LayerSpec.BatchNormalization(0.9, 1e-5);
        ShapeTable table = ShapeTable.of(
                experiment(layers(
                        convolution(20, 5),
                        normalization,
                        new LayerSpec.Dense(30, Activation.RELU),
                        normalization,
                        output(10))),
                DIGITS);

        assertThat(table.rows().get(1).parameters()).isEqualTo(80);
        assertThat(table.rows().get(1).parameterArithmetic()).isEqualTo("4·20 = 80");
        assertThat(table.rows().get(3).parameters()).isEqualTo(120);
    }

    @Test
    void rejectsAKernelLargerThanThePicture() {
        Failure failure =
                refusal(layers(convolution(20, 5), subsampling(2), convolution(50, 5), output(2)), data(1, 9, 9, 2));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
        assertThat(failure)
                .hasMessage("network.layers[2] (convolution): a window of 5x5 does not fit the 20x2x2 it is given");
        assertThat(failure.remedy()).contains("mode: same");
    }

    @Test
    void rejectsWhatDl4jWouldRoundToOneWindow() {
        // DL4J: (4 - 5) / 2 + 1 = 1.
        assertThat(refusal(layers(convolution(1, 5, 2, 0, 1, Mode.TRUNCATE), output(2)), data(1, 4, 4, 2)))
                .hasMessageContaining("a window of 5x5 does not fit the 1x4x4");
    }

    @Test
    void rejectsLeftOverPixelsInModeStrict() {
        assertThat(new Window(5, 3, 1, 1, Mode.STRICT).leftOver(28)).isEqualTo(1);
        assertThat(new Window(5, 3, 0, 1, Mode.STRICT).leftOver(28)).isEqualTo(2);
        assertThat(refusal(layers(convolution(20, 5, 2, 0, 1, Mode.STRICT), output(10)), DIGITS))
                .hasMessage(
                        "network.layers[0] (convolution): mode strict, but windows of 5x5 at stride 2x2 leave 1 rows"
                                + " and 1 columns over of the 1x28x28 it is given");
    }

    @Test
    void rejectsWindowsInModeSameThatSkipPixels() {
        assertThat(refusal(layers(convolution(20, 1, 4, 0, 1, Mode.SAME), output(10)), DIGITS))
                .hasMessage("network.layers[0] (convolution): mode same, but windows of 1x1 at stride 4x4 skip pixels"
                        + " of the 1x28x28 they are given");
    }

    @Test
    void rejectsAConvolutionAfterADenseLayer() {
        assertThat(refusal(layers(new LayerSpec.Dense(500, Activation.RELU), convolution(20, 5), output(10)), DIGITS))
                .hasMessage(
                        "network.layers[1] (convolution): needs a picture of channels x height x width, but is given"
                                + " 500 numbers");
    }

    @Test
    void rejectsAConvolutionAfterGlobalPooling() {
        LayerSpec pooling = new LayerSpec.GlobalPooling(LayerSpec.Pooling.AVG);
        Failure failure = refusal(layers(convolution(20, 5), pooling, convolution(20, 5), output(10)), DIGITS);

        assertThat(failure)
                .hasMessage(
                        "network.layers[2] (convolution): needs a picture of channels x height x width, but is given"
                                + " 20 numbers");
        assertThat(failure.remedy())
                .isEqualTo("Move network.layers[2] before the first layer of units (dense, globalPooling).");
    }

    @Test
    void rejectsALocalNormalisationOverMoreMapsThanThereAre() {
        LayerSpec normalization = new LayerSpec.LocalResponseNormalization(5, 2, 1e-4, 0.75);
        Failure failure = refusal(layers(convolution(2, 5), normalization, output(10)), DIGITS);

        assertThat(failure)
                .hasMessage("network.layers[1] (localResponseNormalization): sums over 2 maps to either side, but is"
                        + " given 2x24x24");
        assertThat(failure.remedy()).isEqualTo("Set network.layers[1].size=3 or less.");
        assertThat(ShapeTable.of(experiment(layers(convolution(3, 5), normalization, output(10))), DIGITS)
                        .output())
                .isEqualTo(new Shape.Units(10));
    }

    @Test
    void rejectsASeparableConvolutionOfOneChannelWhichNd4jCannot() {
        LayerSpec separable = new LayerSpec.SeparableConvolution(
                4,
                Extent.square(3),
                1,
                Extent.square(1),
                Extent.square(0),
                Extent.square(1),
                Mode.TRUNCATE,
                Activation.RELU);
        Failure failure = refusal(layers(separable, output(10)), DIGITS);

        assertThat(failure)
                .hasMessage(
                        "network.layers[0] (separableConvolution): needs at least 2 channels, but is given 1x28x28");
        assertThat(failure.remedy()).isEqualTo("Use type: convolution here, which of one channel is no more work.");
    }

    @Test
    void rejectsOutputsThatAreNotTheClasses() {
        assertThat(refusal(layers(output(12)), DIGITS))
                .hasMessage("network.layers[0] (output): gives 12, but the data has 10 classes");
    }

    @Test
    void rejectsPoolingWindowsThatLieInThePaddingOfEitherSide() {
        assertThat(refusal(layers(padded(new Extent(2, 0)), output(10)), DIGITS))
                .hasMessageContaining("with padding 2x0 a window of 2x2 can lie outside the 1x28x28 picture");
        assertThat(refusal(layers(padded(new Extent(0, 2)), output(10)), DIGITS))
                .hasMessageContaining("with padding 0x2 a window of 2x2 can lie outside the 1x28x28 picture");
        assertThat(arithmetic(padded(Extent.square(1)))).isEqualTo("(28 + 2·1 - 2)/2 + 1 = 15");
    }

    private static LayerSpec padded(Extent padding) {
        return new LayerSpec.Subsampling(
                LayerSpec.Pooling.MAX, Extent.square(2), Extent.square(2), padding, Mode.TRUNCATE);
    }

    @Test
    void rejectsMoreParametersThanAnArrayHolds() {
        LayerSpec million = new LayerSpec.Dense(1_000_000, Activation.RELU);
        LayerSpec thousand = new LayerSpec.Dense(1_500, Activation.RELU);

        assertThat(refusal(layers(million, million, output(10)), DIGITS))
                .hasMessageContaining("network.layers[1] (dense): given 1000000, would need an array of more than"
                        + " 2147483647 numbers");
        assertThat(refusal(layers(million, thousand, output(10)), DIGITS))
                .hasMessageContaining("more than 2147483647 parameters up to network.layers[1] (dense)");
        assertThat(refusal(layers(convolution(60_000, 5, 1, 90_000, 1, Mode.TRUNCATE), output(10)), DIGITS))
                .hasMessageContaining("network.layers[0] (convolution): given 1x28x28, would need an array");
    }

    /** 2202·973474 + 973474 and 973474·3 + 3 parameters are 2147483647. */
    @Test
    void aNetworkMayHaveAsManyParametersAsAnArrayHolds() {
        LayerSpec wide = new LayerSpec.Dense(973_474, Activation.RELU);
        DataShape line = data(1, 1, 2202, 3);

        assertThat(ShapeTable.of(experiment(layers(wide, output(3))), line).parameters())
                .isEqualTo(Integer.MAX_VALUE);
        assertThat(ShapeTable.of(NetworkBuilder.configuration(experiment(layers(wide, output(3))), line), line)
                        .parameters())
                .isEqualTo(Integer.MAX_VALUE);
        LayerPlace place = new LayerPlace(0, "dense", new Shape.Units(1));
        assertThat(place.product(1, Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
        assertThatThrownBy(() -> place.product(2, 1 << 30)).isInstanceOf(Failure.class);
    }

    @Test
    void refusesASavedNetworkOfMoreParametersThanAnArrayHolds() {
        MultiLayerConfiguration large = new NeuralNetConfiguration.Builder()
                .list(
                        new DenseLayer.Builder().nOut(1_000_000).build(),
                        new DenseLayer.Builder().nOut(2_000).build(),
                        new OutputLayer.Builder().nOut(10).build())
                .setInputType(InputType.convolutional(28, 28, 1))
                .build();

        assertThat(misfit(large, DIGITS)).hasMessage("layer 1 (DenseLayer): more than 2147483647 parameters");
    }

    @Test
    void isTheSameForTheBuiltNetworkUpToTheNamesOfLayers() {
        ShapeTable described = ShapeTable.of(experiment(Sample.LENET), DIGITS);
        MultiLayerConfiguration built = NetworkBuilder.configuration(experiment(Sample.LENET), DIGITS);

        assertThat(ShapeTable.of(built, DIGITS).rows())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("type")
                .isEqualTo(described.rows());
        assertThat(ShapeTable.of(built, DIGITS).rows().get(0).type()).isEqualTo("ConvolutionLayer");
    }

    @Test
    void refusesANetworkForOtherPicturesWithBothShapes() {
        MultiLayerConfiguration digits = NetworkBuilder.configuration(experiment(Sample.LENET), DIGITS);

        assertThat(misfit(digits, data(1, 32, 32, 10)))
                .hasMessage("layer 5 (DenseLayer) was made for 50x4x4, but is given 50x5x5 from pictures of 1x32x32");
        assertThat(misfit(digits, data(3, 28, 28, 10)))
                .hasMessage(
                        "layer 0 (ConvolutionLayer) was made for 1 channels, but is given 3x28x28 from pictures of 3x28x28");
        assertThat(misfit(digits, data(1, 9, 9, 10)))
                .hasMessageContaining(
                        "layer 2 (ConvolutionLayer) was made for pictures that a window of 5x5 fits, but is"
                                + " given 20x2x2 from pictures of 1x9x9");
        assertThat(misfit(digits, data(1, 28, 28, 2)))
                .hasMessage("layer 6 (OutputLayer): the network gives 10, but the data has 2 classes");
    }

    private static String arithmetic(LayerSpec layer) {
        return ShapeTable.of(experiment(layers(layer, output(10))), DIGITS)
                .rows()
                .get(0)
                .arithmetic();
    }

    private static Failure refusal(NetworkSpec.Layers network, DataShape data) {
        Failure table = catchThrowableOfType(Failure.class, () -> ShapeTable.of(experiment(network), data));
        Failure built =
                catchThrowableOfType(Failure.class, () -> NetworkBuilder.configuration(experiment(network), data));
        assertThat(built).hasMessage(table.getMessage());
        assertThat(table.kind()).isEqualTo(Failure.Kind.USAGE);
        return table;
    }

    private static Failure misfit(MultiLayerConfiguration network, DataShape data) {
        Failure failure = catchThrowableOfType(Failure.class, () -> ShapeTable.of(network, data));
        assertThat(failure.kind()).isEqualTo(Failure.Kind.MODEL);
        return failure;
    }
}
