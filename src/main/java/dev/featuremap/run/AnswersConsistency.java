package dev.featuremap.run;

import dev.featuremap.experiment.Activation;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.NetworkSpec;
import dev.featuremap.run.Mistakes.Mistake;
import java.util.List;
import java.util.stream.IntStream;

/** Whether {@code predictions.csv} and {@code mistakes.json} can be what the model of a run answered that has these scores. */
final class AnswersConsistency {
    private static final String RESULT = RunDirectory.RESULT;
    private static final String PREDICTIONS = RunDirectory.PREDICTIONS;
    private static final String MISTAKES = RunDirectory.MISTAKES;
    /** Of the sum of a softmax's float32 outputs. */
    private static final double SUM_ROUNDING = 1e-5;

    private final Agreement agreement;
    private final RunResult result;
    private final Scores scores;
    private final Experiment experiment;
    private final Predictions predictions;
    private final Mistakes mistakes;

    AnswersConsistency(Agreement agreement, RunResult result, Experiment experiment, RunDirectory run) {
        this.agreement = agreement;
        this.result = result;
        this.scores = result.scores();
        this.experiment = experiment;
        this.predictions = run.predictions().orElse(null);
        this.mistakes = run.mistakes().orElse(null);
    }

    void require() {
        if (predictions != null) {
            List<String> classes = result.data().classNames();
            agreement.same("classes", PREDICTIONS, predictions.classNames(), RESULT, classes);
            agreement.same("examples", PREDICTIONS, (long) predictions.size(), RESULT, scores.examples());
            agreement.same("classes", PREDICTIONS, predictions.classNames(), RESULT, scores.classNames());
            if (predictions.isOfClasses()) {
                requireCounts();
            }
            if (isSoftmax()) {
                requireSums();
            }
            requireErrors();
        }
        if (mistakes != null) {
            requireMistakes();
        }
    }

    private void requireCounts() {
        int size = predictions.classNames().size();
        int[][] counts = new int[size][size];
        // Outputs that are equal once rounded were not before: their answer may have been the other.
        int unsure = 0;
        for (int i = 0; i < predictions.size(); i++) {
            float[] outputs = predictions.outputs()[i];
            int answer = predictions.predictedClass(i);
            counts[predictions.labelledClass(i)][answer]++;
            unsure += IntStream.range(0, size)
                            .anyMatch(k -> k != answer && outputs[answer] - outputs[k] < 2 * Predictions.ROUNDING)
                    ? 1
                    : 0;
        }
        for (int row = 0; row < size; row++) {
            List<Integer> told = scores.confusion().get(row);
            String name = predictions.classNames().get(row);
            agreement.same(
                    "examples of class " + name,
                    PREDICTIONS,
                    IntStream.of(counts[row]).sum(),
                    RESULT,
                    told.stream().mapToInt(count -> count).sum());
            for (int column = 0; column < size; column++) {
                agreement.near(
                        "examples of class " + name + " taken for "
                                + predictions.classNames().get(column),
                        PREDICTIONS,
                        counts[row][column],
                        RESULT,
                        told.get(column),
                        unsure);
            }
        }
    }

    private boolean isSoftmax() {
        return experiment.network() instanceof NetworkSpec.Layers layers
                && layers.output().activation() == Activation.SOFTMAX;
    }

    private void requireSums() {
        for (int i = 0; i < predictions.size(); i++) {
            double sum = 0;
            for (float output : predictions.outputs()[i]) {
                agreement.holds(
                        output >= 0, "outputs of a softmax: example " + i, PREDICTIONS, output, RESULT, "0 or more");
                sum += output;
            }
            double rounding = predictions.outputs()[i].length * Predictions.ROUNDING + SUM_ROUNDING;
            agreement.near("sum of a softmax's outputs: example " + i, PREDICTIONS, sum, RESULT, 1, rounding);
        }
    }

