package dev.featuremap.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.experiment.Extent;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MnistFittingTest {
    private static final Extent DIGIT = Extent.square(28);
    private static final Extent PAPER = new Extent(60, 100);

    @Test
    void makesTheLongerSideOfTheInkTwentyPixelsAndKeepsTheRatio() {
        MnistFitting fitted =
                MnistFitting.of(drawing(200, 70, 5, 20, 40), PAPER, DIGIT).orElseThrow();

        assertThat(fitted.ink()).isEqualTo(new Extent(40, 20));
        byte[] expected = new byte[28 * 28];
        for (int row = 4; row < 24; row++) {
            Arrays.fill(expected, row * 28 + 9, row * 28 + 19, (byte) 255);
        }
        assertThat(fitted.levels()).isEqualTo(expected);
    }

    @Test
    void putsTheCentreOfMassIntoThePixelBelowTheMiddleWhereverTheInkIs() {
        byte[] drawing = drawing(90, 3, 8, 4, 44);
        fill(drawing, 90, 3, 44, 18, 8);
        byte[] fitted = MnistFitting.of(drawing, PAPER, DIGIT).orElseThrow().levels();

        assertThat(centre(fitted, i -> i % 28)).isBetween(14.0, 15.0);
        assertThat(centre(fitted, i -> i / 28)).isBetween(14.0, 15.0);
    }

    private static double centre(byte[] picture, IntUnaryOperator place) {
        double mass = IntStream.range(0, 784).map(i -> picture[i] & 0xff).sum();
        return IntStream.range(0, 784)
                        .mapToDouble(i -> (place.applyAsInt(i) + 0.5) * (picture[i] & 0xff))
                        .sum()
                / mass;
    }

    /** They were fitted already. */
    @Test
    void leavesMnistsDigitsAsTheyAreButForTheFaintestPixels() {
        IdxFile images = IdxBytes.sampleImages();
        int same = 0;
        for (int example = 0; example < images.count(); example++) {
            byte[] digit = new byte[784];
            images.read(example * 784L, digit);
            byte[] fitted = MnistFitting.of(digit, DIGIT, DIGIT).orElseThrow().levels();
            same += IntStream.range(0, 784)
                                    .map(i -> Math.abs((fitted[i] & 0xff) - (digit[i] & 0xff)))
                                    .max()
                                    .orElseThrow()
                            <= 25
                    ? 1
                    : 0;
        }

        assertThat(same / (double) images.count()).isGreaterThan(0.97);
    }

    @Test
    void darkInkOnLightStaysDarkOnLight() {
        byte[] drawing = drawing(200, 70, 5, 20, 40);
        byte[] complement = complement(drawing);

        assertThat(MnistFitting.of(complement, PAPER, DIGIT).orElseThrow().levels())
                .isEqualTo(complement(
                        MnistFitting.of(drawing, PAPER, DIGIT).orElseThrow().levels()));
    }

    @Test
    void takesWhatIsFaintForPaperAndPaperForNothing() {
        byte[] clean = drawing(200, 30, 10, 20, 40);
        byte[] dusty = clean.clone();
        for (int i = 0; i < dusty.length; i++) {
            dusty[i] = (byte) Math.max(clean[i] & 0xff, i * 31 % 29);
        }
        byte[] empty = new byte[PAPER.height() * PAPER.width()];
        byte[] onlyDust = empty.clone();
        onlyDust[3000] = 31;

        assertThat(MnistFitting.of(dusty, PAPER, DIGIT).orElseThrow().ink()).isEqualTo(new Extent(40, 20));
        assertThat(MnistFitting.of(empty, PAPER, DIGIT)).isEmpty();
        assertThat(MnistFitting.of(onlyDust, PAPER, DIGIT)).isEmpty();
    }

    @Test
    void makesThinInkAsStrongAsMnists() {
        byte[] line = drawing(120, 30, 10, 1, 50);

        byte[] fitted = MnistFitting.of(line, PAPER, DIGIT).orElseThrow().levels();
        assertThat(IntStream.range(0, 784).map(i -> fitted[i] & 0xff).max()).hasValue(255);
    }

    /** A box of ink on dark paper of 60x100 pixels. */
    private static byte[] drawing(int level, int left, int top, int width, int height) {
        byte[] drawing = new byte[PAPER.height() * PAPER.width()];
        fill(drawing, level, left, top, width, height);
        return drawing;
    }

    private static void fill(byte[] drawing, int level, int left, int top, int width, int height) {
        for (int row = top; row < top + height; row++) {
            Arrays.fill(drawing, row * PAPER.width() + left, row * PAPER.width() + left + width, (byte) level);
        }
    }

    private static byte[] complement(byte[] levels) {
        byte[] complement = new byte[levels.length];
        for (int i = 0; i < levels.length; i++) {
            complement[i] = (byte) ~levels[i];
        }
        return complement;
    }
}
