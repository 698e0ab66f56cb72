package dev.featuremap.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.experiment.Augmentation;
import dev.featuremap.experiment.Augmentation.Elastic;
import dev.featuremap.experiment.Augmentation.Flip;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Scaling;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

class AugmenterTest {
    private static final Elastic STIFF = new Elastic(0, 4);
    private static final Augmentation ALL = withShare(1);
    private static final DataShape COLOUR = new DataShape(3, 12, 10, List.of("a", "b"));

    @Test
    void leavesTheVeryPicturesWhenAllIsZero() {
        Pictures pictures = pictures(COLOUR);

        assertThat(pictures.augmented(Augmentation.NONE, 1, 1)).isSameAs(pictures);
        byte[] picture = pictures.levels(3);
        new Augmenter(Augmentation.NONE, COLOUR, 1, 1).vary(3, picture);
        assertThat(picture).isEqualTo(pictures.levels(3));
    }

    @Test
    void dependsOnSeedEpochAndIndexAlone() {
        Pictures pictures = pictures(COLOUR);
        Pictures varied = pictures.augmented(ALL, 42, 3);
        List<byte[]> forwards = IntStream.range(0, 20).mapToObj(varied::levels).toList();
        List<byte[]> backwards = IntStream.range(0, 20)
                .map(i -> 19 - i)
                .parallel()
                .mapToObj(pictures.augmented(ALL, 42, 3)::levels)
                .toList();

        byte[] own = pictures.levels(7);
        new Augmenter(ALL, COLOUR, 42, 3).vary(7, own);
        assertThat(own).isEqualTo(forwards.get(7));
        for (int i = 0; i < 20; i++) {
            assertThat(backwards.get(19 - i)).isEqualTo(forwards.get(i));
            assertThat(forwards.get(i)).isNotEqualTo(pictures.levels(i));
            assertThat(pictures.augmented(ALL, 42, 4).levels(i)).isNotEqualTo(forwards.get(i));
            assertThat(pictures.augmented(ALL, 43, 3).levels(i)).isNotEqualTo(forwards.get(i));
        }
    }

    @Test
    void leavesAllButItsShareAsTheyAre() {
        Augmentation most = withShare(0.75);
        Pictures pictures = pictures(COLOUR);
        Set<Integer> left = new HashSet<>();
        int varied = 0;
        for (int epoch = 1; epoch <= 50; epoch++) {
            Pictures ofMost = pictures.augmented(most, 42, epoch);
            Pictures ofAll = pictures.augmented(ALL, 42, epoch);
            for (int i = 0; i < pictures.count(); i++) {
                byte[] picture = ofMost.levels(i);
                if (Arrays.equals(picture, pictures.levels(i))) {
                    left.add(i);
                } else {
                    assertThat(picture).isEqualTo(ofAll.levels(i));
                    varied++;
                }
            }
        }

        // 1,500 of 2,000 are expected, with a standard deviation of 19.4.
        assertThat(varied).isBetween(1_400, 1_600);
        assertThat(left).hasSize(pictures.count());
        assertThat(pictures.augmented(withShare(0), 42, 1)).isSameAs(pictures);
    }

    @Test
    void givesTheSameBatchesFromAnyBatchOn() {
        ExampleSet varied = new ExampleSet(pictures(COLOUR)).augmented(ALL, 42, 2);
        DataSetIterator whole = varied.shuffled(8, 42, 2);
        whole.next();

        assertThat(varied.shuffled(8, 42, 2, 1).next().getFeatures())
                .isEqualTo(whole.next().getFeatures());
    }

    /** So that what one more kind brings can be told from what it changes in the others. */
    @Test
    void aKindMoreLeavesTheOthersAsTheyWere() {
        byte[] moved = varied(amounts(0, 2, 0), 5);
        Augmentation movedAndLighter = new Augmentation(0, 2, 0, 0, Flip.NONE, STIFF, 0, 0.2, 0, 0, 1);
        byte[] lighter = varied(movedAndLighter, 5);

        int difference = (lighter[0] & 0xff) - (moved[0] & 0xff);
        for (int i = 0; i < moved.length; i++) {
            assertThat((lighter[i] & 0xff) - (moved[i] & 0xff)).isEqualTo(difference);
        }
    }

