package dev.featuremap.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.data.XoDrawing.Letter;
import dev.featuremap.experiment.Deformation;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XoDrawingTest {
    /** The lecture's picture: ink on both diagonals, an empty border of one pixel. */
    @Test
    void theCleanXIsTheHomeworksLetter() {
        assertThat(lines(XoDrawing.clean(Letter.X, 9))).isEqualTo("""
                .........
                .#.....#.
                ..#...#..
                ...#.#...
                ....#....
                ...#.#...
                ..#...#..
                .#.....#.
                .........
                """);
    }

    @Test
    void theCleanOIsAClosedRing() {
        assertThat(lines(XoDrawing.clean(Letter.O, 9))).isEqualTo("""
                .........
                ...###...
                ..#...#..
                .#.....#.
                .#.....#.
                .#.....#.
                ..#...#..
                ...###...
                .........
                """);
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 10, 11, 28, 64, 65, 256})
    void everySizesCleanXIsItsDiagonals(int size) {
        XoDrawing drawing = XoDrawing.clean(Letter.X, size);
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                boolean inside = row > 0 && row < size - 1;
                boolean ink = inside && (row == column || row == size - 1 - column);
                assertThat(drawing.pixel(row, column)).isEqualTo(ink ? 1f : -1f);
            }
        }
    }

    /** Paper inside and outside the ring never touch, so a fill from the corner leaves the middle dry. */
    @ParameterizedTest
    @ValueSource(ints = {9, 10, 11, 28, 64, 65, 256})
    void everySizesCleanOIsClosedWithAnEmptyBorder(int size) {
        XoDrawing drawing = XoDrawing.clean(Letter.O, size);
        assertThat(paperReachedFromTheCorner(drawing)[size / 2][size / 2]).isFalse();
        for (int i = 0; i < size; i++) {
            assertThat(drawing.pixel(0, i)).isEqualTo(-1);
            assertThat(drawing.pixel(size - 1, i)).isEqualTo(-1);
            assertThat(drawing.pixel(i, 0)).isEqualTo(-1);
            assertThat(drawing.pixel(i, size - 1)).isEqualTo(-1);
        }
        assertThat(drawing.pixel(1, size / 2)).isEqualTo(1);
    }

    @Test
    void noDeformationIsTheCleanLetter() {
        for (Letter letter : Letter.values()) {
            assertThat(XoDrawing.deformed(letter, 9, Deformation.NONE, RandomStream.DRAWING.of(1))
                            .bytes())
                    .isEqualTo(XoDrawing.clean(letter, 9).bytes());
        }
    }

    /** However far it is moved, turned, resized and thickened, an O is a closed ring on the canvas and an X is none. */
    @ParameterizedTest
    @ValueSource(ints = {9, 12, 28})
    void deformedLettersStayRecognisable(int size) {
        Deformation most = new Deformation(64, 180, 0.9, 16, 0, 0);
        for (int i = 0; i < 500; i++) {
            XoDrawing ring = XoDrawing.deformed(Letter.O, size, most, RandomStream.DRAWING.of(i));
            assertThat(dryPaper(ring)).as(lines(ring)).isPositive();
            XoDrawing cross = XoDrawing.deformed(Letter.X, size, most, RandomStream.DRAWING.of(i));
            assertThat(dryPaper(cross)).as(lines(cross)).isZero();
            assertThat(count(cross, 1)).as(lines(cross)).isBetween(9, size * size * 3 / 4);
        }
    }

    @Test
    void eachDeformationChangesTheLetterInItsOwnWay() {
        XoDrawing clean = XoDrawing.clean(Letter.X, 28);
        int ink = count(clean, 1);
        assertThat(mean(new Deformation(0, 0, 0, 2, 0, 0))).isGreaterThan(1.3 * ink);
        // Up to 0.9 of the ink, evenly: 0.45 of it is lost on average.
        assertThat(mean(new Deformation(0, 0, 0, 0, 0, 0.9))).isBetween(0.45 * ink, 0.65 * ink);
        for (Deformation moved : new Deformation[] {
            new Deformation(1, 0, 0, 0, 0, 0), new Deformation(0, 30, 0, 0, 0, 0), new Deformation(0, 0, 0.3, 0, 0, 0)
        }) {
            assertThat(XoDrawing.deformed(Letter.X, 28, moved, RandomStream.DRAWING.of(5))
                            .bytes())
                    .isNotEqualTo(clean.bytes());
        }
    }

    /** Mean number of ink pixels of 200 drawings. */
    private static double mean(Deformation by) {
        return IntStream.range(0, 200)
                .map(i -> count(XoDrawing.deformed(Letter.X, 28, by, RandomStream.DRAWING.of(i)), 1))
                .average()
                .orElseThrow();
    }

    @Test
    void noiseIsGaussianOfTheGivenDeviationAndClipped() {
        Deformation noisy = new Deformation(0, 0, 0, 0, 0.2, 0);
        XoDrawing drawing = XoDrawing.deformed(Letter.X, 256, noisy, RandomStream.DRAWING.of(9));
        double sum = 0;
        int below = 0;
        for (int row = 0; row < 256; row++) {
            for (int column = 0; column < 256; column++) {
                float pixel = drawing.pixel(row, column);
                assertThat(pixel).isBetween(-1f, 1f);
                if (pixel < 0) {
                    sum += pixel + 1;
                    below += pixel == -1 ? 1 : 0;
                }
            }
        }
        // Half of the noise is clipped at −1; the rest is half a bell with mean 0.2·√(2/π)/2 over all.
        assertThat(sum / (256 * 256)).isBetween(0.077, 0.083);
        assertThat(below / (256.0 * 256)).isBetween(0.48, 0.52);
    }

    private static int count(XoDrawing drawing, float level) {
        int count = 0;
        for (int i = 0; i < drawing.size() * drawing.size(); i++) {
            count += drawing.pixel(i / drawing.size(), i % drawing.size()) == level ? 1 : 0;
        }
        return count;
    }

    /** Paper that cannot be reached from outside the canvas: what a ring encloses. */
    private static int dryPaper(XoDrawing drawing) {
        boolean[][] reached = paperReachedFromTheCorner(drawing);
        int dry = 0;
        for (int row = 0; row < drawing.size(); row++) {
            for (int column = 0; column < drawing.size(); column++) {
                dry += drawing.pixel(row, column) == -1 && !reached[row + 1][column + 1] ? 1 : 0;
            }
        }
        return dry;
    }

    /** Fills paper side by side from a margin around the canvas; the result has that margin. */
    private static boolean[][] paperReachedFromTheCorner(XoDrawing drawing) {
        int size = drawing.size() + 2;
        boolean[][] reached = new boolean[size][size];
        int[] stack = new int[4 * size * size + 4];
        int depth = 0;
        stack[depth++] = 0;
        while (depth > 0) {
            int at = stack[--depth];
            int row = at / size;
            int column = at % size;
            boolean margin = row == 0 || column == 0 || row == size - 1 || column == size - 1;
            if (reached[row][column] || (!margin && drawing.pixel(row - 1, column - 1) > -1)) {
                continue;
            }
            reached[row][column] = true;
            for (int[] step : new int[][] {{-1, 0}, {1, 0}, {0, -1}, {0, 1}}) {
                int nextRow = row + step[0];
                int nextColumn = column + step[1];
                if (nextRow >= 0 && nextRow < size && nextColumn >= 0 && nextColumn < size) {
                    stack[depth++] = nextRow * size + nextColumn;
                }
            }
        }
        return reached;
    }

    private static String lines(XoDrawing drawing) {
        StringBuilder lines = new StringBuilder();
        for (int row = 0; row < drawing.size(); row++) {
            for (int column = 0; column < drawing.size(); column++) {
                lines.append(drawing.pixel(row, column) == 1 ? '#' : drawing.pixel(row, column) == -1 ? '.' : '?');
            }
            lines.append('\n');
        }
        return lines.toString();
    }
}
