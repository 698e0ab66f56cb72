package dev.featuremap.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.featuremap.AtomicFiles;
import dev.featuremap.RegularFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The one form of CSV this project reads and writes: commas, a newline after each row, quotes only where needed. */
public final class Csv {
    private static final CsvMapper MAPPER = CsvMapper.builder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .disable(com.fasterxml.jackson.core.JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
            .build();

    /** How large a file may be: a row per test example, with an output for each class. */
    static final int MOST_BYTES = 256 << 20;

    private Csv() {}

    /**
     * Every row of a file, the header among them, as text.
     *
     * @throws dev.featuremap.Failure (model) when it is none, or larger than 256 MiB
     */
    static List<String[]> read(Path file) {
        ObjectReader reader = MAPPER.readerFor(String[].class);
        try (InputStream in = Channels.newInputStream(RegularFiles.open(file, MOST_BYTES));
                MappingIterator<String[]> rows =
                        reader.readValues(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()))) {
            return new ArrayList<>(rows.readAll());
        } catch (CharacterCodingException e) {
            throw RunDirectory.unreadable(file, "it is not UTF-8", e);
        } catch (JsonProcessingException e) {
            throw RunDirectory.unreadable(file, "it is not CSV, or has a value that is too long", e);
        } catch (IOException e) {
            throw RunDirectory.unreadable(file, AtomicFiles.reason(e), e);
        }
    }

    /** Writes rows as UTF-8. */
    public static void write(OutputStream out, Iterable<String[]> rows) throws IOException {
        CsvSchema schema = CsvSchema.emptySchema().withLineSeparator("\n");
        try (SequenceWriter writer = MAPPER.writer(schema).writeValues(out)) {
            for (String[] row : rows) {
                writer.write(row);
            }
        }
    }
}
