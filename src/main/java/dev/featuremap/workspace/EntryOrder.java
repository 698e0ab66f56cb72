package dev.featuremap.workspace;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Orders entries by a key; those without come last, equal ones newest first. */
public final class EntryOrder {
    private EntryOrder() {}

    /**
     * The order that is asked for.
     *
     * @param written a key; with {@code -} before it the greatest first
     * @throws dev.featuremap.Failure (usage) when there is no such key
     */
    public static Comparator<Entry> parse(String written, Instant now) {
        boolean isDescending = written.startsWith("-");
        EntryKey key = EntryKey.of(isDescending ? written.substring(1) : written, true);
        return key.isOfNumbers()
                ? by(entry -> key.number(entry, now), isDescending)
                : by(entry -> text(key.texts(entry)), isDescending);
    }

    private static String text(List<String> texts) {
        String text = String.join(" ", texts);
        return text.isEmpty() ? null : text;
    }

    private static <T extends Comparable<T>> Comparator<Entry> by(Function<Entry, T> value, boolean isDescending) {
        Comparator<T> order = isDescending ? Comparator.reverseOrder() : Comparator.naturalOrder();
        return Comparator.comparing(value, Comparator.nullsLast(order)).thenComparing(RunsFolder.NEWEST_FIRST);
    }
}
