package dev.featuremap.report;

import dev.featuremap.RegularFiles;
import dev.featuremap.page.Edition;
import dev.featuremap.run.ComparisonDirectory;
import dev.featuremap.run.ComparisonResult;
import dev.featuremap.run.MetricsRow;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunOutcome;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The run directories of one member of a comparison, {@code MEMBER/seed-N} under the comparison's own.
 *
 * @param byName those that are there, under {@link RunOutcome#name}
 */
record MemberRuns(Path folder, ComparisonResult.Member member, Map<String, RunDirectory> byName) {
    static MemberRuns of(ComparisonDirectory directory, ComparisonResult.Member member) {
        Path folder = directory.path().toAbsolutePath().normalize();
        Map<String, RunDirectory> runs = new LinkedHashMap<>();
        for (RunOutcome run : member.runs()) {
            directory.ended(member.name(), run).ifPresent(there -> {
                there.requireConsistent();
                runs.put(run.name(), there);
            });
        }
        return new MemberRuns(folder, member, runs);
    }

    /** The scores by epoch of each of the member's runs; empty for one that has none. */
    List<List<MetricsRow>> metrics() {
        return member.runs().stream()
                .map(run -> Optional.ofNullable(byName.get(run.name()))
                        .map(RunDirectory::metricsRows)
                        .orElse(List.of()))
                .toList();
    }

    /** Where the runs' reports are, as links from the comparison's. */
    Map<String, String> links() {
        Map<String, String> links = new LinkedHashMap<>();
        byName.forEach((name, run) -> links.put(name, linkToReport(folder, run)));
        return links;
    }

    /** Makes those of the runs' reports that are missing. */
    void writeMissingReports() {
        byName.values().forEach(MemberRuns::writeMissingReport);
    }

    static void writeMissingReport(RunDirectory run) {
        if (!RegularFiles.isFile(run.reportFile())) {
            RunReport.write(run);
        }
    }

    /** A relative link from a folder to where a run's report belongs. */
    static String linkToReport(Path from, RunDirectory run) {
        return link(from, run.reportFile().toAbsolutePath().normalize());
    }

    /** A relative link from a folder to a file. */
    static String link(Path from, Path to) {
        return Edition.link(from.relativize(to).toString().replace('\\', '/'));
    }
}