    @Test
    void moveByUpToTheBoundEitherWay() {
        DataShape shape = new DataShape(1, 31, 31, List.of("a", "b"));
        double largest = 0;
        double least = 0;
        for (int example = 0; example < 500; example++) {
            byte[] dot = new byte[31 * 31];
            dot[15 * 31 + 15] = (byte) 255;
            new Augmenter(amounts(0, 4, 0), shape, 7, 1).vary(example, dot);
            double middle = 0;
            double sum = 0;
            for (int i = 0; i < dot.length; i++) {
                middle += (i % 31) * (dot[i] & 0xff);
                sum += dot[i] & 0xff;
            }
            largest = Math.max(largest, middle / sum - 15);
            least = Math.min(least, middle / sum - 15);
        }

        assertThat(largest).isBetween(3.9, 4.01);
        assertThat(least).isBetween(-4.01, -3.9);
    }

    /** A dot ten pixels to the right of the centre, or above it. */
    @Test
    void turnScaleAndShearByUpToTheBoundEitherWay() {
        DoubleSummaryStatistics turned =
                places(amounts(12, 0, 0), 15, 25, (row, column) -> Math.toDegrees(Math.atan2(row - 15, column - 15)));
        assertThat(turned.getMax()).isBetween(11.5, 12.3);
        assertThat(turned.getMin()).isBetween(-12.3, -11.5);

        DoubleSummaryStatistics scaled = places(amounts(0, 0, 0.2), 15, 25, (row, column) -> (column - 15) / 10);
        assertThat(scaled.getMax()).isBetween(1.18, 1.21);
        assertThat(scaled.getMin()).isBetween(0.79, 0.82);

        Augmentation shear = new Augmentation(0, 0, 0, 8, Flip.NONE, STIFF, 0, 0, 0, 0, 1);
        DoubleSummaryStatistics sheared =
                places(shear, 5, 15, (row, column) -> Math.toDegrees(Math.atan2(column - 15, 15 - row)));
        assertThat(sheared.getMax()).isBetween(7.7, 8.3);
        assertThat(sheared.getMin()).isBetween(-8.3, -7.7);
    }

    /** What comes of the middle of a dot in 31x31 pixels, in 500 pictures. */
    private static DoubleSummaryStatistics places(
            Augmentation by, int dotRow, int dotColumn, DoubleBinaryOperator ofRowAndColumn) {
        DataShape shape = new DataShape(1, 31, 31, List.of("a", "b"));
        return IntStream.range(0, 500)
                .mapToDouble(example -> {
                    byte[] dot = new byte[31 * 31];
                    dot[dotRow * 31 + dotColumn] = (byte) 255;
                    new Augmenter(by, shape, 7, 1).vary(example, dot);
                    double sum = IntStream.range(0, dot.length)
                            .map(i -> dot[i] & 0xff)
                            .sum();
                    double rows = IntStream.range(0, dot.length)
                            .map(i -> i / 31 * (dot[i] & 0xff))
                            .sum();
                    double columns = IntStream.range(0, dot.length)
                            .map(i -> i % 31 * (dot[i] & 0xff))
                            .sum();
                    return ofRowAndColumn.applyAsDouble(rows / sum, columns / sum);
                })
                .summaryStatistics();
    }

    @Test
    void contrastSpreadsLevelsAboutTheirMean() {
        Augmentation contrast = new Augmentation(0, 0, 0, 0, Flip.NONE, STIFF, 0, 0, 0.5, 0, 1);
        DataShape shape = new DataShape(1, 1, 4, List.of("a", "b"));
        DoubleSummaryStatistics factors = new DoubleSummaryStatistics();
        DoubleSummaryStatistics sums = new DoubleSummaryStatistics();
        for (int example = 0; example < 500; example++) {
            byte[] levels = {100, (byte) 200, 100, (byte) 200};
            new Augmenter(contrast, shape, 7, 1).vary(example, levels);
            int dark = levels[0] & 0xff;
            int light = levels[1] & 0xff;
            factors.accept((light - dark) / 100.0);
            sums.accept(light + dark);
        }

        assertThat(factors.getMax()).isBetween(1.48, 1.51);
        assertThat(factors.getMin()).isBetween(0.49, 0.52);
        assertThat(sums.getMax()).isLessThanOrEqualTo(301);
        assertThat(sums.getAverage()).as("rounded to the nearest").isCloseTo(300, within(0.2));
    }

    @Test
    void lightensByUpToTheBoundEitherWayAndEndsAtBlackAndWhite() {
        Augmentation brightness = new Augmentation(0, 0, 0, 0, Flip.NONE, STIFF, 0, 0.2, 0, 0, 1);
        DataShape shape = new DataShape(1, 1, 3, List.of("a", "b"));
        DoubleSummaryStatistics lighter = new DoubleSummaryStatistics();
        for (int example = 0; example < 500; example++) {
            byte[] levels = {0, (byte) 128, (byte) 255};
            new Augmenter(brightness, shape, 7, 1).vary(example, levels);
            int difference = (levels[1] & 0xff) - 128;
            lighter.accept(difference);
            assertThat(levels[0] & 0xff).isBetween(Math.max(0, difference - 1), Math.max(0, difference + 1));
            assertThat(levels[2] & 0xff).isBetween(Math.min(255, 254 + difference), Math.min(255, 256 + difference));
        }

        assertThat(lighter.getMax()).isBetween(50.0, 51.0);
        assertThat(lighter.getMin()).isBetween(-51.0, -50.0);
    }

