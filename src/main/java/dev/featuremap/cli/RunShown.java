package dev.featuremap.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.featuremap.Failure;
import dev.featuremap.Printable;
import dev.featuremap.compare.ComparisonConsistency;
import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.ComparisonDirectory;
import dev.featuremap.run.ComparisonResult;
import dev.featuremap.run.Provenance;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.TuningDirectory;
import dev.featuremap.run.TuningResult;
import dev.featuremap.tune.TuningConsistency;
import dev.featuremap.workspace.Entry;
import dev.featuremap.workspace.Entry.Kind;
import dev.featuremap.workspace.RunsFolder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What {@code runs show} tells of one folder.
 *
 * @param contradiction what does not go together among its files; null where all does
 * @param provenance of a run; null where there is none
 * @param runs how many of a comparison's or a search's runs have which status; null for runs
 * @param comparison what came of a comparison; null before that is known, and for all else
 * @param search what came of a search; null likewise
 */
@JsonInclude(Include.NON_NULL)
record RunShown(
        @JsonUnwrapped Entry entry,
        String runDir,
        String contradiction,
        Provenance provenance,
        Map<String, Long> runs,
        ComparisonResult comparison,
        TuningResult search) {
    static RunShown of(Entry entry) {
        Map<String, Long> runs = entry.kind() == Kind.RUN ? null : runs(entry);
        Provenance provenance = null;
        ComparisonResult comparison = null;
        TuningResult search = null;
        String contradiction = null;
        try {
            if (entry.state().fault() == null) {
                switch (entry.kind()) {
                    case RUN -> provenance = provenance(entry);
                    case COMPARISON -> comparison = comparison(entry);
                    default -> search = search(entry);
                }
            }
        } catch (Failure e) {
            contradiction = e.getMessage();
        }
        return new RunShown(entry, entry.folder().toString(), contradiction, provenance, runs, comparison, search);
    }

    private static Provenance provenance(Entry entry) {
        RunDirectory run = RunDirectory.openBegun(entry.folder());
        run.requireConsistent();
        return run.provenance().orElse(null);
    }

    private static ComparisonResult comparison(Entry entry) {
        ComparisonDirectory directory = new ComparisonDirectory(entry.folder());
        return directory.hasResult() ? ComparisonConsistency.require(directory) : null;
    }

    private static TuningResult search(Entry entry) {
        TuningDirectory directory = new TuningDirectory(entry.folder());
        if (!directory.hasResult()) {
            return null;
        }
        TuningConsistency.require(directory);
        return directory.result();
    }

    private static Map<String, Long> runs(Entry entry) {
        return RunDirectory.within(entry.folder()).stream()
                .flatMap(run -> RunsFolder.entry(run.path()).stream())
                .collect(Collectors.groupingBy(Entry::status, TreeMap::new, Collectors.counting()));
    }

    void print(Terminal terminal) {
        line(terminal, "folder", runDir);
        line(terminal, "kind", entry.kind().word());
        line(terminal, "status", entry.status());
        line(terminal, "fault", entry.state().fault());
        line(terminal, "fault", contradiction);
        line(
                terminal,
                "begun",
                entry.created() + ", " + RunsTable.age(Duration.between(entry.created(), Instant.now())) + " ago");
        line(terminal, "tags", String.join(" ", entry.tags().tags()));
        line(terminal, "note", entry.tags().note());
        line(terminal, "runs", runs == null ? null : told(runs));
        line(terminal, "epochs", entry.outcome().epochs());
        line(terminal, "time", RunsTable.time(entry.outcome().seconds()));
        line(terminal, "engine", entry.outcome().engine());
        Map<String, Double> metrics = entry.outcome().metrics();
        for (String split : new String[] {"test.", "validation.", ""}) {
            for (Metric metric : Metric.values()) {
                boolean isToldAbove =
                        split.isEmpty() && metrics.keySet().stream().anyMatch(key -> key.contains("."));
                if (!isToldAbove) {
                    line(
                            terminal,
                            split.replace('.', ' ') + metric.word(),
                            RunsTable.figure(metric, metrics.get(split + metric.word())));
                }
            }
        }
        if (provenance != null) {
            new TreeMap<>(provenance.versions()).forEach((name, version) -> line(terminal, name, version));
            line(
                    terminal,
                    "machine",
                    provenance.machine().cpu() + ", " + provenance.machine().os());
        }
        entry.settings().forEach((key, value) -> line(terminal, key, value));
        if (comparison != null) {
            new ComparisonText(comparison).print(terminal);
        }
        if (search != null) {
            new TuningText(search).print(terminal);
        }
    }

    private static String told(Map<String, Long> runs) {
        return runs.entrySet().stream()
                .map(status -> status.getValue() + " " + status.getKey())
                .collect(Collectors.joining(", "));
    }

    private static void line(Terminal terminal, String name, Object value) {
        if (value != null && !value.toString().isEmpty()) {
            terminal.print("%-20s %s%n", name, Printable.line(value.toString()));
        }
    }
}
