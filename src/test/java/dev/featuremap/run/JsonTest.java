package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
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
