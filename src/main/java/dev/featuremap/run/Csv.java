package dev.featuremap.run;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The one form of CSV this project reads and writes: commas, a newline after each row, quotes only where needed. */
final class Csv {
    private static final CsvMapper MAPPER = CsvMapper.builder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .disable(com.fasterxml.jackson.core.JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
            .build();

    private Csv() {}

    /** Every row of a file, the header among them, as text. */
    static List<String[]> read(Path file) throws IOException {
        ObjectReader reader = MAPPER.readerFor(String[].class);
        try (MappingIterator<String[]> rows = reader.readValues(Files.readString(file, StandardCharsets.UTF_8))) {
            return new ArrayList<>(rows.readAll());
        }
    }

    /** Writes rows as UTF-8. */
    static void write(OutputStream out, Iterable<String[]> rows) throws IOException {
        CsvSchema schema = CsvSchema.emptySchema().withLineSeparator("\n");
        try (SequenceWriter writer = MAPPER.writer(schema).writeValues(out)) {
            for (String[] row : rows) {
                writer.write(row);
            }
        }
    }
}
