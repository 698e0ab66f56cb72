package dev.featuremap.tune.arbiter;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Space;
import java.util.Collection;

/** The size of a grid, counted as Arbiter does. */
final class Grid {
    private static final long MOST_POINTS = 1_000_000;

    private Grid() {}

    static void check(Collection<Space> spaces, int pointsPerNumber) {
        long points = 1;
        for (Space space : spaces) {
            long values = space instanceof Space.Choice || space instanceof Space.Whole
                    ? (long) (space.high() - space.low()) + 1
                    : pointsPerNumber;
            points *= space instanceof Space.Choice ? values : Math.min(values, pointsPerNumber);
            if (points > MOST_POINTS) {
                throw Failure.usage(
                        "generator: found grid, of more than " + MOST_POINTS + " points",
                        "take fewer spaces or gridPoints, or generator random");
            }
        }
    }
}
