package dev.featuremap.compare;

import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.ComparisonDirectory;
import dev.featuremap.run.ComparisonResult.Member;
import dev.featuremap.run.ComparisonResult.TestSet;
import dev.featuremap.run.Predictions;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunOutcome;
import dev.featuremap.statistics.CrossedBootstrap;
import dev.featuremap.statistics.Interval;
import dev.featuremap.statistics.McNemar;
import dev.featuremap.statistics.VarianceShares;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** What the runs of a comparison answered to every test example, each answer as one figure. */
final class TestAnswers {
    private final ComparisonDirectory directory;
    private final Map<Path, Optional<double[]>> read = new HashMap<>();

    /** Of a comparison's folder; runs that have left no answers there have none. */
    TestAnswers(ComparisonDirectory directory) {
        this.directory = directory;
    }

    /**
     * A pair's differences with the test examples' own luck.
     *
     * @param ranking what the members are ranked by: examples are scored by it, for R² by the squared error
     * @return null where the runs have not all left answers to the same examples; where each seed draws its own, the differences
     *     between seeds have the examples' luck in them already
     */
    TestSet testSet(PairedDifference pair, Metric ranking) {
        Metric figure = ranking == Metric.R2 ? Metric.MSE : ranking;
        List<double[]> bySeed = new ArrayList<>();
        Set<String> testData = new HashSet<>();
        for (int run = 0; run < pair.values().length; run++) {
            if (!Double.isNaN(pair.values()[run])) {
                Optional<double[]> one = figures(pair.member(), run, figure);
                Optional<double[]> other = figures(pair.against(), run, figure);
                if (one.isEmpty() || other.isEmpty() || one.get().length != other.get().length) {
                    return null;
                }
                testData.add(pair.member().runs().get(run).testData());
                bySeed.add(difference(one.get(), other.get()));
            }
        }
        boolean sameExamples = testData.size() == 1
                && !testData.contains(null)
                && bySeed.stream().mapToInt(values -> values.length).distinct().count() == 1;
        return sameExamples ? testSet(bySeed.toArray(double[][]::new), figure) : null;
    }

    private static TestSet testSet(double[][] differences, Metric figure) {
        Optional<VarianceShares> shares = VarianceShares.of(differences);
        Interval interval = new CrossedBootstrap(differences).interval();
        boolean onePair = differences.length == 1 && figure == Metric.ACCURACY;
        return new TestSet(
                figure.word(),
                differences[0].length,
                interval.low() < interval.high() ? Analysis.ends(interval) : null,
                shares.map(VarianceShares::seed).orElse(null),
                shares.map(VarianceShares::example).orElse(null),
                shares.map(VarianceShares::both).orElse(null),
                onePair ? (Double) mcNemar(differences[0]).p() : null);
    }

    private static McNemar mcNemar(double[] differences) {
        int onlyOne = 0;
        int onlyOther = 0;
        for (double difference : differences) {
            onlyOne += difference > 0 ? 1 : 0;
            onlyOther += difference < 0 ? 1 : 0;
        }
        return new McNemar(onlyOne, onlyOther);
    }

    private static double[] difference(double[] one, double[] other) {
        double[] difference = new double[one.length];
        for (int i = 0; i < one.length; i++) {
            difference[i] = one[i] - other[i];
        }
        return difference;
    }

    private Optional<double[]> figures(Member member, int run, Metric figure) {
        RunOutcome outcome = member.runs().get(run);
        if (outcome.fold() != null) {
            return Optional.empty();
        }
        return read.computeIfAbsent(
                directory.run(member.name(), outcome.seed(), null),
                place -> directory
                        .ended(member.name(), outcome)
                        .flatMap(RunDirectory::predictions)
                        .map(predictions -> IntStream.range(0, predictions.size())
                                .mapToDouble(example -> figure(predictions, example, figure))
                                .toArray()));
    }

    /** Whether a class is right, or the mean error over an example's outputs. */
    private static double figure(Predictions predictions, int example, Metric figure) {
        if (figure == Metric.ACCURACY) {
            return predictions.isRight(example) ? 1 : 0;
        }
        float[] outputs = predictions.outputs()[example];
        double sum = 0;
        for (int i = 0; i < outputs.length; i++) {
            double label = predictions.isOfClasses()
                    ? (predictions.labelledClass(example) == i ? 1 : 0)
                    : predictions.labels()[example];
            double error = label - outputs[i];
            sum += figure == Metric.MSE ? error * error : Math.abs(error);
        }
        return sum / outputs.length;
    }
}
