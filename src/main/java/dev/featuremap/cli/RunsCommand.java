package dev.featuremap.cli;

import dev.featuremap.Failure;
import dev.featuremap.Printable;
import dev.featuremap.RegularFiles;
import dev.featuremap.run.RunTags;
import dev.featuremap.run.Workspace;
import dev.featuremap.workspace.Entry;
import dev.featuremap.workspace.Entry.Kind;
import dev.featuremap.workspace.RunName;
import dev.featuremap.workspace.RunsFolder;
import dev.featuremap.workspace.Trash;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** {@code featuremap runs}: what there is in a folder of runs, found, compared, tagged and tidied. */
@Command(
        name = "runs",
        description = {
            "List, find, compare, tag and remove runs, comparisons and searches; without a sub-command: list.",
            "docs/runs.md tells what --where can ask."
        })
final class RunsCommand implements Runnable {
    private static final String RUN = "a run, by " + RunConverter.WAYS;

    private final Terminal terminal;

    @Mixin
    private CommonOptions common;

    @Mixin
    private ListOptions listing;

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "the folder of runs; default: runs")
    private Path folder;

    RunsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        listing.list(terminal, common, runs());
    }

    @Command(name = "list", description = "List runs, comparisons and searches, newest first.")
    void list(@Mixin CommonOptions itsCommon, @Mixin ListOptions itsListing) {
        itsListing.list(terminal, itsCommon, runs());
    }

    @Command(name = "show", description = "Show what there is of one run, comparison or search.")
    void show(@Mixin CommonOptions itsCommon, @Parameters(paramLabel = "RUN", description = RUN) String run) {
        RunShown shown = RunShown.of(entry(run));
        if (itsCommon.json) {
            terminal.json(shown);
        } else {
            shown.print(terminal);
        }
    }

    @Command(
            name = "diff",
            description = {
                "Tell what two runs set differently, what they scored, and which is ahead on the same test pictures."
            })
    void diff(
            @Mixin CommonOptions itsCommon,
            @Parameters(index = "0", paramLabel = "RUN", description = RUN) String one,
            @Parameters(index = "1", paramLabel = "RUN2", description = "another one") String other) {
        RunDifference difference = RunDifference.of(entry(one), entry(other));
        if (itsCommon.json) {
            terminal.json(difference);
        } else {
            difference.print(terminal);
        }
    }

    @Command(name = "tag", description = "Give a run, a comparison or a search tags.")
    void tag(
            @Mixin CommonOptions itsCommon,
            @Parameters(index = "0", paramLabel = "RUN", description = RUN) String run,
            @Parameters(index = "1..*", arity = "1..*", paramLabel = "TAG", description = "a word") List<String> tags) {
        change(itsCommon, run, before -> before.with(tags));
    }

    @Command(name = "untag", description = "Take tags away.")
    void untag(
            @Mixin CommonOptions itsCommon,
            @Parameters(index = "0", paramLabel = "RUN", description = RUN) String run,
            @Parameters(index = "1..*", arity = "1..*", paramLabel = "TAG", description = "one it has")
                    List<String> tags) {
        change(itsCommon, run, before -> before.without(tags));
    }

    @Command(
            name = "note",
            description = "Put a text to a run, a comparison or a search, in the place of the one before.")
    void note(
            @Mixin CommonOptions itsCommon,
            @Parameters(index = "0", paramLabel = "RUN", description = RUN) String run,
            @Parameters(index = "1", paramLabel = "TEXT", description = "'' takes the note away") String text) {
        change(itsCommon, run, before -> before.noted(text));
    }

    @Command(
            name = "rm",
            description =
                    "Move runs, comparisons or searches to .trash in the runs' folder; none that is being trained.")
    void remove(
            @Mixin CommonOptions itsCommon,
            @Parameters(arity = "1..*", paramLabel = "RUN", description = RUN) List<String> named) {
        RunsFolder runs = runs();
        RunName names = new RunName(runs);
        // All are found before one is gone: the second may be the latest when the first is.
        List<Path> removed = named.stream().map(names::find).distinct().toList();
        Trash trash = new Trash(runs.path());
        removed.forEach(trash::requireRemovable);
        Map<String, String> moved = new LinkedHashMap<>();
        removed.forEach(run -> moved.put(run.toString(), trash.remove(run).toString()));
        tell(itsCommon, "removed", moved);
    }

    @Command(name = "restore", description = "Move what was removed back; without a name, tell what was.")
    void restore(
            @Mixin CommonOptions itsCommon,
            @Parameters(arity = "0..*", paramLabel = "NAME", description = "a name in .trash") List<String> names) {
        Trash trash = new Trash(runs().path());
        if (names == null) {
            List<String> there = trash.content().stream()
                    .map(path -> path.getFileName().toString())
                    .toList();
            if (itsCommon.json) {
                terminal.json(Map.of("trash", there));
            } else {
                there.forEach(name -> terminal.print("%s%n", Printable.line(name)));
            }
            return;
        }
        Map<String, String> moved = new LinkedHashMap<>();
        names.forEach(trash::requireRestorable);
        names.stream()
                .distinct()
                .forEach(name -> moved.put(name, trash.restore(name).toString()));
        tell(itsCommon, "restored", moved);
    }

    @Command(name = "empty", description = "Delete for good what was removed.")
    void empty(@Mixin CommonOptions itsCommon, @Option(names = "--yes", description = "yes, delete it") boolean yes) {
        Trash trash = new Trash(runs().path());
        int count = trash.content().size();
        if (count > 0 && !yes) {
            throw Failure.usage(
                    "this deletes " + count + (count == 1 ? " folder" : " folders") + " for good: "
                            + trash.content().get(0) + (count == 1 ? "" : ", …"),
                    "say so with --yes; featuremap runs restore lists them");
        }
        trash.empty();
        if (itsCommon.json) {
            terminal.json(Map.of("deleted", count));
        } else {
            terminal.print("deleted: %d%n", count);
        }
    }

    private void change(CommonOptions itsCommon, String run, UnaryOperator<RunTags> change) {
        Path path = new RunName(runs()).find(run);
        if (RunsFolder.kind(path) == Kind.OTHER) {
            throw notThere(path);
        }
        RunTags tags = RunTags.change(path, change);
        if (itsCommon.json) {
            terminal.json(tags);
        } else {
            terminal.print(
                    "%s: %s%n",
                    path,
                    Printable.line(
                            String.join(", ", tags.tags()) + (tags.note().isEmpty() ? "" : " (" + tags.note() + ")")));
        }
    }

    private void tell(CommonOptions itsCommon, String what, Map<String, String> moved) {
        if (itsCommon.json) {
            terminal.json(Map.of(what, moved));
        } else {
            moved.forEach((from, to) -> terminal.print("%s: %s%n", what, to));
        }
    }

    private Entry entry(String named) {
        Path path = new RunName(runs()).find(named);
        return RunsFolder.entry(path).orElseThrow(() -> notThere(path));
    }

    private static Failure notThere(Path path) {
        return Failure.usage(
                path + " is no run's, comparison's or search's folder", "featuremap runs lists what there is");
    }

    private RunsFolder runs() {
        if (folder != null && !RegularFiles.exists(RegularFiles.named(folder))) {
            throw Failure.usage("--runs: " + folder + " is not there", "name a folder that holds runs");
        }
        return new RunsFolder(folder == null ? Workspace.current().runs() : folder);
    }
}
