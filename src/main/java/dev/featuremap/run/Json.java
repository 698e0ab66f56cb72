package dev.featuremap.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.featuremap.RegularFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * The one form of JSON this project writes: snake_case names, indented, a newline at the end; a number that is not finite, which JSON
 * does not know, is null.
 */
public final class Json {
    private static final int MAX_BYTES = 64 << 20;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxTokenCount(5_000_000)
                            .maxNumberLength(100)
                            .build())
                    .addDecorator((factory, generator) -> new FiniteNumbers(generator))
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            // What a later version adds is passed over.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Json() {}

    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value).replace("\r\n", "\n") + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not writable as JSON: " + value, e);
        }
    }

    /**
     * Reads one of this project's own records back.
     *
     * @throws IOException when the file cannot be read, or is not such a record
     * @throws dev.featuremap.Failure (model) when it is larger than 64 MiB, or no regular file
     */
    public static <T> T read(Path file, Class<T> type) throws IOException {
        try {
            T record = MAPPER.readValue(RegularFiles.read(file, MAX_BYTES), type);
            if (record == null) {
                throw new IOException("it holds nothing");
            }
            return record;
        } catch (JsonProcessingException e) {
            throw new IOException(fault(e), e);
        }
    }

    /** What is wrong, with nothing of the file's content or of Java. */
    static String fault(JsonProcessingException e) {
        String line = e.getLocation() == null || e.getLocation().getLineNr() < 1
                ? ""
                : "line " + e.getLocation().getLineNr() + ": ";
        if (!(e instanceof JsonMappingException mapping)) {
            return line + "it is not JSON";
        }
        String key = mapping.getPath().stream()
                .map(place -> place.getFieldName() == null ? "[" + place.getIndex() + "]" : "." + place.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
        // What is wrong of the whole stands in no line.
        return (key.isEmpty() ? "" : line + key + ": ")
                + (isContradiction(e)
                        ? e.getCause().getMessage()
                        : "something is missing, or is no value that it can have");
    }

    /** Whether it is a record that refused its own values. */
    static boolean isContradiction(JsonProcessingException e) {
        return e.getCause() instanceof IllegalArgumentException && e.getCause().getMessage() != null;
    }

    /** Reads one of this project's own records back from UTF-8. */
    public static <T> T read(byte[] json, Class<T> type) throws IOException {
        return MAPPER.readValue(json, type);
    }

    /** Writes null where Jackson would write the text {@code "NaN"}. */
    private static final class FiniteNumbers extends JsonGeneratorDelegate {
        FiniteNumbers(JsonGenerator generator) {
            super(generator, false);
        }

        @Override
        public void writeNumber(double number) throws IOException {
            if (Double.isFinite(number)) {
                super.writeNumber(number);
            } else {
                writeNull();
            }
        }

        @Override
        public void writeNumber(float number) throws IOException {
            if (Float.isFinite(number)) {
                super.writeNumber(number);
            } else {
                writeNull();
            }
        }

        @Override
        public void writeArray(double[] numbers, int offset, int length) throws IOException {
            writeStartArray(numbers, length);
            for (int i = offset; i < offset + length; i++) {
                writeNumber(numbers[i]);
            }
            writeEndArray();
        }
    }
}
