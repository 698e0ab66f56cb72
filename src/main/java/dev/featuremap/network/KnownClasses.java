package dev.featuremap.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.serde.JsonMappers;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JavaType;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.cfg.MapperConfig;
import org.nd4j.shade.jackson.databind.jsontype.PolymorphicTypeValidator;

/**
 * The classes a saved network may name: DL4J's and ND4J's own layers, activations, losses, updaters and what belongs to
 * them, by exact name.
 *
 * <p>DL4J's JSON names a class for each of these, and its reader loads, and so initialises, any class that a file names
 * before it looks whether the class fits. This reader asks first.
 */
final class KnownClasses {
    static final Set<String> NAMES = names("saved-network-classes.txt");

    private static final ObjectMapper READER =
            JsonMappers.getMapper().copy().setPolymorphicTypeValidator(new OnlyKnown());

    private KnownClasses() {}

    /** Reads DL4J's JSON, refusing any other class before it is loaded, wherever and however the file names it. */
    static MultiLayerConfiguration read(String json) throws JsonProcessingException {
        return READER.readValue(json, MultiLayerConfiguration.class);
    }

    private static Set<String> names(String resource) {
        try (InputStream in = KnownClasses.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class OnlyKnown extends PolymorphicTypeValidator.Base {
        private static final long serialVersionUID = 1L;

        @Override
        public Validity validateSubClassName(MapperConfig<?> config, JavaType base, String name) {
            return NAMES.contains(name) ? Validity.ALLOWED : Validity.DENIED;
        }
    }
}
