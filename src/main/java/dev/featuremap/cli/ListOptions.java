package dev.featuremap.cli;

import dev.featuremap.Failure;
import dev.featuremap.run.Csv;
import dev.featuremap.workspace.Changes;
import dev.featuremap.workspace.Entry;
import dev.featuremap.workspace.Entry.Kind;
import dev.featuremap.workspace.EntryOrder;
import dev.featuremap.workspace.MisreadException;
import dev.featuremap.workspace.RunsFolder;
import dev.featuremap.workspace.SeedGroup;
import dev.featuremap.workspace.Where;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Which runs are listed, and how. */
final class ListOptions {
    @Option(
            names = "--where",
            paramLabel = "QUESTION",
            description = {
                "only those of which this is true, such as 'accuracy > 0.99 and loss = mse': any key of an experiment, a",
                "metric, status, age, name, tags ...; and, or, not, ( ), = != < <= > >= and ~ (contains)"
            })
    private String where;

    @Option(
            names = "--sort",
            paramLabel = "KEY",
            description = "by a key, such as loss; -KEY: the greatest first; default: the newest first")
    private String sort;

    @Option(names = "--limit", paramLabel = "N", description = "at most so many")
    private Integer limit;

    @Option(names = "--all", description = "the runs of comparisons and searches too")
    private boolean all;

    @Option(names = "--changed", description = "show the settings in which the listed runs differ")
    private boolean changed;

    @Option(
            names = "--by-seed",
            description = "groups of runs that are equal but for the seed: how many, means, and their 95 %% intervals")
    private boolean bySeed;

    @Option(names = "--csv", description = "print CSV, with all columns")
    private boolean csv;

    @Option(names = "--markdown", description = "print a Markdown table, with all columns")
    private boolean markdown;

    void list(Terminal terminal, CommonOptions common, RunsFolder runs) {
        if (Stream.of(csv, markdown, common.json).filter(form -> form).count() > 1) {
            throw Failure.usage("--csv, --markdown and --json are forms of the same", "give one of them");
        }
        if (limit != null && limit < 1) {
            throw Failure.usage("--limit is " + limit, "give at least 1");
        }
        Instant now = Instant.now();
        Where question = where == null ? null : question(terminal, common);
        List<Entry> entries = runs.entries(all);
        int there = entries.size();
        Stream<Entry> found = entries.stream().filter(entry -> question == null || question.matches(entry, now));
        List<Entry> ordered = (sort == null ? found : found.sorted(EntryOrder.parse(sort, now))).toList();
        if (bySeed) {
            groups(terminal, common, SeedGroup.of(ordered));
            return;
        }
        List<Entry> listed = limited(ordered);
        List<String> keys = changed
                ? Changes.keys(listed.stream()
                        .filter(entry -> entry.kind() == Kind.RUN)
                        .map(Entry::settings)
                        .toList())
                : List.of();
        if (common.json) {
            Map<String, Object> json = new LinkedHashMap<>();
            if (changed) {
                json.put("changed", keys);
            }
            json.put("runs", listed);
            terminal.json(json);
            return;
        }
        print(terminal, RunsTable.of(listed, keys, now));
        if (listed.isEmpty()) {
            terminal.tell("%s: %s%n", runs.path(), there == 0 ? "no runs yet" : "none of " + there + " is so");
        } else if (listed.size() < ordered.size()) {
            common.progress(terminal).tell("%d of %d%n", listed.size(), ordered.size());
        }
    }

    /** One that cannot be read is shown with the place that is wrong. */
    private Where question(Terminal terminal, CommonOptions common) {
        try {
            return Where.parse(where);
        } catch (Failure e) {
            if (!common.json && e.getCause() instanceof MisreadException misread) {
                terminal.err().println(misread.pointing());
            }
            throw e;
        }
    }

    private void groups(Terminal terminal, CommonOptions common, List<SeedGroup> all) {
        List<SeedGroup> groups = limited(all);
        List<String> keys =
                Changes.keys(groups.stream().map(SeedGroup::settings).toList());
        if (common.json) {
            terminal.json(Map.of("groups", groups));
            return;
        }
        print(terminal, RunsTable.of(groups, keys));
        if (groups.isEmpty()) {
            terminal.tell("no runs with scores%n");
        }
    }

    private void print(Terminal terminal, RunsTable table) {
        if (csv) {
            try {
                Csv.write(terminal.out(), table.rows());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        } else if (markdown) {
            terminal.out().print(table.markdown());
        } else {
            table.print(terminal);
        }
    }

    private <T> List<T> limited(List<T> some) {
        return limit == null || limit >= some.size() ? some : some.subList(0, limit);
    }
}
