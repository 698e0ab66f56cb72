package dev.featuremap.report;

import dev.featuremap.page.Chart;
import dev.featuremap.page.Chart.Axis;
import dev.featuremap.page.HtmlPage;
import dev.featuremap.run.DirectoryLock;
import dev.featuremap.run.MetricsRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code report.html} of a comparison: what can be concluded, from which figures, and each member's runs. */
public final class ComparisonReport {
    private ComparisonReport() {}

    /** Whether a folder is that of a comparison. */
    public static boolean isComparison(Path folder) {
        return ComparisonJson.isIn(folder);
    }

    /**
     * Writes the report into the comparison's folder, and those of its runs that are missing into theirs.
     *
     * @return the file
     * @throws dev.featuremap.Failure naming the file that cannot be read or written
     */
    public static Path write(Path folder) {
        ComparisonJson comparison = ComparisonJson.read(folder);
        List<MemberRuns> members = comparison.members().stream()
                .map(member -> MemberRuns.of(folder, member))
                .toList();
        members.forEach(MemberRuns::writeMissingReports);
        Path file = folder.resolve("report.html");
        DirectoryLock.write(file, html(comparison, members));
        return file;
    }

    private static String html(ComparisonJson comparison, List<MemberRuns> members) {
        Map<String, List<List<MetricsRow>>> metrics = new LinkedHashMap<>();
        members.forEach(member -> metrics.put(member.member().name(), member.metrics()));
        List<Chart> charts = new ArrayList<>();
        charts.addAll(EpochBand.chart("accuracy", Axis.share("accuracy"), metrics, MetricsRow::accuracy));
        charts.addAll(EpochBand.chart("mse", Axis.of("mean squared error"), metrics, MetricsRow::mse));
        charts.addAll(EpochBand.chart("mae", Axis.of("mean absolute error"), metrics, MetricsRow::mae));
        ComparisonView view = new ComparisonView(
                comparison,
                ComparisonView.metrics(comparison),
                members.stream().map(ComparisonView.MemberRow::of).toList(),
                DifferenceChart.of(comparison.differences()),
                TimeToReach.of(metrics));
        return new HtmlPage("report/comparison.ftlh", comparison.name(), view, charts).html();
    }
}
