package dev.featuremap.data;

import dev.featuremap.experiment.Augmentation;
import dev.featuremap.experiment.Augmentation.Flip;
import dev.featuremap.experiment.DataShape;
import java.util.Arrays;
import java.util.Optional;

/**
 * The training pictures of one epoch, varied: first warped, then partly covered, then changed in tone.
 *
 * <p>What is done to a picture is a function of (seed, epoch, its index among the training pictures) alone. Every amount is drawn,
 * used or not, so that one more kind of variation leaves the others as they were.
 */
final class Augmenter {
    /** A covered rectangle is up to this many times as high as it is wide, or as wide as it is high. */
    private static final double LONGEST = 3;
    /** Tones are reckoned in parts of 2<sup>-16</sup> of a level. */
    private static final int BITS = 16;

    private final Augmentation by;
    private final DataShape shape;
    private final long seed;
    private final int epoch;
    private final Optional<ElasticField> elastic;
    /** Of tones, for each row to take from a place of its own on; the first follows the last. */
    private final int[] noise;

    Augmenter(Augmentation by, DataShape shape, long seed, int epoch) {
        this.by = by;
        this.shape = shape;
        this.seed = seed;
        this.epoch = epoch;
        this.elastic = by.elastic().alpha() > 0
                ? Optional.of(ElasticField.draw(by.elastic(), shape, RandomStream.AUGMENTATION.of(seed, epoch)))
                : Optional.empty();
        this.noise = Gaussians.of(255 * by.noise());
    }

    /** Varies the levels {@code [channels, height, width]} of one picture in their place, or leaves it as it is. */
    void vary(int example, byte[] levels) {
        if (by.share() < 1 && RandomStream.VARIED.of(seed, epoch, example).share() >= by.share()) {
            return;
        }
        RandomStream.Generator random = RandomStream.AUGMENTATION.of(seed, epoch, example);
        Warp warp = Warp.affine(
                shape,
                /* mirrored= */ random.share() < 0.5 && by.flip() == Flip.HORIZONTAL,
                /* size= */ 1 + by.scale() * random.signed(),
                /* leaning= */ by.shear() * random.signed(),
                /* degrees= */ by.rotation() * random.signed(),
                /* across= */ by.shift() * random.signed(),
                /* along= */ by.shift() * random.signed());
        Rectangle covered = Rectangle.draw(by.erase(), shape, random);
        double lighter = 255 * by.brightness() * random.signed();
        double steeper = 1 + by.contrast() * random.signed();
        if (elastic.isPresent()) {
            warp = elastic.get().bend(warp, random);
        }
        if (by.warps()) {
            warp.apply(levels, shape);
        }
        covered.cover(levels, shape);
        if (by.changesTone()) {
            changeTone(levels, lighter, steeper, random);
        }
    }

    private void changeTone(byte[] levels, double lighter, double steeper, RandomStream.Generator random) {
        long sum = 0;
        for (byte level : levels) {
            sum += level & 0xff;
        }
        double mean = (double) sum / levels.length;
        int slope = parts(steeper);
        int offset = parts(mean - steeper * mean + lighter + 0.5); // half a level more, since a shift rounds down
        for (int row = 0; row < levels.length; row += shape.width()) {
            int place = random.below(Gaussians.COUNT);
            for (int i = row; i < row + shape.width(); i++, place++) {
                int level = slope * (levels[i] & 0xff) + offset + noise[place & (Gaussians.COUNT - 1)];
                levels[i] = (byte) Math.max(0, Math.min(255, level >> BITS));
            }
        }
    }

    private static int parts(double levels) {
        return (int) Math.round(levels * (1 << BITS));
    }

    /** Drawn once, since a logarithm and a cosine for each pixel would take as long as the training of a small network. */
    private static final class Gaussians {
        static final int COUNT = 1 << 16;
        private static final float[] DRAWN = new float[COUNT];

        static {
            RandomStream.Generator random = RandomStream.AUGMENTATION.of(0);
            for (int i = 0; i < COUNT; i++) {
                DRAWN[i] = (float) random.gaussian();
            }
        }

        /** All of them, in parts of a level. */
        static int[] of(double deviation) {
            int[] noise = new int[COUNT];
            if (deviation > 0) {
                Arrays.setAll(noise, i -> parts(deviation * DRAWN[i]));
            }
            return noise;
        }
    }

    /** What is covered of a picture. Source: Zhong et al., Random erasing data augmentation (2017). */
    private record Rectangle(int top, int left, int height, int width) {
        static Rectangle draw(double largest, DataShape shape, RandomStream.Generator random) {
            double area = largest * random.share();
            double ratio = StrictMath.pow(LONGEST, random.signed());
            int height = side(Math.sqrt(area * ratio), shape.height());
            int width = side(Math.sqrt(area / ratio), shape.width());
            return new Rectangle(
                    random.below(shape.height() - height + 1), random.below(shape.width() - width + 1), height, width);
        }

        private static int side(double share, int whole) {
            return (int) Math.min(whole, Math.round(share * whole));
        }

        void cover(byte[] levels, DataShape shape) {
            if (height == 0 || width == 0) {
                return;
            }
            int plane = shape.height() * shape.width();
            for (int first = 0; first < levels.length; first += plane) {
                byte background = (byte) Warp.background(levels, first, shape);
                for (int row = top; row < top + height; row++) {
                    int start = first + row * shape.width() + left;
                    Arrays.fill(levels, start, start + width, background);
                }
            }
        }
    }
}
