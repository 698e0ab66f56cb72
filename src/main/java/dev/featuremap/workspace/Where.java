package dev.featuremap.workspace;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** A question that an {@link Entry} answers with yes or no, as {@link WhereParser} reads it. */
public sealed interface Where {
    /**
     * Reads a question such as {@code accuracy > 0.99 and not loss = mse}.
     *
     * @throws dev.featuremap.Failure (usage) with a {@link MisreadException} that points at the place as its cause
     */
    static Where parse(String text) {
        return new WhereParser(text).parse();
    }

    /**
     * Whether an entry is asked for.
     *
     * @param now what an age counts to
     */
    boolean matches(Entry entry, Instant now);

    /** All of some. */
    record And(List<Where> parts) implements Where {
        @Override
        public boolean matches(Entry entry, Instant now) {
            return parts.stream().allMatch(part -> part.matches(entry, now));
        }
    }

    /** Any of some. */
    record Or(List<Where> parts) implements Where {
        @Override
        public boolean matches(Entry entry, Instant now) {
            return parts.stream().anyMatch(part -> part.matches(entry, now));
        }
    }

    /** The contrary. */
    record Not(Where part) implements Where {
        @Override
        public boolean matches(Entry entry, Instant now) {
            return !part.matches(entry, now);
        }
    }

    /** How two values are held against each other. */
    enum Operator {
        EQUAL("="),
        UNEQUAL("!="),
        LESS("<"),
        AT_MOST("<="),
        GREATER(">"),
        AT_LEAST(">="),
        CONTAINS("~");

        final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        boolean isOfOrder() {
            return this == LESS || this == AT_MOST || this == GREATER || this == AT_LEAST;
        }

        boolean holds(double one, double other) {
            return switch (this) {
                case EQUAL -> one == other;
                case UNEQUAL -> one != other;
                case LESS -> one < other;
                case AT_MOST -> one <= other;
                case GREATER -> one > other;
                case AT_LEAST -> one >= other;
                case CONTAINS -> false;
            };
        }
    }

    /** A number against one; false where the entry has none. */
    record OfNumber(EntryKey key, Operator operator, double value) implements Where {
        @Override
        public boolean matches(Entry entry, Instant now) {
            Double there = key.number(entry, now);
            return there != null && operator.holds(there, value);
        }
    }

    /** A text against one; false where the entry has none. Of several texts, any may be equal or contain it; none is, for unequal. */
    record OfText(EntryKey key, Operator operator, String value) implements Where {
        @Override
        public boolean matches(Entry entry, Instant now) {
            List<String> there = key.texts(entry);
            return switch (operator) {
                case EQUAL -> there.contains(value);
                case UNEQUAL -> (key.type() == EntryKey.Type.TEXTS || !there.isEmpty()) && !there.contains(value);
                default -> {
                    String part = value.toLowerCase(Locale.ROOT);
                    yield there.stream()
                            .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(part));
                }
            };
        }
    }
}
