package dev.featuremap.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.featuremap.Failure;
import dev.featuremap.Printable;
import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.Provenance;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.workspace.Entry;
import dev.featuremap.workspace.Entry.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code runs show} tells of one folder.
 *
 * @param contradiction what does not go together among its files; null where all does, and for all but runs
 * @param provenance null where there is none
 */
@JsonInclude(Include.NON_NULL)
record RunShown(@JsonUnwrapped Entry entry, String runDir, String contradiction, Provenance provenance) {
    static RunShown of(Entry entry) {
        if (entry.kind() == Kind.RUN && entry.state().fault() == null) {
            RunDirectory run = RunDirectory.openBegun(entry.folder());
            try {
                run.requireConsistent();
                return new RunShown(entry, place(entry), null, run.provenance().orElse(null));
            } catch (Failure e) {
                return new RunShown(entry, place(entry), e.getMessage(), null);
            }
        }
        return new RunShown(entry, place(entry), null, null);
    }

    private static String place(Entry entry) {
        return entry.folder().toString();
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
    }

    private static void line(Terminal terminal, String name, Object value) {
        if (value != null && !value.toString().isEmpty()) {
            terminal.print("%-20s %s%n", name, Printable.line(value.toString()));
        }
    }
}
