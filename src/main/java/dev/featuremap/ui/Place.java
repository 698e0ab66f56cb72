package dev.featuremap.ui;

import dev.featuremap.Failure;
import dev.featuremap.RegularFiles;
import dev.featuremap.run.ComparisonDirectory;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.TuningDirectory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The folder of a run, a comparison or a search below the runs' folder, as an address names it: a name for each folder on the way.
 * Nothing else can be named: no other folder, nothing hidden, nothing outside, nothing behind a link.
 */
record Place(List<String> names, Path folder) {
    /** @throws Refusal (404) when nothing of the kind is there */
    static Place of(Path runs, List<String> names) {
        Path folder = runs;
        for (String name : names) {
            folder = folder.resolve(checked(name, names));
        }
        // Asked from the top, so that none of them is behind a link; what is none of ours is told as what is not there.
        if (names.isEmpty() || !isFolder(folder) || !isOurs(folder)) {
            throw missing(names);
        }
        return new Place(List.copyOf(names), folder);
    }

    private static String checked(String name, List<String> names) {
        try {
            Path path = Path.of(name);
            boolean one = path.getNameCount() == 1
                    && !path.isAbsolute()
                    && path.toString().equals(name);
            if (one && !name.isEmpty() && !name.startsWith(".")) {
                return name;
            }
        } catch (InvalidPathException e) {
            // Said below.
        }
        throw missing(names);
    }

    private static boolean isFolder(Path folder) {
        try {
            return RegularFiles.isFolder(folder);
        } catch (Failure other) {
            return false;
        }
    }

    private static boolean isOurs(Path folder) {
        return RunDirectory.begun(folder).isPresent()
                || RegularFiles.isFile(folder.resolve(ComparisonDirectory.COMPARISON))
                || RegularFiles.isFile(folder.resolve(TuningDirectory.TUNING));
    }

    private static Refusal missing(List<String> names) {
        return new Refusal(
                404,
                "no run, comparison or search is called " + String.join("/", names),
                "the address / lists those that there are");
    }

    String name() {
        return String.join("/", names);
    }

    /** The address of its page on this server. */
    String link() {
        return link(names);
    }

    static String link(List<String> names) {
        return names.stream()
                .map(name ->
                        "/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("", "/runs", ""));
    }

    /** The run; empty for a comparison and a search. */
    Optional<RunDirectory> run() {
        return RunDirectory.begun(folder);
    }

    /** @throws Refusal (400) for a comparison and a search */
    RunDirectory requireRun() {
        return run().orElseThrow(
                        () -> new Refusal(400, name() + " is a comparison or a search", "name one of the runs in it"));
    }
}
