package dev.featuremap.workspace;

import dev.featuremap.AtomicFiles;
import dev.featuremap.Failure;
import dev.featuremap.RegularFiles;
import dev.featuremap.experiment.PrintedValues;
import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.ComparisonDirectory;
import dev.featuremap.run.ComparisonResult;
import dev.featuremap.run.ComparisonResult.Summary;
import dev.featuremap.run.DirectoryLock;
import dev.featuremap.run.Figures;
import dev.featuremap.run.Json;
import dev.featuremap.run.MetricsRow;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunStatus;
import dev.featuremap.run.RunSummary;
import dev.featuremap.run.RunTags;
import dev.featuremap.run.TuningDirectory;
import dev.featuremap.run.TuningResult;
import dev.featuremap.run.Workspace;
import dev.featuremap.workspace.Entry.Kind;
import dev.featuremap.workspace.Entry.Outcome;
import dev.featuremap.workspace.Entry.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads what a folder holds into an {@link Entry}; whatever is in it, an entry comes of it. */
final class FolderReader {
    private static final int MOST_BYTES = 1 << 20;

    private final PrintedValues printed = new PrintedValues();

    /** When {@code provenance.json} says that the run was begun. */
    private record Start(String start) {}

    /** The files that an entry comes from: first what the folder is, then what came of it. */
    static List<String> files(Path folder, Kind kind) {
        return switch (kind) {
            case RUN ->
                moment(folder).isPresent()
                        ? List.of(first(kind), RunDirectory.RESULT, RunTags.FILE)
                        : List.of(first(kind), RunDirectory.RESULT, RunTags.FILE, RunDirectory.PROVENANCE);
            case COMPARISON -> List.of(first(kind), ComparisonDirectory.RESULT, RunTags.FILE);
            case SEARCH -> List.of(first(kind), TuningDirectory.RESULT, RunTags.FILE);
            case OTHER -> List.of();
        };
    }

    private static String first(Kind kind) {
        return switch (kind) {
            case RUN -> RunDirectory.EXPERIMENT;
            case COMPARISON -> ComparisonDirectory.COMPARISON;
            case SEARCH -> TuningDirectory.TUNING;
            case OTHER -> ".";
        };
    }

    /** When it was begun, as far as its name tells. */
    private static Optional<Instant> moment(Path folder) {
        return Workspace.moment(folder.getFileName().toString());
    }

    /** Which kind of folder it seems to be. */
    static Kind kind(Path folder) {
        for (Kind kind : Kind.values()) {
            if (kind != Kind.OTHER && RegularFiles.exists(folder.resolve(first(kind)))) {
                return kind;
            }
        }
        return Kind.OTHER;
    }

    Entry read(Path folder, String name, Kind kind) {
        Instant created = moment(folder).orElseGet(() -> changed(folder, kind));
        Entry bare = new Entry(
                name, folder, kind, created, new State(State.FOREIGN, null), Outcome.NONE, RunTags.NONE, Map.of());
        if (kind == Kind.OTHER) {
            return bare;
        }
        Reading reading = new Reading(bare);
        try {
            reading.read();
        } catch (Failure e) {
            reading.fault = e.getMessage();
        } catch (IOException e) {
            reading.fault = AtomicFiles.reason(e);
        } catch (IllegalArgumentException | DateTimeException e) {
            reading.fault = String.valueOf(e.getMessage());
        }
        return reading.entry();
    }

    /** Whether the folder is at work for a process: a run, a comparison or a search that is going on. */
    static boolean isGoingOn(Path folder) {
        try {
            return DirectoryLock.owner(folder).isPresent();
        } catch (Failure e) {
            return false; // No file of ours is there.
        }
    }

    /** When the folder's first file was last written. */
    private static Instant changed(Path folder, Kind kind) {
        return Optional.ofNullable(RegularFiles.attributes(folder.resolve(first(kind))))
                .map(there -> there.lastModifiedTime().toInstant())
                .orElse(Instant.EPOCH);
    }

    /** What is known of a folder so far: a fault ends the reading, not what was read. */
    private final class Reading {
        private final Entry bare;
        private final Path folder;
        private Instant created;
        private String status = State.DAMAGED;
        private String fault;
        private Outcome outcome = Outcome.NONE;
        private RunTags tags = RunTags.NONE;
        private Map<String, String> settings = Map.of();

