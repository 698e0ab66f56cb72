package dev.featuremap.network;

import dev.featuremap.AtomicFiles;
import dev.featuremap.Failure;
import dev.featuremap.HashedOutput;
import dev.featuremap.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The only door for model zips, in the format of DL4J's ModelSerializer: configuration, parameters, updater state.
 *
 * <p>ModelSerializer itself writes in place, and reading trusts the file: it deserialises Java objects found in it and
 * believes every length. Here a file is there whole or not at all, and is checked whole before DL4J sees any of it.
 */
public final class ModelArchive {
    /** Every entry's time. The first month that zips can tell would get a second time added, in the user's time zone. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private ModelArchive() {}

    /**
     * Writes the network with its updater state and its step and epoch counts; ModelSerializer restores it.
     *
     * @throws Failure of kind environment when the disk does not take it
     */
    public static void write(MultiLayerNetwork network, Path file) {
        AtomicFiles.write(file, out -> write(network, out));
    }

    /** Writes what such a file holds. */
    public static void write(MultiLayerNetwork network, OutputStream out) throws IOException {
        write(network, new HashedOutput(out), Deflater.DEFAULT_COMPRESSION, updaterState(network));
    }

    /** Writes such a file without the updater's state: what answers, but is not trained further. */
    public static void writeParameters(MultiLayerNetwork network, OutputStream out) throws IOException {
        write(network, new HashedOutput(out), Deflater.DEFAULT_COMPRESSION, Optional.empty());
    }

    /**
     * Writes the same entries without compression, which takes far less time and, of parameters, hardly more room.
     *
     * @param out fresh: the zip's seal is made of all its bytes
     */
    public static void writeFast(MultiLayerNetwork network, HashedOutput out) throws IOException {
        write(network, out, Deflater.NO_COMPRESSION, updaterState(network));
    }

    /**
     * Refuses a network that has diverged, and that {@link #read} would refuse.
     *
     * @throws NotFiniteException naming a parameter, or a number of the updater's state, that is NaN or infinite
     */
    public static void requireFinite(MultiLayerNetwork network) {
        Nd4jVectorFormat.requireFinite("parameter", network.params());
        updaterState(network)
                .ifPresent(state -> Nd4jVectorFormat.requireFinite("number of the updater's state", state));
    }

    private static Optional<INDArray> updaterState(MultiLayerNetwork network) {
        return Optional.ofNullable(network.getUpdater().getStateViewArray());
    }

    private static void write(MultiLayerNetwork network, HashedOutput out, int compression, Optional<INDArray> state)
            throws IOException {
        if (out.bytes() > 0) {
            throw new IllegalArgumentException("a zip begins its file");
        }
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.setLevel(compression);
        // ModelSerializer reads the text in the platform's encoding: ASCII is the same in all of them.
        String json = SavedNetwork.json(network.getLayerWiseConfigurations());
        write(zip, ModelZip.CONFIGURATION, entry -> entry.write(json.getBytes(StandardCharsets.US_ASCII)));
        write(zip, ModelZip.COEFFICIENTS, entry -> Nd4jVectorFormat.write(network.params(), entry));
        if (state.isPresent()) {
            write(zip, ModelZip.UPDATER_STATE, entry -> Nd4jVectorFormat.write(state.get(), entry));
        }
        zip.setComment(ModelSeal.of(out.sha256()));
        zip.finish();
    }

    /**
     * Reads a model that this class or DL4J's ModelSerializer wrote, with or without updater state.
     *
     * @throws Failure of kind model, naming the entry and what is wrong with it
     */
    public static MultiLayerNetwork read(Path file) {
        try (ModelZip zip = ModelZip.open(file)) {
            String source = file + ": " + ModelZip.CONFIGURATION;
            byte[] json = zip.bytes(ModelZip.CONFIGURATION, NetworkJson.MAX_BYTES);
            MultiLayerConfiguration configuration = SavedNetwork.parse(SavedNetwork.utf8(json, source), source);
            if (configuration.getDataType() != DataType.FLOAT) {
                throw zip.refusal(
                        ModelZip.CONFIGURATION, "is a network of " + configuration.getDataType() + ", not of FLOAT");
            }
            return restore(zip, configuration);
        }
    }

    /** SHA-256 in hexadecimal over the parameters as little-endian float32, in the order of {@code network.params()}. */
    public static String parametersSha256(MultiLayerNetwork network) {
        float[] parameters = network.params().dup().data().asFloat();
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        MessageDigest digest = Sha256.digest();
        for (float parameter : parameters) {
            bytes.putFloat(parameter);
            if (!bytes.hasRemaining()) {
                digest.update(bytes.flip());
                bytes.clear();
            }
        }
        digest.update(bytes.flip());
        return Sha256.hex(digest);
    }

    private static MultiLayerNetwork restore(ModelZip zip, MultiLayerConfiguration configuration) {
        int parameters = parameters(zip, configuration);
        float[] numbers = new Nd4jVectorFormat(zip, ModelZip.COEFFICIENTS, parameters).read();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        try {
            network.init(Nd4j.createFromArray(numbers), false);
            if (zip.has(ModelZip.UPDATER_STATE)) {
                INDArray state = network.getUpdater().getStateViewArray();
                if (state == null) {
                    throw zip.refusal(ModelZip.UPDATER_STATE, "the network's updaters have no state");
                }
                int length = Math.toIntExact(state.length());
                float[] stateNumbers = new Nd4jVectorFormat(zip, ModelZip.UPDATER_STATE, length).read();
                state.assign(Nd4j.createFromArray(stateNumbers).reshape(state.shape()));
            }
        } catch (Failure failure) {
            throw failure;
        } catch (RuntimeException e) {
            throw unfit(zip, e);
        }
        return network;
    }

    private static int parameters(ModelZip zip, MultiLayerConfiguration configuration) {
        long sum = 0;
        try {
            for (NeuralNetConfiguration layer : configuration.getConfs()) {
                sum = Math.addExact(sum, layer.getLayer().initializer().numParams(layer));
            }
        } catch (RuntimeException e) {
            throw unfit(zip, e);
        }
        // Zeros pack a thousandfold: a small file can tell of a network that no machine holds.
        long most = Runtime.getRuntime().maxMemory() / 2 / Float.BYTES;
        if (sum < 1 || sum > most) {
            throw zip.refusal(
                    ModelZip.CONFIGURATION,
                    "is a network of " + sum + " parameters; this Java's heap has room for 1 to " + most);
        }
        return Math.toIntExact(sum);
    }

    private static Failure unfit(ModelZip zip, RuntimeException e) {
        return zip.refusal(
                ModelZip.CONFIGURATION, "DL4J cannot build this network: " + NetworkJson.firstLine(e.getMessage()));
    }

    private static void write(ZipOutputStream zip, String name, AtomicFiles.Content content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        content.writeTo(zip);
        zip.closeEntry();
    }
}