    @Test
    void coversTheLastRowAndColumnAtTimes() {
        Augmentation erase = new Augmentation(0, 0, 0, 0, Flip.NONE, STIFF, 0.25, 0, 0, 0, 1);
        DataShape shape = new DataShape(1, 20, 20, List.of("a", "b"));
        int lastRow = 0;
        int lastColumn = 0;
        for (int example = 0; example < 500; example++) {
            byte[] picture = new byte[400];
            picture[19 * 20 + 10] = 100;
            picture[10 * 20 + 19] = 100;
            new Augmenter(erase, shape, 7, 1).vary(example, picture);
            lastRow += picture[19 * 20 + 10] == 0 ? 1 : 0;
            lastColumn += picture[10 * 20 + 19] == 0 ? 1 : 0;
        }

        assertThat(lastRow).isBetween(1, 100);
        assertThat(lastColumn).isBetween(1, 100);
    }

    @Test
    void mirrorsAboutEveryOtherPicture() {
        Augmentation flip = new Augmentation(0, 0, 0, 0, Flip.HORIZONTAL, STIFF, 0, 0, 0, 0, 1);
        byte[] picture = pictures(COLOUR).levels(0);
        int mirrored = 0;
        for (int example = 0; example < 1000; example++) {
            byte[] varied = picture.clone();
            new Augmenter(flip, COLOUR, 7, 1).vary(example, varied);
            mirrored += Arrays.equals(varied, picture) ? 0 : 1;
        }

        assertThat(mirrored).isBetween(450, 550);
    }

    @Test
    void coversNoMoreThanItsShareWithTheBackgroundOfEachChannel() {
        Augmentation erase = new Augmentation(0, 0, 0, 0, Flip.NONE, STIFF, 0.25, 0, 0, 0, 1);
        Set<Integer> covered = new HashSet<>();
        for (int example = 0; example < 200; example++) {
            byte[] picture = new byte[2 * 20 * 20];
            Arrays.fill(picture, (byte) 200);
            for (int channel = 0; channel < 2; channel++) {
                for (int i = 0; i < 400; i++) {
                    boolean border = i / 20 == 0 || i / 20 == 19 || i % 20 == 0 || i % 20 == 19;
                    picture[channel * 400 + i] = border ? (byte) (10 + channel) : (byte) 200;
                }
            }
            DataShape shape = new DataShape(2, 20, 20, List.of("a", "b"));
            new Augmenter(erase, shape, 7, 1).vary(example, picture);
            int gone = 0;
            for (int i = 0; i < 400; i++) {
                boolean isGone = picture[i] == 10;
                assertThat(picture[400 + i] == 11).isEqualTo(isGone);
                gone += isGone ? 1 : 0;
            }
            covered.add(gone - 76);
        }

        assertThat(covered).hasSizeGreaterThan(20).allMatch(pixels -> pixels <= 110);
    }

    @Test
    void noiseHasItsDeviation() {
        DataShape shape = new DataShape(1, 100, 100, List.of("a", "b"));
        byte[] grey = new byte[10_000];
        Arrays.fill(grey, (byte) 128);
        new Augmenter(new Augmentation(0, 0, 0, 0, Flip.NONE, STIFF, 0, 0, 0, 0.05, 1), shape, 7, 1).vary(0, grey);

        double squares = 0;
        for (byte level : grey) {
            squares += Math.pow((level & 0xff) - 128, 2);
        }
        assertThat(Math.sqrt(squares / grey.length)).isCloseTo(0.05 * 255, within(0.3));
    }

    /** Simard's 34 and 4. */
    @Test
    void elasticDisplacementsAreSmoothAndOfTheSizeThatIsTold() {
        float[][] plane = ElasticField.plane(new Elastic(34, 4), 300, 200, RandomStream.AUGMENTATION.of(1, 1, 1));
        double squares = 0;
        double neighbours = 0;
        for (float[] row : plane) {
            for (int i = 0; i < row.length - 1; i++) {
                squares += row[i] * row[i];
                neighbours += row[i] * row[i + 1];
            }
        }

        assertThat(Math.sqrt(squares / (300 * 199))).isCloseTo(1.37, within(0.12));
        assertThat(neighbours / squares)
                .as("correlation, exp(-1 / (4 sigma^2))")
                .isCloseTo(0.984, within(0.01));
    }

