package dev.featuremap.ui;

import dev.featuremap.RegularFiles;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.run.DirectoryLock;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunStatus;
import dev.featuremap.run.StopFile;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.Predictor.Prediction;
import dev.featuremap.workspace.RunsFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What may be asked for, and who answers; docs/ui.md and docs/serving.md tell all of it. */
final class Site implements AutoCloseable {
    private static final int LONGEST_SECONDS = 30;
    private static final String PREDICT = "predict";
    private static final String STOP = "stop";
    private static final String TAGS = "tags";
    private static final Set<String> POSTED = Set.of(PREDICT, STOP, TAGS);

    private final Path runs;
    private final Pages pages;
    private final RunsTable table;
    private final Models models = new Models();
    private final AskedPictures pictures = new AskedPictures();

    /** The run that was watched last: twice a second its experiment need not be read anew, which takes longer than all else. */
    private volatile Watched watched;

    /** @param file what the system knows the experiment's file by */
    private record Watched(Path path, Object file, Experiment experiment) {}

    /** @param runs the folder of the runs, which nothing outside is read or written of */
    Site(Path runs, Workspace workspace) {
        this.runs = runs;
        this.pages = new Pages(runs, workspace);
        this.table = new RunsTable(new RunsFolder(runs));
    }

    /** Whether a POST to an address changes something. */
    static boolean changes(List<String> path) {
        return path.isEmpty() || !path.get(path.size() - 1).equals(PREDICT);
    }

    CompletionStage<Answer> answer(Asked asked) {
        List<String> path = asked.path();
        boolean ofApi =
                path.size() >= 2 && path.get(0).equals("api") && path.get(1).equals("runs");
        if (asked.changes()) {
            if (!ofApi || path.size() < 4) {
                throw missing();
            }
            return posted(asked, place(path.subList(2, path.size() - 1)), path.get(path.size() - 1));
        }
        return CompletableFuture.completedFuture(ofApi ? read(asked, path.subList(2, path.size())) : page(asked));
    }

    /** A page, be it one that says why there is none. */
    private Answer page(Asked asked) {
        try {
            return Answer.page(200, html(asked));
        } catch (RuntimeException thrown) {
            Refusal refusal = Refusal.of(thrown);
            if (refusal.status() == 500) {
                throw thrown;
            }
            return Answer.page(refusal.status(), pages.refused(refusal));
        }
    }

    private String html(Asked asked) {
        List<String> path = asked.path();
        if (path.isEmpty()) {
            asked.requireOnly("where", "sort", "all", "by", "offset");
            return pages.table();
        }
        if (!path.get(0).equals("runs") || path.size() < 2) {
            throw missing();
        }
        if (path.equals(List.of("runs", "side-by-side.html"))) {
            asked.requireOnly("run");
            List<String> names = asked.query().getOrDefault("run", List.of());
            return pages.sideBySide(names.stream()
                    .map(name -> place(List.of(name.split("/", -1))))
                    .toList());
        }
        asked.requireOnly();
        List<String> names = path.subList(1, path.size());
        List<String> above = names.subList(0, names.size() - 1);
        return switch (names.get(names.size() - 1)) {
            case "report.html" -> pages.report(place(above));
            case "play.html" -> pages.play(place(above));
            default -> pages.place(place(names));
        };
    }

    private Answer read(Asked asked, List<String> names) {
        if (names.isEmpty()) {
            return table.read(asked).map(Answer::json).orElseGet(Answer::unchanged);
        }
        List<String> above = names.subList(0, names.size() - 1);
        String what = above.isEmpty() ? "" : names.get(names.size() - 1);
        asked.requireOnly(what.equals("live") ? new String[] {"after"} : new String[0]);
        return switch (what) {
            case "live" -> live(place(above).requireRun(), after(asked));
            case "filters" -> Answer.json(Filters.of(place(above).requireRun()));
            default -> Answer.json(Described.of(described(names, above, what)));
        };
    }

    /** Of what is posted to, nothing is told, unless a run is called so. */
    private Place described(List<String> names, List<String> above, String what) {
        try {
            return place(names);
        } catch (Refusal missing) {
            if (!POSTED.contains(what)) {
                throw missing;
            }
            throw new Refusal(405, what + " of " + place(above).name() + " takes POST alone", "see docs/ui.md");
        }
    }

    private Answer live(RunDirectory run, long after) {
        Object now = RegularFiles.identity(run.path().resolve(RunDirectory.EXPERIMENT));
        Watched known = watched;
        if (known == null || !known.path.equals(run.path()) || !known.file.equals(now)) {
            known = new Watched(run.path(), now, run.experiment());
            watched = known;
        }
        return Answer.json(LiveRun.of(run, known.experiment, after));
    }

    private CompletionStage<Answer> posted(Asked asked, Place place, String action) {
        if (!action.equals(PREDICT)) {
            asked.requireOnly();
        }
        return switch (action) {
            case PREDICT -> predict(asked, place);
            case STOP -> CompletableFuture.completedFuture(Answer.json(Map.of("asked", stopped(place))));
            case TAGS ->
                CompletableFuture.completedFuture(
                        Answer.json(TagsChange.of(asked.body()).made(place.folder())));
            default -> throw missing();
        };
    }

    /** The names of the runs that are being trained, all asked to end; of a comparison or a search also what would begin the next. */
    private static List<String> stopped(Place place) {
        List<RunDirectory> going =
                place.run().map(List::of).orElseGet(() -> RunDirectory.within(place.folder())).stream()
                        .filter(run -> LiveRun.status(run).equals(RunStatus.GOING_ON.word()))
                        .toList();
        boolean isAtWork = DirectoryLock.owner(place.folder()).isPresent();
        if (going.isEmpty() && !isAtWork) {
            throw new Refusal(409, "no process is training " + place.name(), "there is nothing to stop");
        }
        if (isAtWork) {
            new StopFile(place.folder()).ask();
        }
        going.forEach(run -> run.stop().ask());
        return going.stream().map(run -> run.path().getFileName().toString()).toList();
    }

    private CompletionStage<Answer> predict(Asked asked, Place place) {
        place.requireRun();
        long start = System.nanoTime();
        return models.ask(place.folder(), model -> pictures.read(asked, model))
                .orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS)
                .exceptionally(thrown -> {
                    throw thrown instanceof TimeoutException
                            ? new Refusal(503, "no answer within " + LONGEST_SECONDS + " s", "try again later")
                            : Refusal.of(thrown);
                })
                .thenApply(answers -> Answer.json(new Predicted(answers, (System.nanoTime() - start) / 1e6)));
    }

    /** @param milliseconds from when all of the question was here */
    private record Predicted(List<Prediction> predictions, double milliseconds) {}

    private static long after(Asked asked) {
        String text = asked.query("after", "0");
        if (!text.matches("\\d{1,18}")) {
            throw new Refusal(400, "after is " + text, "name a step, such as after=120");
        }
        return Long.parseLong(text);
    }

    private Place place(List<String> names) {
        return Place.of(runs, names);
    }

    private static Refusal missing() {
        return new Refusal(404, "there is nothing at this address", "the address / lists what there is");
    }

    @Override
    public void close() {
        models.close();
    }
}
