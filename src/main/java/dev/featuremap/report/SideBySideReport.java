package dev.featuremap.report;

import dev.featuremap.AtomicFiles;
import dev.featuremap.RegularFiles;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.page.Chart;
import dev.featuremap.page.Chart.Axis;
import dev.featuremap.page.HtmlPage;
import dev.featuremap.run.MetricsRow;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.Scores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Several runs in one HTML file: their curves in the same charts, their scores, and what they set differently. */
public final class SideBySideReport {
    private SideBySideReport() {}

    /**
     * Writes the report of two runs or more.
     *
     * @param file where to; links to the runs' own reports are relative to it
     * @throws dev.featuremap.Failure naming the file that cannot be read or written
     */
    public static void write(List<RunDirectory> runs, Path file) {
        AtomicFiles.write(file, html(runs, file.toAbsolutePath().normalize().getParent()));
    }

    private static String html(List<RunDirectory> runs, Path folder) {
        Map<String, List<List<MetricsRow>>> metrics = new LinkedHashMap<>();
        List<View.Row> rows = new ArrayList<>();
        List<Experiment> experiments = new ArrayList<>();
        for (RunDirectory run : runs) {
            String name = rows.size() + 1 + " "
                    + run.path().toAbsolutePath().normalize().getFileName();
            RunResult result = run.result();
            metrics.put(name, List.of(run.metricsRows()));
            experiments.add(run.experiment());
            rows.add(new View.Row(
                    name,
                    result,
                    result.scores(),
                    RegularFiles.isFile(run.reportFile())
                            ? MemberRuns.link(
                                    folder, run.reportFile().toAbsolutePath().normalize())
                            : null));
        }
        List<Chart> charts = new ArrayList<>();
        charts.addAll(EpochBand.chart("accuracy", Axis.share("accuracy"), metrics, MetricsRow::accuracy));
        charts.addAll(EpochBand.chart("loss", Axis.of("loss"), metrics, MetricsRow::loss));
        charts.addAll(EpochBand.chart("mse", Axis.of("mean squared error"), metrics, MetricsRow::mse));
        charts.addAll(EpochBand.chart("mae", Axis.of("mean absolute error"), metrics, MetricsRow::mae));
        View view = new View(rows, Settings.differences(experiments).rows());
        return new HtmlPage("report/side-by-side.ftlh", runs.size() + " runs side by side", view, charts).html();
    }

    /** The runs as the report shows them; {@code settings} are those that differ. */
    record View(List<Row> runs, List<Settings.Row> settings) {
        /** One run, with the scores that tell how good its model is; {@code link} leads to its own report, or is null. */
        record Row(String name, RunResult result, Scores scores, String link) {}
    }
}
