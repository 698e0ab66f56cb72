package dev.featuremap.report;

import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.experiment.LabelMode;
import dev.featuremap.page.Chart;
import dev.featuremap.page.HtmlPage;
import dev.featuremap.run.DirectoryLock;
import dev.featuremap.run.MetricsRow;
import dev.featuremap.run.Mistakes;
import dev.featuremap.run.PartialRun;
import dev.featuremap.run.Predictions;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.Scores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** {@code report.html} of one run: what was trained, how it went, where it errs and what made it. */
public final class RunReport {
    private RunReport() {}

    /**
     * Writes the report into the run's directory; one that is there already is replaced.
     *
     * @return the file
     * @throws dev.featuremap.Failure naming the file of the run that cannot be read, or the report that cannot be written
     */
    public static Path write(RunDirectory run) {
        DirectoryLock.write(run.reportFile(), html(run));
        return run.reportFile();
    }

    /** The report's text; nothing is written. */
    public static String html(RunDirectory run) {
        run.requireConsistent();
        Experiment experiment = run.experiment();
        Optional<PartialRun> partial = run.partial();
        RunResult result = partial.map(PartialRun::result).orElseGet(run::result);
        List<MetricsRow> rows = run.metricsRows();
        // Those of a model that is just being written are not yet of a result.
        Optional<Predictions> predictions = partial.isPresent() ? Optional.empty() : run.predictions();
        Optional<Mistakes> mistakes = partial.isPresent() ? Optional.empty() : run.mistakes();
        Optional<Calibration> calibration = predictions.flatMap(Calibration::of);
        boolean values = result.data().label() == LabelMode.VALUE;
        Scores scores = result.scores();

        List<Chart> charts = new ArrayList<>(Curves.of(rows));
        StepCurve.of(run.stepRows()).ifPresent(charts::add);
        calibration.map(Calibration::chart).ifPresent(charts::add);
        predictions.filter(p -> values).map(ValueFit::chart).ifPresent(charts::add);

        RunView view = new RunView(
                result,
                partial.map(PartialRun::why).orElse(null),
                result.scoredSplit().word(),
                scores,
                experiment.data().labelNoise(),
                MetricsRow.watchedSplit(rows).word(),
                values,
                scores == null || values
                        ? null
                        : RunView.Interval.ofShare(
                                scores.accuracy(), (int) Math.min(scores.examples(), Integer.MAX_VALUE)),
                NetworkTable.of(run, experiment, result.data()),
                rows,
                scores == null || values ? null : Confusion.of(scores),
                mistakes.orElse(null),
                mistakes.stream()
                        .flatMap(all -> all.worst().stream())
                        .map(mistake -> MistakeSource.of(mistake, run.path(), result.scoredSplit()))
                        .toList(),
                run.augmented().map(Base64.getEncoder()::encodeToString).orElse(null),
                result.parametersSha256() == null
                        ? null
                        : FirstLayer.of(run.model(), result.data()).orElse(null),
                calibration.orElse(null),
                predictions.filter(p -> values).map(ValueFit::of).orElse(null),
                RunView.Timing.of(rows),
                run.provenance().orElse(null),
                ExperimentFile.print(experiment));
        return new HtmlPage("report/run.ftlh", result.name(), view, charts).html();
    }
}