        private Reading(Entry bare) {
            this.bare = bare;
            this.folder = bare.folder();
            this.created = bare.created();
        }

        private Entry entry() {
            State state = new State(fault == null ? status : State.DAMAGED, fault);
            return new Entry(bare.name(), folder, bare.kind(), created, state, outcome, tags, settings);
        }

        private void read() throws IOException {
            tags = RunTags.of(folder);
            switch (bare.kind()) {
                case RUN -> readRun();
                case COMPARISON -> readComparison();
                default -> readSearch();
            }
        }

        private void readRun() throws IOException {
            Path file = folder.resolve(RunDirectory.EXPERIMENT);
            settings = printed.of(
                    new String(RegularFiles.read(file, MOST_BYTES), StandardCharsets.UTF_8), file.toString());
            if (!RegularFiles.isFile(folder.resolve(RunDirectory.RESULT))) {
                readUnfinished();
                return;
            }
            RunSummary result = Json.read(folder.resolve(RunDirectory.RESULT), RunSummary.class);
            Map<String, Double> metrics = new LinkedHashMap<>();
            add(metrics, "", result.scores());
            add(metrics, "test.", result.test());
            add(metrics, "validation.", result.validation());
            outcome = new Outcome(
                    result.epochs(),
                    result.training().seconds(),
                    result.training().engine(),
                    metrics);
            status = result.status().word();
            Path provenance = folder.resolve(RunDirectory.PROVENANCE);
            if (moment(folder).isEmpty() && RegularFiles.isFile(provenance)) {
                created = Instant.parse(
                        String.valueOf(Json.read(provenance, Start.class).start()));
            }
        }

        private void readUnfinished() {
            List<MetricsRow> epochs = RunDirectory.begun(folder).stream()
                    .flatMap(run -> run.metricsRows().stream())
                    .filter(MetricsRow::isTrain)
                    .toList();
            outcome = new Outcome(
                    epochs.size(),
                    epochs.stream().mapToDouble(MetricsRow::seconds).sum(),
                    settings.get("training.engine"),
                    Map.of());
            status = unfinished();
        }

        private String unfinished() {
            return RunStatus.withoutResult(isGoingOn(folder)).word();
        }

        private void readComparison() {
            ComparisonDirectory comparison = new ComparisonDirectory(folder);
            if (!RegularFiles.isFile(folder.resolve(ComparisonDirectory.COMPARISON)) || !comparison.hasResult()) {
                status = unfinished();
                return;
            }
            ComparisonResult result = comparison.result();
            outcome = new Outcome(null, null, null, best(result));
            status = RunStatus.DONE.word();
        }

        private void readSearch() {
            TuningDirectory search = new TuningDirectory(folder);
            if (!RegularFiles.isFile(folder.resolve(TuningDirectory.TUNING)) || !search.hasResult()) {
                status = unfinished();
                return;
            }
            TuningResult result = search.result();
            Map<String, Double> metrics = new LinkedHashMap<>();
            add(metrics, "", result.best().test());
            outcome = new Outcome(null, null, null, metrics);
            status = RunStatus.DONE.word();
        }
    }

    private static void add(Map<String, Double> metrics, String prefix, Figures figures) {
        if (figures != null) {
            for (Metric metric : Metric.values()) {
                OptionalDouble value = figures.value(metric);
                if (value.isPresent() && Double.isFinite(value.getAsDouble())) {
                    metrics.put(prefix + metric.word(), value.getAsDouble());
                }
            }
        }
    }

    /** The means of the member with the best mean in the ranking metric. */
    private static Map<String, Double> best(ComparisonResult result) {
        Map<String, Double> means = new LinkedHashMap<>();
        String ranking = result.ranking();
        boolean higher =
                Metric.valueOf(ranking.toUpperCase(java.util.Locale.ROOT)).isBetterWhenHigher();
        Comparator<ComparisonResult.Member> byMean = Comparator.comparingDouble(
                member -> member.summary().get(ranking).mean());
        result.members().stream()
                .filter(member -> member.summary().get(ranking) != null)
                .max(higher ? byMean : byMean.reversed())
                .ifPresent(member -> member.summary().forEach((metric, summary) -> means.put(metric, mean(summary))));
        return means;
    }

    private static double mean(Summary summary) {
        return summary.mean();
    }
}
