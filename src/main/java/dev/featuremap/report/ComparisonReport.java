package dev.featuremap.report;

import dev.featuremap.page.Chart;
import dev.featuremap.page.Chart.Axis;
import dev.featuremap.page.HtmlPage;
import dev.featuremap.run.ComparisonDirectory;
import dev.featuremap.run.ComparisonResult;
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

    /**
     * Writes the report into the comparison's folder, and those of its runs that are missing into theirs.
     *
     * @param comparison what came of it
     * @return the file
     * @throws dev.featuremap.Failure naming the file that cannot be read or written
     */
    public static Path write(ComparisonDirectory directory, ComparisonResult comparison) {
        List<MemberRuns> members = comparison.members().stream()
                .map(member -> MemberRuns.of(directory, member))
                .toList();
        DirectoryLock.write(directory.reportFile(), html(comparison, members));
        return directory.reportFile();
    }

    private static String html(ComparisonResult comparison, List<MemberRuns> members) {
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
