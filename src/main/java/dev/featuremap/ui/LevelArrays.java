package dev.featuremap.ui;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Levels 0..255 in nested JSON arrays that are alike long, as one array with its sizes from outside in; read as they come, so that they
 * take a byte each.
 */
@SuppressWarnings("ArrayRecordComponent")
record LevelArrays(List<Integer> sizes, byte[] levels) {
    private static final int DEEPEST = 4;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(20)
                    .build())
            .build();

    /** @throws Refusal (400) saying what is no such array */
    static LevelArrays read(byte[] json) {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw refusal("the body is no JSON array");
            }
            Reading reading = new Reading(parser);
            reading.array(0);
            if (parser.nextToken() != null) {
                throw refusal("something stands behind the array");
            }
            return new LevelArrays(List.copyOf(reading.sizes), reading.levels.toByteArray());
        } catch (IOException e) {
            throw refusal("the body is no JSON array of at most " + DEEPEST + " dimensions");
        }
    }

    private static Refusal refusal(String cause) {
        return new Refusal(
                400, cause, "send levels 0 to 255 as [height][width], [channels][height][width], or an array of such");
    }

    private record Reading(JsonParser parser, List<Integer> sizes, ByteArrayOutputStream levels) {
        Reading(JsonParser parser) {
            this(parser, new ArrayList<>(), new ByteArrayOutputStream());
        }

        /** Reads an array that has been opened; the first of its depth says how long the others are, and whether they hold numbers. */
        void array(int depth) throws IOException {
            boolean first = depth == sizes.size();
            if (first) {
                sizes.add(null);
            }
            int count = 0;
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                boolean innermost = token != JsonToken.START_ARRAY;
                if (innermost != (depth == sizes.size() - 1) && !(count == 0 && first)) {
                    throw refusal("numbers and arrays stand side by side");
                }
                if (innermost) {
                    levels.write(level(token));
                } else {
                    array(depth + 1);
                }
                count++;
            }
            if (count == 0 || (sizes.get(depth) != null && sizes.get(depth) != count)) {
                throw refusal(count == 0 ? "an array is empty" : "arrays side by side are not alike long");
            }
            sizes.set(depth, count);
        }

        private int level(JsonToken token) throws IOException {
            if (token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() == JsonParser.NumberType.INT) {
                int level = parser.getIntValue();
                if (level >= 0 && level <= 255) {
                    return level;
                }
            }
            throw refusal("what stands for a level is no whole number from 0 to 255");
        }
    }
}
