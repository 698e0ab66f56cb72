package dev.featuremap.network;

import com.fasterxml.jackson.databind.JsonNode;
import dev.featuremap.AtomicFiles;
import dev.featuremap.Failure;
import dev.featuremap.RegularFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.nd4j.shade.jackson.core.JsonProcessingException;

/**
 * A network in a file: DL4J's own MultiLayerConfiguration as JSON.
 *
 * <p>Nothing in such a file is lost on the way in, and nothing but DL4J's own classes is loaded by it.
 */
public final class SavedNetwork {
    private SavedNetwork() {}

    /**
     * Reads a file that any DL4J 1.0.0-M2.1 program wrote.
     *
     * @throws Failure of kind model, naming the file and the key, for anything that is missing, unknown or foreign
     */
    public static MultiLayerConfiguration read(Path file) {
        try {
            return parse(utf8(RegularFiles.read(file, NetworkJson.MAX_BYTES), file.toString()), file.toString());
        } catch (NoSuchFileException e) {
            throw new Failure(
                    Failure.Kind.MODEL,
                    file + ": no such file",
                    "Check the path, or make the file with: featuremap network save CONF FILE",
                    e);
        } catch (IOException e) {
            throw new Failure(
                    Failure.Kind.MODEL,
                    file + ": cannot be read (" + e.getMessage() + ")",
                    "Check the path and its permissions.",
                    e);
        }
    }

    /**
     * Reads JSON text.
     *
     * @param source what failures call it, such as a file's name
     * @throws Failure of kind model, as {@link #read}
     */
    public static MultiLayerConfiguration parse(String json, String source) {
        JsonNode file = NetworkJson.parse(json, source);
        MultiLayerConfiguration network = network(file, source);
        JsonNode readBack = NetworkJson.parse(network.toJson(), source);
        JsonDifference.between(file, readBack).ifPresent(difference -> {
            throw NetworkJson.refusal(source, difference.path(), difference.what());
        });
        return network;
    }

    /**
     * Writes the file, whole or not at all: the same network gives the same bytes, in ASCII with line feeds.
     *
     * @throws Failure of kind environment when the disk does not take it
     */
    public static void write(MultiLayerConfiguration network, Path file) {
        AtomicFiles.write(file, out -> out.write((json(network) + "\n").getBytes(StandardCharsets.US_ASCII)));
    }

    /** DL4J's JSON in ASCII with line feeds, whatever the platform: DL4J reads it in the platform's own encoding. */
    public static String json(MultiLayerConfiguration network) {
        StringBuilder ascii = new StringBuilder();
        network.toJson().replace("\r\n", "\n").chars().forEach(c -> {
            if (c < 128) {
                ascii.append((char) c);
            } else {
                ascii.append("\\u").append(Integer.toHexString(0x10000 + c).substring(1));
            }
        });
        return ascii.toString();
    }

    /** Whether two are the same network, built or not yet, however far each is trained. */
    public static boolean isSame(MultiLayerConfiguration one, MultiLayerConfiguration other) {
        return asDescribed(one).equals(asDescribed(other));
    }

    /** Without what DL4J fills in when it builds a network, and counts as it trains it. */
    private static String asDescribed(MultiLayerConfiguration network) {
        return json(network).replaceAll("\"(iterationCount|epochCount|variables)\" : (\\d+|\\[[^]]*])", "");
    }

    static String utf8(byte[] bytes, String source) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw NetworkJson.refusal(source, "", "is not UTF-8 text");
        }
    }

    /** DL4J is given what was checked, not the text it came from, so that both read the same. */
    private static MultiLayerConfiguration network(JsonNode file, String source) {
        try {
            MultiLayerConfiguration network = KnownClasses.read(file.toString());
            if (network.getConfs().stream().anyMatch(layer -> layer == null || layer.getLayer() == null)) {
                throw NetworkJson.refusal(source, "confs", "a layer is missing");
            }
            return network;
        } catch (JsonProcessingException e) {
            throw NetworkJson.refusal(
                    source, "", "DL4J cannot read it: " + NetworkJson.firstLine(e.getOriginalMessage()));
        } catch (Failure e) {
            throw e;
        } catch (RuntimeException e) {
            throw NetworkJson.refusal(source, "", "DL4J cannot read it: " + NetworkJson.firstLine(e.toString()));
        }
    }
}
