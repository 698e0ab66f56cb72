package dev.featuremap.report;

import dev.featuremap.run.Mistakes.Mistake;
import dev.featuremap.run.RunDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Runs' answers held against each other, example by example, as a report shows them.
 *
 * @param pairs of runs that were tested on the same examples
 * @param verdict on two runs; null of more, or of two that are no pair
 * @param unpaired why other pairs are not among them
 * @param disagreements with their pictures; only of two runs
 */
record PairedView(List<Row> pairs, String verdict, List<String> unpaired, List<Disagreement> disagreements) {
    /** A pair, and the run of it that is ahead; null where the two can't be told apart. */
    record Row(PairedAnswers pair, String ahead) {}

    /** @param pictures gives those of the examples of a run that it has a picture of */
    static PairedView of(List<Answers> runs, BiFunction<RunDirectory, List<Integer>, List<Mistake>> pictures) {
        List<PairedAnswers> pairs = new ArrayList<>();
        List<String> unpaired = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            for (int j = i + 1; j < runs.size(); j++) {
                Answers one = runs.get(i);
                Answers other = runs.get(j);
                one.whyNotPaired(other)
                        .ifPresentOrElse(
                                unpaired::add,
                                () -> pairs.add(PairedAnswers.of(
                                        one.name(), one.predictions(), other.name(), other.predictions())));
            }
        }
        boolean ofTwo = runs.size() == 2 && !pairs.isEmpty();
        return new PairedView(
                PairedAnswers.corrected(pairs).stream()
                        .map(pair -> new Row(pair, pair.ahead()))
                        .toList(),
                ofTwo ? pairs.get(0).sentence() : null,
                unpaired,
                ofTwo ? Disagreement.of(runs.get(0), runs.get(1), pictures) : List.of());
    }
}
