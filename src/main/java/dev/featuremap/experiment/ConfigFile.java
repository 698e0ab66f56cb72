package dev.featuremap.experiment;

import dev.featuremap.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A kind of YAML file that is one record: read with overrides, checked against the record's {@link Key}s, and printed.
 *
 * <p>Everything that is wrong is a {@link Failure} of kind {@code USAGE} whose cause names the source, the line, the
 * key path, what was found and what is allowed, such as
 * {@code conf/experiment/x.yaml:12: training.batchSiz: unknown key; allowed: epochs, batchSize, …; did you mean batchSize?}
 *
 * @param type the record, public like the records below it
 * @param noun what messages call such a file, with its article, such as {@code an experiment}
 * @param folder where such files are shipped
 */
public record ConfigFile<T extends Record>(Class<T> type, String noun, String folder) {
    /**
     * Reads a file of at most 1 MiB in UTF-8.
     *
     * @param overrides {@code key=value} in the order they apply, each key a dotted path such as
     *     {@code network.layers.0.filters}, each value a number, a word or text as it stands, or YAML in brackets or quotes
     * @throws Failure of kind {@code USAGE}, or {@code ENVIRONMENT} when the file is there but cannot be read
     */
    public T read(Path file, List<String> overrides) {
        return read(file, overrides, KeyOverride.COMMAND_LINE);
    }

    /**
     * As {@link #read(Path, List)}, with overrides that do not come from the command line.
     *
     * @param overridesSource where messages say the overrides stand
     */
    public T read(Path file, List<String> overrides, String overridesSource) {
        return bind(text(file), file.toString(), overrides, overridesSource);
    }

    /** The text of a file, as {@link #read(Path, List)} takes it. */
    String text(Path file) {
        return decode(bytes(file), file.toString());
    }

    /**
     * Reads a text.
     *
     * @param sourceName what messages call the text, such as its file's name
     * @param overrides as for {@link #read(Path, List)}
     * @throws Failure of kind {@code USAGE}
     */
    public T parse(String text, String sourceName, List<String> overrides) {
        return bind(text, sourceName, overrides, KeyOverride.COMMAND_LINE);
    }

    /** Every key such a file may have, in its order; a key that several forms share in every respect appears once. */
    public List<KeyDescription> keys() {
        return AllKeys.of(type);
    }

    /** Such a file as JSON Schema, as the tree that JSON is made of. */
    public Map<String, Object> schema() {
        return JsonSchema.of(type, noun);
    }

    /** The record as YAML with every key written out, defaults included; reading it gives an equal record. */
    public String print(T record) {
        return RecordPrinter.print(record);
    }

    private T bind(String text, String sourceName, List<String> overrides, String overridesSource) {
        String source = Shown.line(sourceName);
        ConfigNode root = ConfigParser.file(text, source)
                .orElseThrow(() -> Failure.usage(source + ": empty; expected " + noun, remedy()));
        if (!(root instanceof ConfigNode.Mapping)) {
            // Of a file that is something else altogether, nothing is shown.
            throw Failure.usage(source + ": holds no keys; expected " + noun + "'s file", remedy());
        }
        for (String override : overrides) {
            root = KeyOverride.parse(override, overridesSource).applyTo(root);
        }
        return new RecordBinder().bind(type, root);
    }

    private String remedy() {
        return "Give the path of " + noun + "; " + folder + " holds some.";
    }

    private byte[] bytes(Path file) {
        String name = Shown.line(file.toString());
        try {
            if (Files.isDirectory(file)) {
                throw Failure.usage(name + ": found a folder; expected " + noun + "'s file", remedy());
            }
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw Failure.usage(name + ": found a pipe or a device; expected " + noun + "'s file", remedy());
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(ConfigParser.LONGEST + 1);
                if (bytes.length > ConfigParser.LONGEST) {
                    throw Failure.usage(
                            name + ": longer than 1 MiB, the longest " + noun + " may be",
                            "Give " + noun + "'s file, not data.");
                }
                return bytes;
            }
        } catch (NoSuchFileException absent) {
            throw Failure.usage(name + ": no such file", remedy());
        } catch (IOException unreadable) {
            throw Failure.environment(
                    name + ": cannot be read: " + Shown.text(String.valueOf(unreadable.getMessage())),
                    "Check the file's permissions.",
                    unreadable);
        }
    }

    private static String decode(byte[] bytes, String name) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        if (StandardCharsets.UTF_8.newDecoder().decode(in, out, true).isError()) {
            int line = 1;
            for (int i = 0; i < in.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            throw Failure.usage(
                    String.format(
                            Locale.ROOT, "%s:%d: not UTF-8: byte 0x%02x", Shown.line(name), line, bytes[in.position()]),
                    "Save the file as UTF-8.");
        }
        return out.flip().toString();
    }
}
