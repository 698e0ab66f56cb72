package dev.featuremap.ui;

import dev.featuremap.Failure;
import dev.featuremap.compare.ComparisonConsistency;
import dev.featuremap.data.DataFolder;
import dev.featuremap.page.Edition;
import dev.featuremap.page.HtmlPage;
import dev.featuremap.page.Language;
import dev.featuremap.play.OpenedRuns;
import dev.featuremap.report.ComparisonReport;
import dev.featuremap.report.RunReport;
import dev.featuremap.report.SideBySideReport;
import dev.featuremap.report.TuningReport;
import dev.featuremap.run.ComparisonDirectory;
import dev.featuremap.run.Mistakes.Mistake;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.TuningDirectory;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.SavedRun;
import dev.featuremap.tune.TuningConsistency;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** The pages of this server; all are made when they are asked for, and nothing is written into the runs' folders. */
final class Pages {
    private static final Edition ENGLISH = new Edition("index.html", Language.EN, List.of(Language.EN));

    private final Path runs;
    private final DataFolder data;
    /** A report takes seconds of a processor, and a page to play with the memory of its network. */
    private final Semaphore making = new Semaphore(2, true);

    /** What the page of one run is about. */
    private record RunView(String name, String link, boolean isRun, List<Above> parents) {
        /** A folder on the way to it that is a comparison or a search. */
        record Above(String name, String link) {}
    }

    /** What the page of all runs is about. */
    private record RunsView(String folder) {}

    /** What a page that can't be shown is about. */
    private record RefusedView(String cause, String remedy) {}

    Pages(Path runs, Workspace workspace) {
        this.runs = runs;
        this.data = DataFolder.withoutFetching(workspace.data());
    }

    /** The table of all runs. */
    String table() {
        return page("ui/runs.ftlh", "Runs", new RunsView(runs.toString()), "ui/runs.js");
    }

    /** One run, comparison or search, as it stands and goes on. */
    String place(Place place) {
        List<RunView.Above> above = place.names().size() == 1
                ? List.of()
                : List.of(new RunView.Above(
                        place.names().get(0), Place.link(place.names().subList(0, 1))));
        RunView view = new RunView(place.name(), place.link(), place.run().isPresent(), above);
        return page("ui/run.ftlh", place.name(), view, "ui/run.js");
    }

    /** Why there is no page, and what to do. */
    String refused(Refusal refusal) {
        RefusedView view = new RefusedView(
                refusal.failure().getMessage(), refusal.failure().remedy());
        return new HtmlPage("ui/refused.ftlh", "No page", view, List.of(), ENGLISH, Optional.empty()).html();
    }

    private static String page(String template, String title, Object view, String program) {
        return new HtmlPage(template, title, view, List.of(), ENGLISH, Optional.of(program)).html();
    }

    /** The report of a run, a comparison or a search, of what there is so far where it has not ended. */
    String report(Place place) {
        return made(() -> {
            Path folder = place.folder();
            TuningDirectory search = new TuningDirectory(folder);
            if (search.hasResult()) {
                TuningConsistency.require(search);
                return TuningReport.html(search);
            }
            ComparisonDirectory comparison = new ComparisonDirectory(folder);
            if (comparison.hasResult()) {
                return ComparisonReport.html(comparison, ComparisonConsistency.require(comparison));
            }
            Optional<String> unfinished = SideBySideReport.unfinished(folder);
            if (unfinished.isPresent()) {
                return SideBySideReport.htmlUnfinished(folder, unfinished.get());
            }
            RunDirectory run = RunDirectory.openBegun(folder);
            return RunReport.html(run.partial().isPresent() ? run : RunDirectory.openEnded(folder));
        });
    }

    /** The page to play with a run's network. */
    String play(Place place) {
        place.requireRun();
        return made(() -> {
            try (OpenedRuns opened = OpenedRuns.of(List.of(RunDirectory.open(place.folder())), data, notHere -> {})) {
                return opened.html(ENGLISH);
            }
        });
    }

    /** Two runs or more side by side; links lead on from the runs' folder. */
    String sideBySide(List<Place> places) {
        List<RunDirectory> directories = places.stream()
                .map(Place::requireRun)
                .filter(RunDirectory::hasResult)
                .toList();
        if (directories.size() < 2) {
            throw new Refusal(400, "fewer than two of these runs have ended", "choose two or more that have");
        }
        return made(
                () -> SideBySideReport.html(directories, runs.toAbsolutePath().normalize(), this::pictured));
    }

    private List<Mistake> pictured(RunDirectory run, List<Integer> examples) {
        try (SavedRun saved = SavedRun.open(run)) {
            return saved.answers(examples, data);
        } catch (Failure notHere) {
            return SideBySideReport.amongWorst(run, examples);
        }
    }

    private String made(Supplier<String> page) {
        making.acquireUninterruptibly();
        try {
            return page.get();
        } finally {
            making.release();
        }
    }
}
