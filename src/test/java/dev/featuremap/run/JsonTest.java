package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonTest {
    record Count(int count) {
        public Count {
            if (count < 0) {
                throw new IllegalArgumentException(count == -1 ? null : "a count of " + count);
            }
        }
    }

    @TempDir
    Path folder;

    @Test
    void saysWhatARecordRefusedAndInOtherWordsWhatIsNone() throws IOException {
        assertThat(fault("{\"count\": -2}")).isEqualTo("a count of -2");
        assertThat(fault("{\"count\": -1}")).isEqualTo("something is missing, or is no value that it can have");
        assertThat(fault("{\n\"count\": \"two\"}"))
                .isEqualTo("line 2: count: something is missing, or is no value that it can have");
        assertThat(fault("{\n\"count\": 2")).isEqualTo("line 2: it is not JSON");
        assertThat(fault("null")).isEqualTo("it holds nothing");
    }

    private String fault(String json) throws IOException {
        Path file = Files.writeString(folder.resolve("count.json"), json);
        return catchThrowableOfType(IOException.class, () -> Json.read(file, Count.class))
                .getMessage();
    }

    /** JSON has no such numbers, and a text in a number's place breaks whoever reads it. */
    @Test
    @SuppressWarnings("ArrayRecordComponent")
    void numbersThatAreNotFiniteAreNull() {
        record Figures(
                double one, Float other, double[] more, float[] floats, List<Double> list, Map<String, Object> map) {}

        String json = Json.write(new Figures(
                Double.NaN,
                Float.NEGATIVE_INFINITY,
                new double[] {1, Double.POSITIVE_INFINITY},
                new float[] {Float.NaN, 0.5f},
                List.of(Double.NEGATIVE_INFINITY, 2.5),
                Map.of("r2", Double.NaN)));

        assertThat(json.replaceAll("\\s+", ""))
                .isEqualTo("{\"one\":null,\"other\":null,\"more\":[1.0,null],\"floats\":[null,0.5],\"list\":[null,2.5],"
                        + "\"map\":{\"r2\":null}}");
    }
}
