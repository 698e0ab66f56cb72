package dev.featuremap.data;

import dev.featuremap.experiment.Augmentation;
import dev.featuremap.experiment.Augmentation.Flip;
import dev.featuremap.experiment.DataShape;
import java.util.Arrays;

/**
 * The training pictures of one epoch, varied: first warped, then partly covered, then changed in tone.
 *
 * <p>What is done to a picture is a function of (seed, epoch, its index among the training pictures) alone. Every amount is drawn,
 * used or not, so that one more kind of variation leaves the others as they were.
 */
record Augmenter(Augmentation by, DataShape shape, long seed, int epoch) {
    /** A covered rectangle is up to this many times as high as it is wide, or as wide as it is high. */
    private static final double LONGEST = 3;

    /** Varies the levels {@code [channels, height, width]} of one picture in their place. */
    void vary(int example, byte[] levels) {
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
        if (by.elastic().alpha() > 0) {
            warp = warp.displaced(
                    ElasticField.draw(by.elastic(), shape.height(), shape.width(), random),
                    ElasticField.draw(by.elastic(), shape.height(), shape.width(), random));
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
        for (int i = 0; i < levels.length; i++) {
            double noise = by.noise() > 0 ? 255 * by.noise() * Gaussians.one(random) : 0;
            double level = mean + steeper * ((levels[i] & 0xff) - mean) + lighter + noise;
            levels[i] = (byte) (Math.max(0, Math.min(255, level)) + 0.5);
        }
    }

    /** Drawn once, to choose from: a logarithm and a cosine for each pixel would take as long as the training of a small network. */
    private static final class Gaussians {
        private static final float[] DRAWN = new float[1 << 16];

        static {
            RandomStream.Generator random = RandomStream.AUGMENTATION.of(0);
            for (int i = 0; i < DRAWN.length; i++) {
                DRAWN[i] = (float) random.gaussian();
            }
        }

        static float one(RandomStream.Generator random) {
            return DRAWN[random.below(DRAWN.length)];
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
