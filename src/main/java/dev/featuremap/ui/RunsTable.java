package dev.featuremap.ui;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.featuremap.workspace.Changes;
import dev.featuremap.workspace.Entry;
import dev.featuremap.workspace.EntryOrder;
import dev.featuremap.workspace.RunsFolder;
import dev.featuremap.workspace.SeedGroup;
import dev.featuremap.workspace.Where;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table of runs as pages ask for it: filtered, sorted, a part of it, or grouped over seeds. */
final class RunsTable {
    private static final int MOST_ROWS = 1000;

    private final RunsFolder folder;

    RunsTable(RunsFolder folder) {
        this.folder = folder;
    }

    /**
     * @param version what the asker sends again to be told only of what is new
     * @param total how many there are
     * @param matching how many of them are asked for
     * @param rows those of the part that is asked for; null where groups are
     * @param status of the comparison or search whose runs are asked for; else null
     */
    @JsonInclude(Include.NON_NULL)
    record Told(String version, int total, int matching, List<Row> rows, List<Group> groups, String status) {}

    /** @param changed what it sets differently from other groups */
    record Group(@JsonUnwrapped SeedGroup group, Map<String, String> changed) {
        static List<Group> all(List<SeedGroup> groups) {
            List<String> keys =
                    Changes.keys(groups.stream().map(SeedGroup::settings).toList());
            return groups.stream()
                    .map(group -> {
                        Map<String, String> changed = new LinkedHashMap<>(group.settings());
                        changed.keySet().retainAll(keys);
                        return new Group(group, changed);
                    })
                    .toList();
        }
    }

    /** One run, comparison or search, as a row has it. */
    @JsonInclude(Include.NON_NULL)
    record Row(
            String name,
            String kind,
            String created,
            String status,
            String fault,
            Long seed,
            Integer epochs,
            Map<String, Double> metrics,
            Double seconds,
            String engine,
            List<String> tags,
            String note) {
        static Row of(Entry entry) {
            return new Row(
                    entry.name(),
                    entry.kind().word(),
                    entry.created().toString(),
                    entry.status(),
                    entry.state().fault(),
                    entry.seed(),
                    entry.outcome().epochs(),
                    entry.outcome().metrics(),
                    entry.outcome().seconds(),
                    entry.outcome().engine(),
                    entry.tags().tags(),
                    entry.tags().note());
        }
    }

    /**
     * The part that is asked for.
     *
     * @return empty when it is what the asker knows already
     * @throws dev.featuremap.Failure (usage) pointing at what is wrong in the question
     */
    Optional<Told> read(Asked asked) {
        asked.requireOnly("where", "sort", "limit", "offset", "all", "within", "by", "known");
        String by = asked.query("by", "");
        boolean grouped = by.equals("seed");
        if (!grouped && !by.isEmpty()) {
            throw new Refusal(400, "by is " + by, "write by=seed, or leave it out");
        }
        Instant now = Instant.now();
        Optional<Where> where = Optional.of(asked.query("where", ""))
                .filter(text -> !text.isBlank())
                .map(Where::parse);
        Comparator<Entry> order = Optional.of(asked.query("sort", ""))
                .filter(text -> !text.isBlank())
                .map(sort -> EntryOrder.parse(sort, now))
                .orElse(RunsFolder.NEWEST_FIRST);
        String within = asked.query("within", "");
        List<Entry> all =
                folder.entries(!within.isEmpty() || !asked.query("all", "").isEmpty());
        List<Entry> matching = all.stream()
                .filter(entry -> within.isEmpty() || entry.name().startsWith(within + "/"))
                .filter(entry -> where.map(each -> each.matches(entry, now)).orElse(true))
                .sorted(order)
                .toList();
        List<Row> rows = grouped
                ? null
                : matching.stream()
                        .skip(number(asked, "offset", 0))
                        .limit(Math.min(MOST_ROWS, number(asked, "limit", MOST_ROWS)))
                        .map(Row::of)
                        .toList();
        List<Group> groups = grouped ? Group.all(SeedGroup.of(matching)) : null;
        String status = all.stream()
                .filter(entry -> entry.name().equals(within))
                .map(Entry::status)
                .findFirst()
                .orElse(null);
        Told told = new Told("", all.size(), matching.size(), rows, groups, status);
        String version = Integer.toHexString(told.hashCode());
        return version.equals(asked.query("known", ""))
                ? Optional.empty()
                : Optional.of(new Told(version, all.size(), matching.size(), rows, groups, status));
    }

    private static int number(Asked asked, String name, int without) {
        String text = asked.query(name, Integer.toString(without));
        if (!text.matches("\\d{1,9}")) {
            throw new Refusal(400, name + " is " + text, "name a whole number");
        }
        return Integer.parseInt(text);
    }
}
