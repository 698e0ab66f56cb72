package dev.featuremap.report;

import dev.featuremap.run.Predictions;
import dev.featuremap.statistics.Holm;
import dev.featuremap.statistics.Interval;
import dev.featuremap.statistics.McNemar;
import dev.featuremap.statistics.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What two runs answered to the same test examples. It is of these two trained networks: one run each says nothing of other
 * seeds.
 *
 * @param first what the one run is called, and {@code second} the other
 * @param rights of classes, how many examples each is right on; null for values
 * @param errors of values, the difference of squared errors; null for classes
 * @param p two-sided, by itself: McNemar's exact test for classes, the paired t-test for values
 * @param corrected p after Holm's correction over all pairs of a report
 */
public record PairedAnswers(
        String first, String second, int examples, Rights rights, Errors errors, double p, double corrected) {
    private static final double LEVEL = 0.05;

    /** Test examples that both are right on, only one, and neither. */
    public record Rights(int both, int onlyFirst, int onlySecond, int neither) {}

    /**
     * The first's squared error minus the second's, example by example.
     *
     * @param interval of the mean, 95 %; null where all differences are the same
     */
    public record Errors(double mean, Interval interval) {}

    /** Of answers to the very same examples. */
    public static PairedAnswers of(String first, Predictions one, String second, Predictions other) {
        int examples = one.size();
        if (one.isOfClasses()) {
            int[] counts = new int[4];
            for (int i = 0; i < examples; i++) {
                counts[(one.isRight(i) ? 0 : 2) + (other.isRight(i) ? 0 : 1)]++;
            }
            Rights rights = new Rights(counts[0], counts[1], counts[2], counts[3]);
            double p = new McNemar(rights.onlyFirst, rights.onlySecond).p();
            return new PairedAnswers(first, second, examples, rights, null, p, p);
        }
        Sample differences = Sample.of(IntStream.range(0, examples)
                .mapToDouble(i -> squaredError(one, i) - squaredError(other, i))
                .toArray());
        Errors errors = new Errors(differences.mean(), differences.interval().orElse(null));
        double p = differences.pOfZero();
        return new PairedAnswers(first, second, examples, null, errors, p, p);
    }

    /** Of values: how far the answer to an example is from its label, squared. */
    static double squaredError(Predictions values, int example) {
        double error = values.outputs()[example][0] - values.labels()[example];
        return error * error;
    }

    /** The pairs with what remains of each after Holm's correction over all. */
    static List<PairedAnswers> corrected(List<PairedAnswers> pairs) {
        double[] corrected =
                Holm.adjusted(pairs.stream().mapToDouble(PairedAnswers::p).toArray());
        List<PairedAnswers> all = new ArrayList<>();
        for (PairedAnswers pair : pairs) {
            all.add(new PairedAnswers(
                    pair.first, pair.second, pair.examples, pair.rights, pair.errors, pair.p, corrected[all.size()]));
        }
        return all;
    }

    /** The run that is ahead; null where the two can't be told apart. */
    public String ahead() {
        if (corrected > LEVEL) {
            return null;
        }
        boolean isFirst = rights == null ? errors.mean < 0 : rights.onlyFirst > rights.onlySecond;
        return isFirst ? first : second;
    }

    /** Which run is ahead on these examples, or that they can't be told apart, and by what. */
    public String sentence() {
        String ahead = ahead();
        String verdict = ahead == null
                ? first + " and " + second + " can't be told apart on these examples"
                : ahead + " is ahead of " + (ahead.equals(first) ? second : first) + " on these examples";
        return verdict + ": " + (rights == null ? ofValues() : ofClasses()) + ".";
    }

    private String ofClasses() {
        if (rights.onlyFirst + rights.onlySecond == 0) {
            return String.format(
                    Locale.ROOT, "both are right on the same %,d of %,d test examples", rights.both, examples);
        }
        return String.format(
                Locale.ROOT,
                "of %,d test examples %s alone is right on %,d, %s alone on %,d (McNemar's exact test: %s)",
                examples,
                first,
                rights.onlyFirst,
                second,
                rights.onlySecond,
                chance(p));
    }

    private String ofValues() {
        if (errors.interval == null) {
            return String.format(
                    Locale.ROOT,
                    "their squared errors differ by %.4f on each of %,d test examples",
                    errors.mean,
                    examples);
        }
        return String.format(
                Locale.ROOT,
                "over %,d test examples the squared error of %s minus that of %s is %.4f on average, 95 %% interval %.4f to %.4f"
                        + " (paired t-test: %s)",
                examples,
                first,
                second,
                errors.mean,
                errors.interval.low(),
                errors.interval.high(),
                chance(p));
    }

    /** A p-value as text, such as {@code p = 0.0123}. */
    static String chance(double p) {
        return p < 0.0001 ? "p < 0.0001" : String.format(Locale.ROOT, "p = %.4f", p);
    }
}
