package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.featuremap.Failure;
import dev.featuremap.compare.ComparisonFile;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.tune.TuningFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The JSON Schemas of {@code config schema}, and what a schema's validator makes of the files that are shipped. */
class ConfigSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();

    /** Keys that the maps they are in cannot do without, whatever else is in these. */
    private static final List<String> REQUIRED =
            List.of("name", "data", "network", "training", "base", "seeds", "experiment", "type", "source");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void thoseInConfAreTheProgramsOwn(FileKind kind) throws IOException {
        Path file = Path.of("conf/schema", word(kind) + ".json");
        assertThat(Run.of("config", "schema", word(kind)).out())
                .as("made by: ./featuremap config schema %s > %s", word(kind), file)
                .isEqualTo(Files.readString(file));
    }

    @ParameterizedTest
    @EnumSource
    void everyShippedFileIsValidAndNamesItsSchemaFirst(FileKind kind) throws IOException {
        JsonSchema schema = schema(kind);
        for (Path file : shipped(kind)) {
            assertThat(schema.validate(YAML.readTree(file.toFile())))
                    .as("%s", file)
                    .isEmpty();
            assertThat(Files.readString(file))
                    .as("%s", file)
                    .startsWith("# yaml-language-server: $schema=../schema/" + word(kind) + ".json\n");
        }
    }

    /** Of mutations that one key can be refused for by itself. */
    @Test
    void refusesWhatTheReaderRefuses() throws IOException {
        int refused = 0;
        Random random = new Random(21);
        List<FileKind> kinds = List.of(FileKind.EXPERIMENT, FileKind.COMPARE, FileKind.TUNE);
        while (refused < 200) {
            FileKind kind = kinds.get(random.nextInt(kinds.size()));
            List<Path> files = shipped(kind);
            JsonNode file =
                    YAML.readTree(files.get(random.nextInt(files.size())).toFile());
            String mutation = mutate(file, kind, random);
            if (!isRefused(kind, file)) {
                continue; // Such as another word where any will do.
            }
            assertThat(schema(kind).validate(file))
                    .as("%s: %s in %s", kind, mutation, file)
                    .isNotEmpty();
            refused++;
        }
    }

    private boolean isRefused(FileKind kind, JsonNode mutated) throws IOException {
        Path file = Files.writeString(folder.resolve("mutated.yaml"), mutated.toString());
        try {
            switch (kind) {
                case EXPERIMENT -> ExperimentFile.read(file, List.of());
                case COMPARE -> ComparisonFile.read(file, List.of());
                case TUNE -> TuningFile.read(file, List.of());
            }
            return false;
        } catch (Failure refused) {
            return true;
        }
    }

    /** Changes one place, and tells how. */
    private static String mutate(JsonNode file, FileKind kind, Random random) {
        List<ObjectNode> maps = new ArrayList<>();
        collect(file, kind, maps);
        ObjectNode map = maps.get(random.nextInt(maps.size()));
        List<String> keys = new ArrayList<>();
        map.fieldNames().forEachRemaining(keys::add);
        String key = keys.get(random.nextInt(keys.size()));
        JsonNode value = map.get(key);
        switch (random.nextInt(4)) {
            case 0 -> {
                map.put(key + "s", 1);
                return key + "s there";
            }
            case 1 -> {
                map.set(key, value.isNumber() ? JSON.valueToTree("much") : JSON.valueToTree(List.of(List.of(1))));
                return key + " of another type";
            }
            case 2 -> {
                map.set(key, value.isNumber() ? JSON.valueToTree(-1_000_000_000) : JSON.valueToTree("nonsense"));
                return key + " without meaning";
            }
            default -> {
                map.remove(REQUIRED);
                return "what is required left away";
            }
        }
    }

    /** The maps whose keys a schema knows: not a search's experiment. */
    private static void collect(JsonNode node, FileKind kind, List<ObjectNode> maps) {
        if (node instanceof ObjectNode map) {
            maps.add(map);
            if (kind != FileKind.TUNE) {
                map.forEach(value -> collect(value, kind, maps));
            }
        } else if (node instanceof ArrayNode list) {
            list.forEach(item -> collect(item, kind, maps));
        }
    }

    private static JsonSchema schema(FileKind kind) throws IOException {
        return JsonSchemaFactory.getInstance(VersionFlag.V7)
                .getSchema(Files.readString(Path.of("conf/schema", word(kind) + ".json")));
    }

    private static List<Path> shipped(FileKind kind) {
        try (Stream<Path> files = Files.list(Path.of("conf", word(kind)))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String word(FileKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
