package dev.featuremap.workspace;

import dev.featuremap.Failure;
import dev.featuremap.RegularFiles;
import dev.featuremap.run.RunStatus;
import dev.featuremap.run.RunTags;
import dev.featuremap.workspace.Entry.Kind;
import dev.featuremap.workspace.Entry.Outcome;
import dev.featuremap.workspace.Entry.State;
import dev.featuremap.workspace.RunIndex.Looks;
import dev.featuremap.workspace.RunIndex.Seen;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * A folder of runs, comparisons and searches, listed again and again: a folder in it is read anew only where its files no longer look
 * as they did. Any number of threads may list at once.
 *
 * <p>What was read is kept in a {@link RunIndex}, for the next process too.
 */
public final class RunsFolder {
    /** Newest first; of the same moment by name. */
    public static final Comparator<Entry> NEWEST_FIRST =
            Comparator.comparing(Entry::created).reversed().thenComparing(Entry::name);

    /** A change so shortly before a look may be followed by one that the file's time does not tell from it. */
    private static final long UNSETTLED = Duration.ofSeconds(2).toNanos();

    private final Path path;
    private final FolderReader reader = new FolderReader();
    private Map<String, Seen> seen;

    /** @param path as the user names it; it need not be there */
    public RunsFolder(Path path) {
        this.path = RegularFiles.named(path);
    }

    public Path path() {
        return path;
    }

    /**
     * What is in the folder, newest first; nothing where there is none.
     *
     * @param all with the runs of comparisons and searches
     * @throws Failure (environment) when the folder cannot be read
     */
    public List<Entry> entries(boolean all) {
        Map<String, Seen> known = known();
        AtomicBoolean changed = new AtomicBoolean();
        List<Path> children = children();
        List<Entry> entries = new ArrayList<>(children.parallelStream()
                .map(folder -> entry(folder, known, changed))
                .flatMap(Optional::stream)
                .toList());
        if (all) {
            entries.addAll(entries.stream().filter(RunsFolder::isOfMany).toList().parallelStream()
                    .flatMap(entry -> inside(entry.folder()).stream())
                    .flatMap(folder -> entry(folder, known, changed).stream())
                    .toList());
        }
        Set<String> there =
                children.stream().map(child -> child.getFileName().toString()).collect(Collectors.toSet());
        boolean isLess = known.keySet().removeIf(name -> !there.contains(name.split("/", 2)[0]));
        if (isLess || changed.get()) {
            RunIndex.write(path, List.copyOf(known.values()));
        }
        entries.sort(NEWEST_FIRST);
        return entries;
    }

    /** What one folder seems to be, wherever it is. */
    public static Kind kind(Path folder) {
        return FolderReader.kind(RegularFiles.named(folder));
    }

    /** One folder, wherever it is, read anew; empty where it is no run's, comparison's or search's. */
    public static Optional<Entry> entry(Path folder) {
        Path named = RegularFiles.named(folder);
        Kind kind = kind(named);
        return kind == Kind.OTHER
                ? Optional.empty()
                : Optional.of(current(new FolderReader()
                        .read(named, named.toAbsolutePath().getFileName().toString(), kind)));
    }

    private synchronized Map<String, Seen> known() {
        seen = seen == null ? RunIndex.read(path) : seen;
        return seen;
    }

    /** What is in the folder, hidden ones left out. */
    private List<Path> children() {
        try {
            return RegularFiles.isFolder(path)
                    ? RegularFiles.list(path).stream()
                            .filter(child -> !child.getFileName().toString().startsWith("."))
                            .toList()
                    : List.of();
        } catch (IOException | UncheckedIOException e) {
            throw Failure.environment(
                    path + " cannot be listed: " + e.getMessage(), "mend the folder's permissions", e);
        }
    }

    private String name(Path folder) {
        return path.equals(folder.getParent()) // as nearly all are, and quicker
                ? folder.getFileName().toString()
                : path.relativize(folder).toString().replace(File.separatorChar, '/');
    }

    /** The run directories in the folder of a comparison or a search; none where it cannot be read. */
    private static List<Path> inside(Path folder) {
        List<Path> runs = new ArrayList<>();
        try {
            for (Path part : RegularFiles.folders(folder)) {
                if (FolderReader.kind(part) == Kind.RUN) {
                    runs.add(part);
                    continue;
                }
                for (Path run : RegularFiles.folders(part)) {
                    if (FolderReader.kind(run) == Kind.RUN) {
                        runs.add(run);
                    }
                }
            }
        } catch (IOException | Failure e) {
            return runs; // The row of the whole tells what it can.
        }
        return runs;
    }

    /** Empty for what is neither a folder nor a link to one: files of other kinds are none of a listing. */
    private Optional<Entry> entry(Path folder, Map<String, Seen> known, AtomicBoolean changed) {
        String name = name(folder);
        Seen before = known.get(name);
        if (before != null && before.looks().areTheSame(folder)) {
            return Optional.of(current(before.entry()));
        }
        BasicFileAttributes there = RegularFiles.attributes(folder);
        if (there != null && there.isSymbolicLink() && leadsToFolder(folder)) {
            return Optional.of(link(folder, name, there.lastModifiedTime().toInstant()));
        }
        if (there == null || !there.isDirectory()) {
            return Optional.empty();
        }
        Kind kind = FolderReader.kind(folder);
        List<String> all = FolderReader.files(folder, kind);
        Looks looks = Looks.of(folder, all);
        long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        Entry entry = reader.read(folder, name, kind);
        Seen after = new Seen(entry, looks);
        // What is not at its end changes in ways that these files do not show.
        boolean isSettled = entry.state().fault() == null
                && looks.files().size() > 1
                && looks.files().get(1).equals(all.get(1))
                && looks.youngest() < now - UNSETTLED;
        if (isSettled) {
            known.put(name, after);
            changed.set(true);
        } else if (before != null) {
            known.remove(name);
            changed.set(true);
        }
        return Optional.of(current(entry));
    }

    /** A comparison or a search may go on with its result in place. */
    private static Entry current(Entry entry) {
        return isOfMany(entry) && FolderReader.isGoingOn(entry.folder())
                ? entry.with(State.of(RunStatus.GOING_ON))
                : entry;
    }

    private static boolean isOfMany(Entry entry) {
        return entry.kind() == Kind.COMPARISON || entry.kind() == Kind.SEARCH;
    }

    private static boolean leadsToFolder(Path link) {
        try {
            return RegularFiles.attributes(link.toRealPath()).isDirectory();
        } catch (IOException e) {
            return false;
        }
    }

    private static Entry link(Path folder, String name, Instant changed) {
        return new Entry(
                name,
                folder,
                Kind.OTHER,
                changed,
                new State(State.FOREIGN, "a link, which is not followed"),
                Outcome.NONE,
                RunTags.NONE,
                Map.of());
    }
}
