package dev.featuremap.workspace;

import dev.featuremap.Printable;

/** Where a question cannot be read: the cause of the failure that says why. */
public final class MisreadException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    /** How much of a question is shown before and after the place. */
    private static final int SHOWN = 30;

    private final String question;
    private final int place;

    /** @param place of the first character that is wrong, from 0 */
    MisreadException(String question, int place) {
        super("at character " + (place + 1), null, false, false);
        this.question = question;
        this.place = place;
    }

    /** From 0; the question's length where something is missing at its end. */
    public int place() {
        return place;
    }

    /** Two lines: the question, or of a long one what is around the place, and a mark below that. */
    public String pointing() {
        int from = Math.max(0, place - SHOWN);
        int to = Math.min(question.length(), place + SHOWN);
        String before = (from > 0 ? "…" : "") + Printable.line(question.substring(from, place));
        String after = Printable.line(question.substring(place, to)) + (to < question.length() ? "…" : "");
        return "  " + before + after + "\n  " + " ".repeat(before.codePointCount(0, before.length())) + "^";
    }
}
