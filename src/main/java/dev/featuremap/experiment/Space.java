package dev.featuremap.experiment;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/**
 * The values one key of an experiment may take in a search; in the file a map of one key in the value's place, such as
 * {@code {log: [1e-4, 1e-2]}}.
 *
 * <p>A value is held as a double: the number itself, or the place of an option, from 0.
 */
public sealed interface Space permits Space.Uniform, Space.Log, Space.Whole, Space.Choice {
    /** The lowest value. */
    double low();

    /** The highest value. */
    double high();

    /** A value that was drawn, made one of this space: rounded to six digits or a whole number, and never outside. */
    default double settle(double drawn) {
        double rounded = new BigDecimal(drawn)
                .round(new MathContext(6, RoundingMode.HALF_EVEN))
                .doubleValue();
        return Math.min(Math.max(rounded, low()), high());
    }

    /** A value as people read it: a number, or an option's text. */
    default Object shown(double value) {
        return value;
    }

    /** {@code {uniform: [low, high]}}: real numbers, each as likely as the others. */
    record Uniform(double low, double high) implements Space {}

    /** {@code {log: [low, high]}}: real numbers above 0, each order of magnitude as likely as the others. */
    record Log(double low, double high) implements Space {}

    /** {@code {int: [low, high]}}: whole numbers, both ends among them. */
    record Whole(double low, double high) implements Space {
        @Override
        public double settle(double drawn) {
            return Math.rint(drawn);
        }

        @Override
        public Object shown(double value) {
            return (int) value;
        }
    }

    /** {@code {choice: [a, b, c]}}: one of several values of any kind. */
    record Choice(List<String> options) implements Space {
        public Choice {
            options = List.copyOf(options);
        }

        @Override
        public double low() {
            return 0;
        }

        @Override
        public double high() {
            return options.size() - 1;
        }

        @Override
        public double settle(double drawn) {
            return Math.rint(drawn);
        }

        @Override
        public Object shown(double value) {
            return options.get((int) value);
        }
    }
}
