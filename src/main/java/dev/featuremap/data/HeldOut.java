package dev.featuremap.data;

import dev.featuremap.experiment.TrainingSpec.Fold;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which examples are held out, class by class, by what each draws: a hash of the seed, its class and its own identity. Where
 * labels are values, all are of one class.
 */
final class HeldOut {
    private final RandomStream purpose;
    private final long seed;
    private final Rule rule;

    private HeldOut(RandomStream purpose, long seed, Rule rule) {
        this.purpose = purpose;
        this.seed = seed;
        this.rule = rule;
    }

    /** Marks what is held out. */
    private interface Rule {
        void mark(Draws draws, BitSet heldOut);
    }

    /**
     * Those that draw less than a share, so that an example stays on its side whatever others come or go.
     *
     * <p>One exception: a class all of whose two or more examples would be on one side has the nearest of them on the other, and
     * a class's only example is never held out.
     *
     * @param purpose what they are held out for: two purposes draw independently
     */
    static HeldOut share(RandomStream purpose, long seed, double share) {
        return new HeldOut(purpose, seed, (draws, heldOut) -> {
            Map<Integer, Extremes> classes = new HashMap<>();
            for (int example = 0; example < draws.count(); example++) {
                double draw = draws.of(example);
                heldOut.set(example, draw < share);
                classes.computeIfAbsent(draws.classOf(example), first -> new Extremes())
                        .see(example, draw);
            }
            for (Extremes extremes : classes.values()) {
                heldOut.set(extremes.least);
                heldOut.clear(extremes.most);
            }
        });
    }

    /** The examples of a class that have drawn least and most. */
    private static final class Extremes {
        private int least = -1;
        private int most = -1;
        private double leastDraw = Double.POSITIVE_INFINITY;
        private double mostDraw = Double.NEGATIVE_INFINITY;

        void see(int example, double draw) {
            if (draw < leastDraw) {
                least = example;
                leastDraw = draw;
            }
            if (draw >= mostDraw) {
                most = example;
                mostDraw = draw;
            }
        }
    }

    /**
     * A fold of stratified K-fold cross-validation: examples are dealt out in the order of what they draw, one class after the
     * other as they first occur, so that folds differ by one example at most, altogether and of each class.
     */
    static HeldOut fold(long seed, Fold fold) {
        return new HeldOut(RandomStream.FOLD, seed, (draws, heldOut) -> {
            int dealt = 0;
            for (int kind : draws.classes()) {
                int[] members = IntStream.range(0, draws.count())
                        .filter(example -> draws.classOf(example) == kind)
                        .toArray();
                double[] sorted =
                        IntStream.of(members).mapToDouble(draws::of).sorted().toArray();
                Map<Double, Integer> ties = new HashMap<>();
                for (int member : members) {
                    double draw = draws.of(member);
                    int rank = Arrays.binarySearch(sorted, draw);
                    while (rank > 0 && sorted[rank - 1] == draw) {
                        rank--;
                    }
                    if (rank + 1 < sorted.length && sorted[rank + 1] == draw) {
                        rank += ties.merge(draw, 1, Integer::sum) - 1;
                    }
                    heldOut.set(member, (dealt + rank) % fold.of() == fold.fold() - 1);
                }
                dealt += members.length;
            }
        });
    }

    /** Those of the pictures that are held out. */
    BitSet among(Pictures pictures) {
        BitSet heldOut = new BitSet(pictures.count());
        rule.mark(new Draws(pictures), heldOut);
        return heldOut;
    }

    /** What each picture draws, evenly in [0, 1): worked out when it is asked for, so that any number of pictures takes no memory. */
    private final class Draws {
        private final Pictures pictures;
        /** For each class the number that stands for its name. */
        private final long[] names;

        Draws(Pictures pictures) {
            this.pictures = pictures;
            List<String> classNames = pictures.shape().classNames();
            this.names = (classNames.isEmpty() ? List.of("") : classNames)
                    .stream().mapToLong(RandomStream::number).toArray();
        }

        int count() {
            return pictures.count();
        }

        /** Where labels are values, all are of one class. */
        int classOf(int example) {
            return pictures.shape().classNames().isEmpty()
                    ? 0
                    : pictures.label().applyAsInt(example);
        }

        /** In the order in which they first occur. */
        int[] classes() {
            return IntStream.range(0, count()).map(this::classOf).distinct().toArray();
        }

        double of(int example) {
            return purpose.of(seed, names[classOf(example)], RandomStream.number(pictures.identity(example)))
                    .share();
        }
    }
}
