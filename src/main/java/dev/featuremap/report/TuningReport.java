package dev.featuremap.report;

import dev.featuremap.RegularFiles;
import dev.featuremap.page.Chart;
import dev.featuremap.page.Chart.Axis;
import dev.featuremap.page.Chart.Form;
import dev.featuremap.page.Chart.Series;
import dev.featuremap.page.HtmlPage;
import dev.featuremap.run.DirectoryLock;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.TuningDirectory;
import dev.featuremap.run.TuningResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code report.html} of a search: what it found, how it got there, and what the scores hang on. */
public final class TuningReport {
    private TuningReport() {}

    /**
     * Writes the report into the search's folder, and that of the best one's run into its.
     *
     * @return the file
     * @throws dev.featuremap.Failure naming the file that cannot be read or written
     */
    public static Path write(TuningDirectory directory) {
        best(directory, directory.result()).ifPresent(MemberRuns::writeMissingReport);
        DirectoryLock.write(directory.reportFile(), html(directory));
        return directory.reportFile();
    }

    /** The report's text; nothing is written. */
    public static String html(TuningDirectory directory) {
        TuningResult tuning = directory.result();
        Path folder = directory.path().toAbsolutePath().normalize();
        String link = best(directory, tuning)
                .map(there -> MemberRuns.linkToReport(folder, there))
                .orElse(null);
        TuningView view = TuningView.of(tuning, bestYaml(directory.bestFile()), link);
        return new HtmlPage("report/tuning.ftlh", tuning.name(), view, List.of(history(tuning))).html();
    }

    /** Each candidate's score in the order of the draws, and the best so far. */
    private static Chart history(TuningResult tuning) {
        ParameterAxis scores = ParameterAxis.ofScores(tuning);
        int count = tuning.candidates().size();
        double[] places = new double[count];
        double[] each = new double[count];
        double[] best = new double[count];
        double soFar = Double.NaN;
        for (int i = 0; i < count; i++) {
            TuningResult.Candidate candidate = tuning.candidates().get(i);
            places[i] = candidate.index();
            each[i] = candidate.counts() ? candidate.score() : Double.NaN;
            boolean better = tuning.higherIsBetter() ? each[i] > soFar : each[i] < soFar;
            soFar = Double.isNaN(soFar) || better ? each[i] : soFar;
            best[i] = soFar;
        }
        Axis label = scores.percent() ? Axis.share(tuning.metric()) : Axis.of(tuning.metric());
        return new Chart(
                "history",
                Axis.counting("candidate"),
                scores.log() ? label.ofRatios() : label,
                Chart.values(places),
                List.of(
                        Series.of(Form.STEPS, "best so far", 2, Chart.values(best)),
                        Series.of(Form.POINTS, "each candidate", 1, Chart.values(each))));
    }

    private static String bestYaml(Path file) {
        try {
            return RegularFiles.isFile(file)
                    ? new String(RegularFiles.read(file, 1 << 20), StandardCharsets.UTF_8)
                    : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The run of the best candidate, where it has ended. */
    private static Optional<RunDirectory> best(TuningDirectory directory, TuningResult tuning) {
        Path best = directory.best(tuning.best().index());
        Optional<RunDirectory> run = RegularFiles.isFolder(best) ? RunDirectory.ended(best) : Optional.empty();
        run.ifPresent(RunDirectory::requireConsistent);
        return run;
    }
}
