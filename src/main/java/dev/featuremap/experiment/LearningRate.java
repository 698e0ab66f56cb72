package dev.featuremap.experiment;

import java.util.Optional;

/** The step width of gradient descent, constant or by a schedule; in the file a number, or a map with {@code schedule}. */
@Choice(key = "schedule", meaning = "how the rate changes while training", bare = LearningRate.Constant.class)
public sealed interface LearningRate
        permits LearningRate.Constant,
                LearningRate.Step,
                LearningRate.Exponential,
                LearningRate.Poly,
                LearningRate.OneCycle,
                LearningRate.Cosine {
    /** What a schedule counts. */
    enum Unit {
        /** Batches trained. */
        STEP,
        EPOCH
    }

    /** The rate at the start. */
    double initial();

    /** After how much training the schedule ends; empty where it never does. */
    Optional<Length> length();

    /** So many steps or epochs of a schedule, by its name in the file. */
    record Length(String schedule, int units, Unit unit) {}

    /** The same rate always. */
    record Constant(
            @Key(value = "the learning rate", range = "(0, 1000]")
            double initial) implements LearningRate {
        public Constant {
            Keys.check(Constant.class, initial);
        }

        @Override
        public Optional<Length> length() {
            return Optional.empty();
        }
    }

    /** {@code initial · factor^floor(t/every)}. */
    record Step(
            @Key(value = "the rate at the start", range = "(0, 1000]")
            double initial,

            @Key(value = "what the rate is multiplied by", range = "(0, 1]")
            double factor,

            @Key(value = "how many steps or epochs lie between two multiplications", range = "[1, 100000000]")
            int every,

            @Key(value = "whether steps or epochs are counted", byDefault = "step")
            Unit unit)
            implements LearningRate {
        public Step {
            Keys.check(Step.class, initial, factor, every, unit);
        }

        @Override
        public Optional<Length> length() {
            return Optional.empty();
        }
    }

    /** {@code initial · gamma^t}. */
    record Exponential(
            @Key(value = "the rate at the start", range = "(0, 1000]")
            double initial,

            @Key(value = "what the rate is multiplied by after each step or epoch", range = "(0, 1]")
            double gamma,

            @Key(value = "whether steps or epochs are counted", byDefault = "step")
            Unit unit)
            implements LearningRate {
        public Exponential {
            Keys.check(Exponential.class, initial, gamma, unit);
        }

        @Override
        public Optional<Length> length() {
            return Optional.empty();
        }
    }

    /** {@code initial · (1 − t/over)^power}. */
    record Poly(
            @Key(value = "the rate at the start", range = "(0, 1000]")
            double initial,

            @Key(value = "the power", byDefault = "1", range = "(0, 100]")
            double power,

            @Key(value = "steps or epochs until the rate is 0", range = "[1, 100000000]")
            int over,

            @Key(value = "whether steps or epochs are counted", byDefault = "step")
            Unit unit)
            implements LearningRate {
        public Poly {
            Keys.check(Poly.class, initial, power, over, unit);
        }

        @Override
        public Optional<Length> length() {
            return Optional.of(new Length("poly", over, unit));
        }
    }

    /** One cycle up and down again, then far down (Smith 2018; DL4J's CycleSchedule). */
    record OneCycle(
            @Key(value = "the rate at the start", range = "(0, 1000]")
            double initial,

            @Key(value = "the highest rate", range = "(0, 1000]")
            double max,

            @Key(value = "steps or epochs of the whole cycle", range = "[10, 100000000]")
            int over,

            @Key(
                    value = "steps or epochs at the end in which the rate goes down to initial times decay",
                    byDefault = "0",
                    range = "[0, 100000000]")
            int annealing,

            @Key(value = "the last rate as a share of initial", byDefault = "0.1", range = "(0, 1]")
            double decay,

            @Key(value = "whether steps or epochs are counted", byDefault = "step")
            Unit unit)
            implements LearningRate {
        public OneCycle {
            Keys.check(OneCycle.class, initial, max, over, annealing, decay, unit);
            if (max < initial) {
                throw new InvalidKey("max", max, "at least initial, " + initial);
            }
            if (annealing >= over) {
                throw new InvalidKey("annealing", annealing, "less than over, " + over);
            }
        }

        @Override
        public Optional<Length> length() {
            return Optional.of(new Length("oneCycle", over, unit));
        }
    }

    /** Up in a straight line, then down by half a cosine (Loshchilov and Hutter 2017, without restarts). */
    record Cosine(
            @Key(value = "the highest rate, which warm-up ends at", range = "(0, 1000]")
            double max,

            @Key(
                    value = "steps or epochs at the start in which the rate goes up to max in a straight line",
                    byDefault = "0",
                    range = "[0, 100000000]")
            int warmup,

            @Key(value = "steps or epochs of the whole schedule, warm-up included", range = "[1, 100000000]")
            int over,

            @Key(value = "the rate that it comes down to", byDefault = "0", range = "[0, 1000]")
            double min,

            @Key(value = "whether steps or epochs are counted", byDefault = "step")
            Unit unit)
            implements LearningRate {
        public Cosine {
            Keys.check(Cosine.class, max, warmup, over, min, unit);
            if (warmup >= over) {
                throw new InvalidKey("warmup", warmup, "less than over, " + over);
            }
            if (min > max) {
                throw new InvalidKey("min", min, "at most max, " + max);
            }
        }

        @Override
        public double initial() {
            return at(0);
        }

        /** {@code max · (t+1)/warmup}, then {@code min + (max − min) · (1 + cos(π · (t−warmup)/(over−warmup)))/2}. */
        public double at(int t) {
            if (t < warmup) {
                return max * (t + 1) / warmup;
            }
            double done = Math.min(1, (double) (t - warmup) / (over - warmup));
            return min + (max - min) * (1 + Math.cos(Math.PI * done)) / 2;
        }

        @Override
        public Optional<Length> length() {
            return Optional.of(new Length("cosine", over, unit));
        }
    }
}
