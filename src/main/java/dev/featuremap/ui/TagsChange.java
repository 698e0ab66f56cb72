package dev.featuremap.ui;

import dev.featuremap.run.Json;
import dev.featuremap.run.RunTags;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a page changes of the tags and the note of a run, a comparison or a search; what is null stays.
 *
 * @param add further tags
 * @param tags in the place of those there are
 */
record TagsChange(List<String> add, List<String> tags, String note) {
    /** @throws Refusal (400) when it is none */
    static TagsChange of(byte[] json) {
        TagsChange change;
        try {
            change = Json.read(json, TagsChange.class);
        } catch (IOException e) {
            throw none();
        }
        if (change.add == null && change.tags == null && change.note == null) {
            throw none();
        }
        return change;
    }

    private static Refusal none() {
        return new Refusal(
                400, "the body tells of no tags", "send {\"add\": [..]} or {\"tags\": [..], \"note\": \"..\"}");
    }

    /** Makes it in a folder; what is there then. */
    RunTags made(Path folder) {
        RunTags before = RunTags.of(folder);
        RunTags after = tags == null ? before : RunTags.NONE.with(tags).noted(before.note());
        after = add == null ? after : after.with(add);
        after = note == null ? after : after.noted(note);
        after.write(folder);
        return after;
    }
}
