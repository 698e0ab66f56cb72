package dev.featuremap.network;

import static dev.featuremap.network.Sample.data;
import static dev.featuremap.network.Sample.experiment;
import static dev.featuremap.network.Sample.layers;
import static dev.featuremap.network.Sample.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.featuremap.Failure;
import dev.featuremap.HashedOutput;
import dev.featuremap.Sha256;
import dev.featuremap.experiment.LearningRate;
import dev.featuremap.experiment.Loss;
import dev.featuremap.experiment.UpdaterSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.TimeZone;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ModelArchiveTest {
    private static MultiLayerNetwork trained;
    private static byte[] sound;

    @TempDir
    Path folder;

    @BeforeAll
    static void train(@TempDir Path temporary) throws IOException {
        trained = TrainedModel.network();
        sound = TrainedModel.zip(trained, temporary);
    }

    @Test
    void readsWhatItWrote() throws IOException {
        MultiLayerNetwork read = ModelArchive.read(file(sound));

        TrainedModel.assertSame(read, trained);
        assertThat(read.getIterationCount()).isEqualTo(3);
        assertThat(read.getEpochCount()).isEqualTo(1);
    }

    @Test
    void trainsOnAsIfItHadNeverBeenWritten() throws IOException {
        MultiLayerNetwork read = ModelArchive.read(file(sound));
        MultiLayerNetwork other = trained.clone();
        other.getLayerWiseConfigurations().setIterationCount(3);

        for (MultiLayerNetwork network : new MultiLayerNetwork[] {read, other}) {
            Nd4j.getRandom().setSeed(99);
            network.fit(TrainedModel.batch());
        }

        assertThat(ModelArchive.parametersSha256(read)).isEqualTo(ModelArchive.parametersSha256(other));
    }

    @Test
    void plainDl4jRestoresItWithTheSameOutputs() throws IOException {
        MultiLayerNetwork restored =
                ModelSerializer.restoreMultiLayerNetwork(file(sound).toFile(), true);

        TrainedModel.assertSame(restored, trained);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsWhatPlainDl4jWrote(boolean withUpdater) throws IOException {
        Path file = folder.resolve("plain 模型.zip");
        ModelSerializer.writeModel(trained, file.toFile(), withUpdater);

        MultiLayerNetwork read = ModelArchive.read(file);

        assertThat(read.params()).isEqualTo(trained.params());
        assertThat(read.output(TrainedModel.batch().getFeatures()))
                .isEqualTo(trained.output(TrainedModel.batch().getFeatures()));
        if (withUpdater) {
            TrainedModel.assertSame(read, trained);
        } else {
            assertThat(read.getUpdater().getStateViewArray().maxNumber().doubleValue())
                    .isZero();
        }
    }

    @Test
    void readsANetworkWhoseUpdaterHasNoState() {
        MultiLayerNetwork network = NetworkBuilder.network(NetworkBuilder.configuration(
                experiment(TrainedModel.NETWORK, Loss.MSE, Sample.sgd(new LearningRate.Constant(0.1))),
                TrainedModel.TINY));
        Path file = folder.resolve("sgd.zip");

        ModelArchive.write(network, file);

        assertThat(ModelArchive.read(file).params()).isEqualTo(network.params());
    }

    @Test
    void writesTheSameBytesForTheSameNetwork() throws IOException {
        Path again = folder.resolve("again.zip");
        ModelArchive.write(ModelArchive.read(file(sound)), again);

        assertThat(Files.readAllBytes(again)).isEqualTo(sound);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Asia/Tokyo", "America/New_York"})
    void writesTheSameBytesInEveryTimeZone(String zone) throws IOException {
        TimeZone before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone(zone));
            assertThat(TrainedModel.zip(trained, folder)).isEqualTo(sound);
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void leavesTheOldFileWhenItCannotWrite() throws IOException {
        Path file = file(sound);
        Thread.currentThread().interrupt(); // makes the next write fail

        Failure failure = catchThrowableOfType(Failure.class, () -> ModelArchive.write(trained, file));
        assertThat(Thread.interrupted()).isTrue();

        assertThat(failure.kind()).isEqualTo(Failure.Kind.ENVIRONMENT);
        assertThat(Files.readAllBytes(file)).isEqualTo(sound);
    }

    @Test
    void hashesParametersAsLittleEndianFloats() {
        MultiLayerNetwork network =
                NetworkBuilder.network(NetworkBuilder.configuration(experiment(layers(output(2))), data(1, 1, 1, 2)));
        network.setParams(Nd4j.createFromArray(new float[] {1, -2, 0.5f, 0}).reshape(1, 4));

        // printf '\x00\x00\x80\x3f\x00\x00\x00\xc0\x00\x00\x00\x3f\x00\x00\x00\x00' | sha256sum
        assertThat(ModelArchive.parametersSha256(network))
                .isEqualTo("c16372899a2906d5f8ddcbd6371a6e2315909b9a7195368ed55793904e9b33d3");
    }

    /** More parameters than are hashed at a time: the first 16384 of ones, then zeros. */
    @Test
    void hashesEveryParameterOfALargeNetwork() {
        MultiLayerNetwork network = NetworkBuilder.network(
                NetworkBuilder.configuration(experiment(layers(output(40))), data(1, 28, 28, 40)));
        float[] numbers = new float[31_400];
        Arrays.fill(numbers, 0, 16_384, 1);
        network.setParams(Nd4j.createFromArray(numbers).reshape(1, numbers.length));
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        MessageDigest digest = Sha256.digest();
        digest.update(bytes);

        assertThat(ModelArchive.parametersSha256(network)).isEqualTo(Sha256.hex(digest));
    }

    @Test
    void refusesANetworkThatIsNotFinite() {
        MultiLayerNetwork network = trained.clone();
        ModelArchive.requireFinite(network);

        network.params().putScalar(7, Float.NEGATIVE_INFINITY);
        assertThatThrownBy(() -> ModelArchive.requireFinite(network))
                .isInstanceOf(NotFiniteException.class)
                .hasMessage("parameter 7 of " + network.numParams() + " is -Infinity");
        network.params().putScalar(7, 0);
        INDArray state = network.getUpdater().getStateViewArray();
        state.putScalar(state.length() - 1, Float.NaN);
        assertThatThrownBy(() -> ModelArchive.requireFinite(network))
                .isInstanceOf(NotFiniteException.class)
                .hasMessage(
                        "number of the updater's state " + (state.length() - 1) + " of " + state.length() + " is NaN");
    }

    @Test
    void writesFastWhatIsReadAsTheSame() throws IOException {
        Path fast = folder.resolve("fast.zip");
        try (HashedOutput out = new HashedOutput(Files.newOutputStream(fast))) {
            ModelArchive.writeFast(trained, out);
        }

        TrainedModel.assertSame(ModelArchive.read(fast), trained);
        assertThat(Files.size(fast)).isGreaterThan(sound.length);
        byte[] whole = Files.readAllBytes(fast);
        for (byte[] zip : List.of(whole, sound)) {
            assertThat(new String(zip, zip.length - 82, 82, StandardCharsets.US_ASCII))
                    .matches("featuremap sha256 [0-9a-f]{64}");
        }
    }

    @Test
    void refusesASoundModelForOtherDataWithBothShapes() throws IOException {
        MultiLayerConfiguration network = ModelArchive.read(file(sound)).getLayerWiseConfigurations();

        assertThat(catchThrowableOfType(Failure.class, () -> ShapeTable.of(network, data(1, 12, 12, 3))))
                .hasMessage("layer 4 (DenseLayer) was made for 4x4x4, but is given 4x5x5 from pictures of 1x12x12");
    }

    @Test
    void readsEveryUpdatersState() {
        for (UpdaterSpec updater : NetworkBuilderTest.updaters()) {
            MultiLayerNetwork network = NetworkBuilder.network(NetworkBuilder.configuration(
                    experiment(TrainedModel.NETWORK, Loss.MCXENT, updater), TrainedModel.TINY));
            network.fit(TrainedModel.batch());
            Path file = folder.resolve("updater.zip");
            ModelArchive.write(network, file);

            MultiLayerNetwork read = ModelArchive.read(file);

            assertThat(read.getUpdater().getStateViewArray())
                    .isEqualTo(network.getUpdater().getStateViewArray());
        }
    }

    private Path file(byte[] bytes) {
        try {
            return Files.write(folder.resolve("model.zip"), bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
