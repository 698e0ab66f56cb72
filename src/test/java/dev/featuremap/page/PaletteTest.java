package dev.featuremap.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The colours of charts, in light and in dark, as readers see them who lack one kind of cones. */
class PaletteTest {
    private static final Pattern SERIES =
            Pattern.compile("--series-\\d: light-dark\\(#([0-9a-f]{6}), #([0-9a-f]{6})\\)");

    /** Sight as a matrix of linear red, green and blue: Machado, Oliveira and Fernandes 2009, severity 1. */
    @SuppressWarnings("ImmutableEnumChecker") // List.of never changes
    private enum Sight {
        USUAL(1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0),
        PROTANOPIA(0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998),
        DEUTERANOPIA(0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881);

        private final List<Double> matrix;

        Sight(Double... matrix) {
            this.matrix = List.of(matrix);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsTheSeriesOfAChartApart(Sight sight) throws IOException {
        for (boolean dark : new boolean[] {false, true}) {
            List<double[]> seen =
                    series(dark).stream().map(rgb -> lab(rgb, sight)).toList();
            assertThat(seen).hasSize(8);
            assertThat(difference(seen.get(0), seen.get(4))).isGreaterThan(20);
            for (int i = 0; i < seen.size(); i++) {
                for (int j = 0; j < i; j++) {
                    assertThat(difference(seen.get(i), seen.get(j)))
                            .as("series %d and %d, dark: %s", j + 1, i + 1, dark)
                            .isGreaterThan(15);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void coloursOfSeriesStandOutFromThePaper(boolean dark) throws IOException {
        double paper = lab(dark ? 0x15171a : 0xfcfbf8, Sight.USUAL)[0];
        assertThat(series(dark))
                .allSatisfy(rgb ->
                        assertThat(Math.abs(lab(rgb, Sight.USUAL)[0] - paper)).isGreaterThan(25));
    }

    private static List<Integer> series(boolean dark) throws IOException {
        try (InputStream in = PaletteTest.class.getResourceAsStream("/dev/featuremap/page/tokens.css")) {
            Matcher matcher = SERIES.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            List<Integer> colours = new ArrayList<>();
            while (matcher.find()) {
                colours.add(Integer.parseInt(matcher.group(dark ? 2 : 1), 16));
            }
            return colours;
        }
    }

    /** CIE 1976 L*, a*, b* of a colour 0xRRGGBB under daylight D65. */
    private static double[] lab(int rgb, Sight sight) {
        double[] linear = new double[3];
        for (int i = 0; i < 3; i++) {
            double value = ((rgb >> (16 - 8 * i)) & 0xff) / 255.0;
            linear[i] = value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
        }
        double[] seen = times(sight.matrix, linear);
        for (int i = 0; i < 3; i++) {
            seen[i] = Math.max(0, Math.min(1, seen[i]));
        }
        double[] xyz = times(
                List.of(
                        0.4124564, 0.3575761, 0.1804375, 0.2126729, 0.7151522, 0.0721750, 0.0193339, 0.1191920,
                        0.9503041),
                seen);
        double x = cubeRoot(xyz[0] / 0.95047);
        double y = cubeRoot(xyz[1]);
        double z = cubeRoot(xyz[2] / 1.08883);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double cubeRoot(double value) {
        return value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116.0;
    }

    private static double[] times(List<Double> matrix, double[] vector) {
        double[] product = new double[3];
        for (int i = 0; i < 9; i++) {
            product[i / 3] += matrix.get(i) * vector[i % 3];
        }
        return product;
    }

    private static double difference(double[] one, double[] other) {
        return Math.sqrt(
                Math.pow(one[0] - other[0], 2) + Math.pow(one[1] - other[1], 2) + Math.pow(one[2] - other[2], 2));
    }
}
