package dev.featuremap.cli;

import java.util.Iterator;
import java.util.stream.Stream;

/** What a shell completes {@code key=value} with: the keys that have no place in a list, each with its equals sign. */
abstract class KeyCandidates implements Iterable<String> {
    private final FileKind kind;
    private final String prefix;

    private KeyCandidates(FileKind kind, String prefix) {
        this.kind = kind;
        this.prefix = prefix;
    }

    @Override
    public Iterator<String> iterator() {
        return Stream.concat(keys(FileKind.EXPERIMENT, ""), keys(kind, prefix))
                .distinct()
                .iterator();
    }

    private static Stream<String> keys(FileKind kind, String prefix) {
        return kind.keys().stream().map(key -> prefix + key.path() + "=").filter(key -> !key.contains("[]"));
    }

    static final class OfExperiment extends KeyCandidates {
        OfExperiment() {
            super(FileKind.EXPERIMENT, "");
        }
    }

    static final class OfComparison extends KeyCandidates {
        OfComparison() {
            super(FileKind.COMPARE, "comparison.");
        }
    }

    static final class OfSearch extends KeyCandidates {
        OfSearch() {
            super(FileKind.TUNE, "tune.");
        }
    }
}
