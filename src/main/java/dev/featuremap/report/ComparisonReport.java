package dev.featuremap.report;

import dev.featuremap.AtomicFiles;
import dev.featuremap.RegularFiles;
import dev.featuremap.page.Chart.Axis;
import dev.featuremap.page.Diagram;
import dev.featuremap.page.HtmlPage;
import dev.featuremap.run.ComparisonDirectory;
import dev.featuremap.run.ComparisonResult;
import dev.featuremap.run.DirectoryLock;
import dev.featuremap.run.MetricsRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code report.html} of a comparison: what can be concluded, from which figures, and each member's runs; with its charts as
 * files, and what it says as a text to paste.
 */
public final class ComparisonReport {
    private ComparisonReport() {}

    /**
     * Writes the report into the comparison's folder, and those of its runs that are missing into theirs.
     *
     * @param comparison what came of it
     * @return the file
     * @throws dev.featuremap.Failure naming the file that cannot be read or written
     */
    public static Path write(ComparisonDirectory directory, ComparisonResult comparison) {
        Made made = Made.of(directory, comparison);
        made.members.forEach(MemberRuns::writeMissingReports);
        made.charts.forEach(chart -> write(directory.chartFile(chart.id()), chart));
        DirectoryLock.write(directory.reportFile(), made.html());
        DirectoryLock.write(directory.textFile(), ComparisonMarkdown.of(made.view, made.charts));
        return directory.reportFile();
    }

    /** The report's text; nothing is written. */
    public static String html(ComparisonDirectory directory, ComparisonResult comparison) {
        return Made.of(directory, comparison).html();
    }

    /** What goes into the report. */
    private record Made(List<MemberRuns> members, List<Diagram> charts, ComparisonView view) {
        static Made of(ComparisonDirectory directory, ComparisonResult comparison) {
            List<MemberRuns> members = comparison.members().stream()
                    .map(member -> MemberRuns.of(directory, member))
                    .toList();
            Map<String, List<List<MetricsRow>>> metrics = new LinkedHashMap<>();
            members.forEach(member -> metrics.put(member.member().name(), member.metrics()));
            List<Diagram> charts = ComparisonReport.charts(comparison, metrics);
            return new Made(members, charts, ComparisonView.of(comparison, members, charts, TimeToReach.of(metrics)));
        }

        String html() {
            return new HtmlPage("report/comparison.ftlh", view.comparison().name(), view, charts).html();
        }
    }

    private static List<Diagram> charts(ComparisonResult comparison, Map<String, List<List<MetricsRow>>> metrics) {
        List<Diagram> charts = new ArrayList<>();
        Ranking ranking = Ranking.of(comparison);
        if (!ranking.members().isEmpty()) {
            charts.add(ranking.strip());
        }
        GridChart.of(comparison).ifPresent(charts::add);
        charts.addAll(DifferenceChart.of(comparison));
        charts.addAll(EpochBand.chart("curve-accuracy", Axis.share("accuracy"), metrics, MetricsRow::accuracy));
        charts.addAll(EpochBand.chart("curve-mse", Axis.of("mean squared error"), metrics, MetricsRow::mse));
        charts.addAll(EpochBand.chart("curve-mae", Axis.of("mean absolute error"), metrics, MetricsRow::mae));
        return charts;
    }

    private static void write(Path file, Diagram chart) {
        try {
            RegularFiles.makeFolder(file.getParent());
        } catch (IOException e) {
            throw AtomicFiles.unwritable(file.getParent(), e);
        }
        DirectoryLock.write(file, chart.drawing().svg());
    }
}
