package dev.featuremap.network;

import dev.featuremap.Failure;
import dev.featuremap.experiment.LearningRate;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.CycleSchedule;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.InverseSchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

/** DL4J's schedule for each {@link LearningRate}: only DL4J's own classes, so that a saved network runs anywhere. */
final class LearningRates {
    /** Entries of a schedule that DL4J knows by its table alone. */
    private static final int LARGEST_TABLE = 1000;
    /** Entries more for a warm-up, which may be shorter than what lies between two others. */
    private static final int WARMUP_ENTRIES = 100;

    private LearningRates() {}

    /** The updater, stepping at the given rate. */
    static <T extends IUpdater> T set(LearningRate rate, T updater) {
        if (rate instanceof LearningRate.Constant constant) {
            updater.setLrAndSchedule(constant.initial(), null);
        } else {
            updater.setLrAndSchedule(Double.NaN, schedule(rate));
        }
        return updater;
    }

    private static ISchedule schedule(LearningRate rate) {
        if (rate instanceof LearningRate.Step step) {
            return new StepSchedule(type(step.unit()), step.initial(), step.factor(), step.every());
        }
        if (rate instanceof LearningRate.Exponential exponential) {
            return new ExponentialSchedule(type(exponential.unit()), exponential.initial(), exponential.gamma());
        }
        if (rate instanceof LearningRate.Poly poly) {
            return poly(poly);
        }
        if (rate instanceof LearningRate.OneCycle cycle) {
            return oneCycle(cycle);
        }
        if (rate instanceof LearningRate.Cosine cosine) {
            return cosine(cosine);
        }
        throw new IllegalStateException("no schedule of DL4J's for " + rate);
    }

    /**
     * Refuses a schedule that ends before the training does: past its end a poly rate is not defined and DL4J's
     * CycleSchedule starts again.
     */
    static void checkLength(LearningRate rate, long steps, long epochs) {
        rate.length().ifPresent(ends -> {
            long training = ends.unit() == LearningRate.Unit.STEP ? steps : epochs;
            String units = ends.unit() == LearningRate.Unit.STEP ? " steps" : " epochs";
            if (training > ends.units()) {
                long epochsWithin = ends.units() * epochs / training;
                throw Failure.usage(
                        "training.updater.learningRate: the " + ends.schedule() + " schedule ends after " + ends.units()
                                + units + ", but training takes " + training + units,
                        (epochsWithin == 0 ? "Begin" : "Set training.epochs=" + epochsWithin + ", or begin")
                                + " a run with training.updater.learningRate.over=" + training + ".");
            }
        });
    }

    /**
     * {@code initial · (1 − t/over)^power} as DL4J's InverseSchedule {@code initial / (1 + gamma·t)^p} with gamma
     * {@code −1/over} and p {@code −power}, because M2.1's PolySchedule computes {@code (1 + t/over)^power}, which rises.
     *
     * <p>The power is moved by one unit in the last place when it is a whole number: past the end the rate is then not a
     * number, which stops the training, where it would be negative and climb.
     */
    private static ISchedule poly(LearningRate.Poly poly) {
        double power = Math.rint(poly.power()) == poly.power() ? Math.nextUp(poly.power()) : poly.power();
        return new InverseSchedule(type(poly.unit()), poly.initial(), -1.0 / poly.over(), -power);
    }

    /**
     * Up and down again in two equal halves, then from initial down to initial·decay in equal ratios.
     *
     * <p>DL4J's CycleSchedule multiplies by its decay at every unit of the annealing, and jumps to initial/decay when
     * the two halves leave a unit over: so it is given the ratio of one unit, and the unit left over is annealed.
     */
    private static ISchedule oneCycle(LearningRate.OneCycle cycle) {
        int half = Math.max(1, (cycle.over() - cycle.annealing()) / 2);
        int annealing = cycle.over() - 2 * half;
        double ratio = annealing < 2 ? 1 : Math.pow(cycle.decay(), 1.0 / (annealing - 1));
        return new CycleSchedule(type(cycle.unit()), cycle.initial(), cycle.max(), cycle.over(), annealing, ratio);
    }

    /**
     * A MapSchedule, since DL4J has no cosine: a rate for each step or epoch or, as each layer is saved with all of them, at most
     * as many as the largest table has, evenly spread, each of which stays until the next.
     */
    private static ISchedule cosine(LearningRate.Cosine cosine) {
        Map<Integer, Double> rates = new TreeMap<>();
        if (cosine.over() > LARGEST_TABLE) {
            spread(cosine, cosine.warmup(), WARMUP_ENTRIES, rates);
        }
        spread(cosine, cosine.over(), LARGEST_TABLE, rates);
        return new MapSchedule(type(cosine.unit()), rates);
    }

    /** Adds at most so many rates for the steps or epochs from 0 up to {@code end}. */
    private static void spread(LearningRate.Cosine cosine, int end, int most, Map<Integer, Double> rates) {
        int entries = Math.min(end, most);
        for (int i = 0; i < entries; i++) {
            int t = (int) ((long) end * i / entries);
            rates.put(t, cosine.at(t));
        }
    }

    private static ScheduleType type(LearningRate.Unit unit) {
        return unit == LearningRate.Unit.STEP ? ScheduleType.ITERATION : ScheduleType.EPOCH;
    }
}
