package dev.featuremap.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.featuremap.AtomicFiles;
import dev.featuremap.Failure;
import dev.featuremap.RegularFiles;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * {@code tags.json}: what a user says of a run, a comparison or a search. Nothing else follows from it.
 *
 * @param tags words, each once, sorted
 * @param note a text; empty where there is none
 */
@JsonInclude(Include.NON_EMPTY)
public record RunTags(List<String> tags, String note) {
    /** The file in the folder of a run, a comparison or a search. */
    public static final String FILE = "tags.json";

    /** No word on it. */
    public static final RunTags NONE = new RunTags(List.of(), "");

    private static final int MOST_TAGS = 100;
    private static final int LONGEST_NOTE = 10_000;
    private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_.:/-]{0,63}");

    public RunTags {
        tags = tags == null ? List.of() : List.copyOf(new TreeSet<>(tags));
        note = note == null ? "" : note.strip();
        tags.stream().filter(Predicate.not(RunTags::isTag)).findFirst().ifPresent(bad -> {
            throw new IllegalArgumentException("'" + bad + "' is no tag");
        });
        if (tags.size() > MOST_TAGS || note.length() > LONGEST_NOTE) {
            throw new IllegalArgumentException("more than " + MOST_TAGS + " tags or " + LONGEST_NOTE + " characters");
        }
    }

    private static boolean isTag(String word) {
        return TAG.matcher(word).matches();
    }

    /**
     * Those of a folder, {@link #NONE} where it has none.
     *
     * @throws Failure (model) when its {@code tags.json} is not one
     */
    public static RunTags of(Path folder) {
        Path file = folder.resolve(FILE);
        return RegularFiles.isFile(file)
                ? RunDirectory.read(file, RunTags.class, "mend it, or remove it: nothing else is lost with it")
                : NONE;
    }

    /**
     * Makes them a folder's.
     *
     * @throws Failure (environment) when they cannot be written
     */
    public void write(Path folder) {
        AtomicFiles.write(folder.resolve(FILE), Json.write(this));
    }

    /**
     * Changes those of a folder, after every change that this process has begun before.
     *
     * @return what is there then
     * @throws Failure (model) when its {@code tags.json} is none, (environment) when they cannot be written
     */
    public static synchronized RunTags change(Path folder, UnaryOperator<RunTags> change) {
        RunTags after = change.apply(of(folder));
        after.write(folder);
        return after;
    }

    /**
     * With further tags.
     *
     * @throws Failure (usage) when one is none, or they become too many
     */
    public RunTags with(Collection<String> more) {
        more.stream().filter(Predicate.not(RunTags::isTag)).findFirst().ifPresent(bad -> {
            throw Failure.usage(
                    "'" + bad + "' is no tag",
                    "a tag is a word of letters, digits and _ . : / - of at most 64 characters, which begins with none of the last four");
        });
        TreeSet<String> all = new TreeSet<>(tags);
        all.addAll(more);
        if (all.size() > MOST_TAGS) {
            throw Failure.usage(
                    "there would be " + all.size() + " tags, more than " + MOST_TAGS, "take some away with untag");
        }
        return new RunTags(List.copyOf(all), note);
    }

    /** Without some tags. */
    public RunTags without(Collection<String> fewer) {
        return new RunTags(tags.stream().filter(tag -> !fewer.contains(tag)).toList(), note);
    }

    /**
     * With another note, empty for none.
     *
     * @throws Failure (usage) when it is too long
     */
    public RunTags noted(String text) {
        if (text.strip().length() > LONGEST_NOTE) {
            throw Failure.usage(
                    "the note has " + text.strip().length() + " characters, more than " + LONGEST_NOTE,
                    "write a shorter one");
        }
        return new RunTags(tags, text);
    }
}