    /** Mean squared error and R², worked out of the rounded outputs. */
    private void requireErrors() {
        double squares = 0;
        double mean = 0;
        double labelSquares = 0;
        int outputs = result.data().outputs();
        for (int i = 0; i < predictions.size(); i++) {
            double label = predictions.labels()[i];
            for (int k = 0; k < outputs; k++) {
                double expected = !predictions.isOfClasses() ? label : k == (int) label ? 1 : 0;
                double distance = expected - predictions.outputs()[i][k];
                squares += distance * distance;
            }
            double fromMean = label - mean;
            mean += fromMean / (i + 1);
            labelSquares += fromMean * (label - mean);
        }
        double count = (double) predictions.size() * outputs;
        double mse = squares / count;
        double rounding = 2 * Predictions.ROUNDING * Math.sqrt(mse) + 1e-6 * mse + 1e-12;
        agreement.near("mse", PREDICTIONS, mse, RESULT, scores.mse(), rounding);
        if (scores.r2() != null && labelSquares > 0) {
            double scale = count / labelSquares;
            agreement.near("r2", PREDICTIONS, 1 - squares / labelSquares, RESULT, scores.r2(), rounding * scale + 1e-9);
        }
    }

    private void requireMistakes() {
        agreement.same("examples", MISTAKES, (long) mistakes.examples(), RESULT, scores.examples());
        agreement.same("wrong classes", MISTAKES, mistakes.wrong() != null, RESULT, scores.confusion() != null);
        if (scores.confusion() != null) {
            long wrong = scores.examples() - new Scores.Counts(scores.confusion()).right();
            agreement.same("wrong answers", MISTAKES, (long) mistakes.wrong(), RESULT, wrong);
        }
        long least = Math.min(Mistakes.MOST, mistakes.wrong() == null ? mistakes.examples() : mistakes.wrong());
        agreement.same("mistakes shown", MISTAKES, (long) mistakes.worst().size(), RESULT, least);
        if (predictions != null) {
            mistakes.worst().forEach(this::requireAnswer);
        }
    }

    private void requireAnswer(Mistake mistake) {
        int i = mistake.index();
        String of = " of example " + i;
        float[] outputs = predictions.outputs()[i];
        String picture = predictions.pictures().isEmpty()
                ? Integer.toString(i)
                : predictions.pictures().get(i);
        agreement.same("the name" + of, MISTAKES, mistake.picture(), PREDICTIONS, picture);
        if (!predictions.isOfClasses()) {
            agreement.near(
                    "the label" + of,
                    MISTAKES,
                    number(mistake.label()),
                    PREDICTIONS,
                    predictions.labels()[i],
                    1e-6 * Math.abs(predictions.labels()[i]));
            agreement.near(
                    "the answer" + of,
                    MISTAKES,
                    number(mistake.predicted()),
                    PREDICTIONS,
                    outputs[0],
                    0.006 + 1e-6 * Math.abs(outputs[0]));
            return;
        }
        List<String> classes = predictions.classNames();
        int label = predictions.labelledClass(i);
        int predicted = classes.indexOf(mistake.predicted());
        agreement.same("the label" + of, MISTAKES, mistake.label(), PREDICTIONS, classes.get(label));
        agreement.holds(
                predicted >= 0 && predicted != label,
                "the answer" + of,
                MISTAKES,
                mistake.predicted(),
                PREDICTIONS,
                classes.get(predictions.predictedClass(i)));
        agreement.near(
                "the output" + of,
                MISTAKES,
                mistake.predictedOutput(),
                PREDICTIONS,
                outputs[predicted],
                rounding(outputs[predicted]));
        agreement.near(
                "the label's output" + of,
                MISTAKES,
                mistake.labelOutput(),
                PREDICTIONS,
                outputs[label],
                rounding(outputs[label]));
        agreement.near(
                "the largest output" + of,
                MISTAKES,
                mistake.predictedOutput(),
                PREDICTIONS,
                outputs[predictions.predictedClass(i)],
                2 * rounding(outputs[predicted]));
    }

    private static double rounding(double output) {
        return Predictions.ROUNDING * Math.max(1, Math.abs(output));
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
