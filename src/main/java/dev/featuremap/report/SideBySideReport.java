package dev.featuremap.report;

import dev.featuremap.AtomicFiles;
import dev.featuremap.Failure;
import dev.featuremap.RegularFiles;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.page.Chart;
import dev.featuremap.page.Chart.Axis;
import dev.featuremap.page.HtmlPage;
import dev.featuremap.run.ComparisonDirectory;
import dev.featuremap.run.DirectoryLock;
import dev.featuremap.run.MetricsRow;
import dev.featuremap.run.Mistakes.Mistake;
import dev.featuremap.run.PartialRun;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.Scores;
import dev.featuremap.run.TuningDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Several runs in one HTML file: their curves in the same charts, their scores, their answers to the same test examples, and what they set differently. */
public final class SideBySideReport {
    private SideBySideReport() {}

    /**
     * Writes the report of two runs or more.
     *
     * @param file where to; links to the runs' own reports are relative to it
     * @param pictures gives those of the test examples of a run that there is a picture of
     * @throws dev.featuremap.Failure naming the file that cannot be read or written
     */
    public static void write(
            List<RunDirectory> runs, Path file, BiFunction<RunDirectory, List<Integer>, List<Mistake>> pictures) {
        AtomicFiles.write(file, html(runs, file.toAbsolutePath().normalize().getParent(), pictures));
    }

    /**
     * The same as a text; nothing is written.
     *
     * @param folder that links to the runs' own reports are relative to
     */
    public static String html(
            List<RunDirectory> runs, Path folder, BiFunction<RunDirectory, List<Integer>, List<Mistake>> pictures) {
        return html(runs, folder, null, pictures);
    }

    /** Those of the test examples of a run that are among its worst mistakes, with their pictures. */
    public static List<Mistake> amongWorst(RunDirectory run, List<Integer> examples) {
        return run.mistakes().stream()
                .flatMap(mistakes -> mistakes.worst().stream())
                .filter(mistake -> examples.contains(mistake.index()))
                .toList();
    }

    /**
     * Why the folder of a comparison or a search holds no result, such as {@code the comparison is not finished}; empty for any
     * other folder.
     */
    public static Optional<String> unfinished(Path folder) {
        String noun = new ComparisonDirectory(folder).isUnfinished()
                ? "the comparison"
                : new TuningDirectory(folder).isUnfinished() ? "the search" : null;
        return Optional.ofNullable(noun)
                .map(what -> what
                        + DirectoryLock.owner(folder)
                                .map(pid -> " is going on in process " + pid)
                                .orElse(" is not finished"));
    }

    /**
     * Writes the runs there are so far of a comparison or a search into its folder.
     *
     * @param partial why it has no result
     * @return the file
     * @throws dev.featuremap.Failure (usage) when no run of it has begun
     */
    public static Path writeUnfinished(Path folder, String partial) {
        Path file = new ComparisonDirectory(folder).reportFile();
        DirectoryLock.write(file, htmlUnfinished(folder, partial));
        return file;
    }

    /** The same as a text; nothing is written. */
    public static String htmlUnfinished(Path folder, String partial) {
        List<RunDirectory> runs = RunDirectory.within(folder).stream()
                .filter(run -> run.hasResult() || run.partial().isPresent())
                .toList();
        if (runs.isEmpty()) {
            throw Failure.usage(
                    folder + ": " + partial + ", and none of its runs has begun",
                    "give the command that began it again");
        }
        return html(runs, folder.toAbsolutePath().normalize(), partial, SideBySideReport::amongWorst);
    }

    private static String html(
            List<RunDirectory> runs,
            Path folder,
            String partial,
            BiFunction<RunDirectory, List<Integer>, List<Mistake>> pictures) {
        Map<String, List<List<MetricsRow>>> metrics = new LinkedHashMap<>();
        List<View.Row> rows = new ArrayList<>();
        List<Experiment> experiments = new ArrayList<>();
        List<Answers> answers = new ArrayList<>();
        for (RunDirectory run : runs) {
            run.requireConsistent();
            Path place = run.path().toAbsolutePath().normalize();
            String name = rows.size() + 1 + " " + (partial == null ? called(place) : folder.relativize(place));
            RunResult result = run.partial().map(PartialRun::result).orElseGet(run::result);
            metrics.put(name, List.of(run.metricsRows()));
            experiments.add(run.experiment());
            if (partial == null) {
                answers.add(Answers.of(name, run));
            }
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
        View view = new View(
                partial,
                rows,
                PairedView.of(answers, pictures),
                Settings.differences(experiments).rows());
        return new HtmlPage("report/side-by-side.ftlh", runs.size() + " runs side by side", view, charts).html();
    }

    /** Its folder's name; of one of a comparison's runs, which are called by their seeds, its member's too. */
    private static String called(Path run) {
        String name = run.getFileName().toString();
        return name.matches("seed-\\d+(-fold-\\d+)?") && run.getNameCount() > 1
                ? run.getParent().getFileName() + " " + name
                : name;
    }

    /**
     * The runs as the report shows them.
     *
     * @param partial why what they are the runs of has no result; null for runs of their own
     * @param paired their answers to the same test examples; empty where they are the runs of something partial
     * @param settings those that differ
     */
    record View(String partial, List<Row> runs, PairedView paired, List<Settings.Row> settings) {
        /** One run, with the scores that tell how good its model is; {@code link} leads to its own report, or is null. */
        record Row(String name, RunResult result, Scores scores, String link) {}
    }
}