    @Test
    void elasticDisplacementsAreNoiseUnderAGaussian() {
        int height = 4;
        int width = 9;
        int margin = 5;
        float[][] plane = ElasticField.plane(new Elastic(10, 1.5), height, width, RandomStream.AUGMENTATION.of(1));

        RandomStream.Generator random = RandomStream.AUGMENTATION.of(1);
        double[][] noise = new double[height + 2 * margin][width + 2 * margin];
        for (double[] row : noise) {
            Arrays.setAll(row, i -> 10 * random.signed());
        }
        double all = IntStream.rangeClosed(-margin, margin)
                .mapToDouble(AugmenterTest::gaussian)
                .sum();
        for (int place = 0; place < height * width; place++) {
            double expected = 0;
            for (int i = 0; i < noise.length * noise[0].length; i++) {
                int row = i / noise[0].length;
                int column = i % noise[0].length;
                expected += noise[row][column]
                        * (gaussian(place / width + margin - row) / all)
                        * (gaussian(place % width + margin - column) / all);
            }
            assertThat((double) plane[place / width][place % width]).isCloseTo(expected, within(1e-4));
        }
    }

    /** So that no two pictures of an epoch are likely to be bent alike. */
    @Test
    void elasticPiecesBeginAnywhereOnThePlane() {
        DataShape shape = new DataShape(1, 2, 3, List.of("a", "b"));
        ElasticField field = ElasticField.draw(new Elastic(10, 1), shape, RandomStream.AUGMENTATION.of(1));
        RandomStream.Generator random = RandomStream.AUGMENTATION.of(2);
        Warp still = Warp.affine(shape, false, 1, 0, 0, 0, 0);
        Set<Integer> firsts = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            Warp bent = field.bend(still, random);
            assertThat(bent.right().first() / 258).isBetween(0, 255);
            assertThat(bent.right().first() % 258).isBetween(0, 255);
            assertThat(bent.down().first()).isNotEqualTo(bent.right().first());
            firsts.add(bent.right().first());
        }

        assertThat(field.right()).hasSize(257 * 258).isNotEqualTo(field.down());
        assertThat(field.down()).hasSize(257 * 258);
        assertThat(firsts).hasSizeGreaterThan(980);
    }

    /** Of deviation 1.5, cut off behind 5. */
    private static double gaussian(int distance) {
        return Math.abs(distance) > 5 ? 0 : Math.exp(-distance * distance / (2 * 1.5 * 1.5));
    }

    @Test
    void elasticKeepsTheInk() {
        byte[] digit = new byte[28 * 28];
        for (int row = 8; row < 20; row++) {
            Arrays.fill(digit, row * 28 + 8, row * 28 + 20, (byte) 200);
        }
        double before = 144 * 200;
        double sum = 0;
        DataShape shape = new DataShape(1, 28, 28, List.of("a", "b"));
        for (int example = 0; example < 400; example++) {
            byte[] varied = digit.clone();
            new Augmenter(new Augmentation(0, 0, 0, 0, Flip.NONE, new Elastic(8, 4), 0, 0, 0, 0, 1), shape, 7, 1)
                    .vary(example, varied);
            assertThat(varied).isNotEqualTo(digit);
            for (byte level : varied) {
                sum += level & 0xff;
            }
        }

        assertThat(sum / 400).isCloseTo(before, within(0.01 * before));
    }

    private static Augmentation amounts(double rotation, double shift, double scale) {
        return new Augmentation(rotation, shift, scale, 0, Flip.NONE, STIFF, 0, 0, 0, 0, 1);
    }

    private static byte[] varied(Augmentation by, int example) {
        byte[] picture = new byte[COLOUR.features()];
        Arrays.fill(picture, (byte) 100);
        picture[50] = 110;
        new Augmenter(by, COLOUR, 7, 1).vary(example, picture);
        return picture;
    }

    /** All kinds of variation, of this share of the pictures. */
    private static Augmentation withShare(double share) {
        return new Augmentation(12, 2, 0.12, 8, Flip.HORIZONTAL, new Elastic(30, 4), 0.1, 0.1, 0.1, 0.05, share);
    }

    private static Pictures pictures(DataShape shape) {
        byte[] all = new byte[40 * shape.features()];
        RandomStream.Generator random = RandomStream.DRAWING.of(1);
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) random.below(256);
        }
        return new Pictures(
                shape,
                40,
                Pictures.Levels.inOneArray(all, shape.features()),
                i -> i % 2,
                Integer::toString,
                Scaling.UNIT,
                "noise");
    }
}
