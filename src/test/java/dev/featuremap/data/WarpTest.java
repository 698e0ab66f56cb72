package dev.featuremap.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.experiment.DataShape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WarpTest {
    private static final DataShape COLOUR = new DataShape(3, 7, 7, List.of("a", "b"));
    private static final DataShape WIDE = new DataShape(2, 6, 9, List.of("a", "b"));
    private static final DataShape DIGIT = new DataShape(1, 28, 28, List.of("a", "b"));

    @ParameterizedTest
    @ValueSource(ints = {90, -90, 180})
    void turningByRightAnglesExchangesPixelsExactly(int degrees) {
        byte[] picture = noise(COLOUR);
        byte[] expected = picture;
        for (int turns = (degrees + 360) / 90 % 4; turns > 0; turns--) {
            expected = turnedClockwise(expected, COLOUR);
        }

        assertThat(warped(Warp.affine(COLOUR, false, 1, 0, degrees, 0, 0), picture, COLOUR))
                .isEqualTo(expected);
    }

    private static byte[] turnedClockwise(byte[] picture, DataShape shape) {
        int side = shape.height();
        byte[] turned = new byte[picture.length];
        for (int i = 0; i < turned.length; i++) {
            int row = i / side % side;
            int column = i % side;
            turned[i] = picture[i - row * side - column + (side - 1 - column) * side + row];
        }
        return turned;
    }

    @ParameterizedTest
    @CsvSource({"2, 0", "0, 3", "-1, 2", "4, -5", "20, 20"})
    void movingByWholePixelsLeavesTheBackgroundBehind(int across, int along) {
        byte[] picture = noise(WIDE);
        byte[] moved = warped(Warp.affine(WIDE, false, 1, 0, 0, across, along), picture, WIDE);

        for (int i = 0; i < moved.length; i++) {
            int channel = i / 54;
            int row = i / 9 % 6 - along;
            int column = i % 9 - across;
            int expected = row >= 0 && row < 6 && column >= 0 && column < 9
                    ? picture[channel * 54 + row * 9 + column] & 0xff
                    : Warp.background(picture, channel * 54, WIDE);
            assertThat(moved[i] & 0xff).as("level %d", i).isEqualTo(expected);
        }
    }

    @Test
    void mirroringExchangesColumnsExactly() {
        byte[] picture = noise(WIDE);
        byte[] mirrored = warped(Warp.affine(WIDE, true, 1, 0, 0, 0, 0), picture, WIDE);

        for (int i = 0; i < mirrored.length; i++) {
            assertThat(mirrored[i]).isEqualTo(picture[i - i % 9 + 8 - i % 9]);
        }
    }

    @Test
    void leavesThePictureWhenNothingIsDone() {
        byte[] picture = noise(WIDE);

        assertThat(warped(Warp.affine(WIDE, false, 1, 0, 0, 0, 0), picture, WIDE))
                .isEqualTo(picture);
    }

    @ParameterizedTest
    @CsvSource({"0, 8, 0, 0", "0, 0, 1.3, 0.4", "8, 3, 0.5, 1.5", "-20, 0, 0, 0", "30, -10, -1.7, 1"})
    void keepsTheInkOfWhatIsTurnedShearedAndMoved(double degrees, double leaning, double across, double along) {
        byte[] blob = blob();

        assertThat(sum(warped(Warp.affine(DIGIT, false, 1, leaning, degrees, across, along), blob, DIGIT)))
                .isCloseTo(sum(blob), within(0.01 * sum(blob)));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "45, 0", "0, 20"})
    void growsByTheSquareOfTheScale(double degrees, double leaning) {
        byte[] blob = blob();

        assertThat(sum(warped(Warp.affine(DIGIT, false, 1.2, leaning, degrees, 0, 0), blob, DIGIT)))
                .isCloseTo(1.44 * sum(blob), within(0.0144 * sum(blob)));
    }

    @Test
    void meansLinearlyBetweenPixels() {
        DataShape row = new DataShape(1, 1, 4, List.of("a", "b"));

        assertThat(warped(Warp.affine(row, false, 1, 0, 0, 0.25, 0), new byte[] {0, 100, 0, 0}, row))
                .isEqualTo(new byte[] {0, 75, 25, 0});
    }

    @Test
    void displacesEachPixelByItsOwn() {
        DataShape row = new DataShape(1, 1, 4, List.of("a", "b"));
        Warp warp = Warp.affine(row, false, 1, 0, 0, 0, 0).displaced(pixels(1, 0, 0.5, -3), pixels(0, 0, 0, 0));

        assertThat(warped(warp, new byte[] {10, 20, 30, 40}, row)).isEqualTo(new byte[] {20, 20, 35, 10});
        DataShape column = new DataShape(1, 4, 1, List.of("a", "b"));
        Warp down = Warp.affine(column, false, 1, 0, 0, 0, 0).displaced(pixels(0, 0, 0, 0), pixels(1, 0, 0.5, -3));
        assertThat(warped(down, new byte[] {10, 20, 30, 40}, column)).isEqualTo(new byte[] {20, 20, 35, 10});
    }

    @Test
    void takesTheMedianOfTheBorderForBackground() {
        DataShape shape = new DataShape(2, 3, 3, List.of("a", "b"));
        byte[] picture = {
            9, 9, 9, 9, 0, 9, 1, 2, 3, (byte) 250, (byte) 250, 0, (byte) 250, 7, 0, (byte) 250, 0, (byte) 250
        };

        assertThat(Warp.background(picture, 0, shape)).isEqualTo(9);
        assertThat(Warp.background(picture, 9, shape)).isEqualTo(250);
        byte[] wide = {1, 2, 3, 4, 5, 99, 99, 6, 7, 8, 9, 10};
        assertThat(Warp.background(wide, 0, new DataShape(1, 3, 4, List.of("a", "b"))))
                .as("the lower of the middle two")
                .isEqualTo(5);
    }

    /** Of one row, or one column. */
    private static Warp.Displacements pixels(double... pixels) {
        int[] all = Arrays.stream(pixels)
                .mapToInt(number -> (int) Math.round(number * Warp.PIXEL))
                .toArray();
        return new Warp.Displacements(all, 0, 1);
    }

    private static byte[] warped(Warp by, byte[] picture, DataShape shape) {
        byte[] warped = picture.clone();
        by.apply(warped, shape);
        return warped;
    }

    private static byte[] noise(DataShape shape) {
        byte[] picture = new byte[shape.features()];
        new Random(1).nextBytes(picture);
        return picture;
    }

    /** A soft round stroke in the middle, as ink is. */
    private static byte[] blob() {
        byte[] picture = new byte[28 * 28];
        for (int i = 0; i < picture.length; i++) {
            int row = i / 28;
            double distance = Math.hypot(i % 28 - 13.2, row - 14.1);
            picture[i] = (byte) Math.round(255 * Math.max(0, 1 - Math.abs(distance - 5) / 2.5));
        }
        return picture;
    }

    private static double sum(byte[] picture) {
        double sum = 0;
        for (byte level : picture) {
            sum += level & 0xff;
        }
        return sum;
    }
}
