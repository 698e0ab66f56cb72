package dev.featuremap.data;

import static java.util.Comparator.comparingDouble;

import dev.featuremap.experiment.TrainingSpec.Fold;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    /** Marks what is held out of the examples, given class by class, which have drawn these numbers in [0, 1). */
    private interface Rule {
        void mark(Collection<List<Integer>> classes, double[] draws, boolean[] heldOut);
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
        return new HeldOut(
                purpose,
                seed,
                (classes, draws, heldOut) -> classes.forEach(members -> {
                    int least = members.get(0);
                    int most = members.get(0);
                    for (int member : members) {
                        heldOut[member] = draws[member] < share;
                        least = draws[member] < draws[least] ? member : least;
                        most = draws[member] >= draws[most] ? member : most;
                    }
                    heldOut[least] = true;
                    heldOut[most] = false;
                }));
    }

    /**
     * A fold of stratified K-fold cross-validation: examples are dealt out in the order of what they draw, one class after the
     * other, so that folds differ by one example at most, altogether and of each class.
     */
    static HeldOut fold(long seed, Fold fold) {
        return new HeldOut(RandomStream.FOLD, seed, (classes, draws, heldOut) -> {
            int dealt = 0;
            for (List<Integer> members : classes) {
                members.sort(comparingDouble(member -> draws[member]));
                for (int member : members) {
                    heldOut[member] = dealt++ % fold.of() == fold.fold() - 1;
                }
            }
        });
    }

    /** For each picture whether it is held out. */
    boolean[] among(Pictures pictures) {
        double[] draws = new double[pictures.count()];
        Map<String, List<Integer>> classes = new LinkedHashMap<>();
        for (int i = 0; i < draws.length; i++) {
            String name = pictures.className(i);
            draws[i] = purpose.of(seed, RandomStream.number(name), RandomStream.number(pictures.identity(i)))
                    .share();
            classes.computeIfAbsent(name, first -> new ArrayList<>()).add(i);
        }
        boolean[] heldOut = new boolean[draws.length];
        rule.mark(classes.values(), draws, heldOut);
        return heldOut;
    }
}
