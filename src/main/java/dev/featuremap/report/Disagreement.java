package dev.featuremap.report;

import static java.util.Comparator.comparingDouble;

import dev.featuremap.experiment.Split;
import dev.featuremap.run.Mistakes;
import dev.featuremap.run.Mistakes.Mistake;
import dev.featuremap.run.Predictions;
import dev.featuremap.run.RunDirectory;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * A test example that one of two runs is right on and the other wrong, or of values one is nearer to than the other.
 *
 * @param shown the example with its picture
 * @param answers of both, as people read them
 * @param right which of both are right; of values, which one is nearer
 * @param sources how to look into each run's answer
 */
record Disagreement(Mistake shown, List<String> answers, List<Boolean> right, List<MistakeSource> sources) {
    /**
     * The largest first, at most {@link Mistakes#MOST}: where the wrong answer was surest, or of values where the squared errors
     * differ most.
     *
     * @param pictures gives those of the examples of a run that it has a picture of
     */
    static List<Disagreement> of(
            Answers one, Answers other, BiFunction<RunDirectory, List<Integer>, List<Mistake>> pictures) {
        List<Integer> largest = IntStream.range(0, one.predictions().size())
                .boxed()
                .filter(example -> size(one.predictions(), other.predictions(), example) > 0)
                .sorted(comparingDouble(example -> -size(one.predictions(), other.predictions(), example)))
                .limit(Mistakes.MOST)
                .toList();
        return pictures.apply(one.run(), largest).stream()
                .map(shown -> of(shown, one, other))
                .toList();
    }

    private static double size(Predictions one, Predictions other, int example) {
        if (!one.isOfClasses()) {
            return Math.abs(PairedAnswers.squaredError(one, example) - PairedAnswers.squaredError(other, example));
        }
        if (one.isRight(example) == other.isRight(example)) {
            return 0;
        }
        Predictions wrong = one.isRight(example) ? other : one;
        return wrong.outputs()[example][wrong.predictedClass(example)];
    }

    private static Disagreement of(Mistake shown, Answers one, Answers other) {
        int example = shown.index();
        boolean isFirst = one.predictions().isOfClasses()
                ? one.predictions().isRight(example)
                : PairedAnswers.squaredError(one.predictions(), example)
                        < PairedAnswers.squaredError(other.predictions(), example);
        return new Disagreement(
                shown,
                List.of(answer(one.predictions(), example), answer(other.predictions(), example)),
                List.of(isFirst, !isFirst),
                List.of(
                        MistakeSource.of(shown, one.run().path(), Split.TEST),
                        MistakeSource.of(shown, other.run().path(), Split.TEST)));
    }

    private static String answer(Predictions predictions, int example) {
        float[] outputs = predictions.outputs()[example];
        int answer = predictions.predictedClass(example);
        return predictions.isOfClasses()
                ? String.format(
                        Locale.ROOT, "%s (%.3f)", predictions.classNames().get(answer), outputs[answer])
                : String.format(Locale.ROOT, "%.2f", outputs[0]);
    }
}
