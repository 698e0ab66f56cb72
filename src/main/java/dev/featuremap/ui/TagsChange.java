package dev.featuremap.ui;

import dev.featuremap.run.Json;
import dev.featuremap.run.RunTags;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a page changes of the tags and the note of a run, a comparison or a search; what is null stays.
 *
 * @param add further tags
 * @param remove some of those there are
 * @param tags in the place of those there are
 */
record TagsChange(List<String> add, List<String> remove, List<String> tags, String note) {
    /** @throws Refusal (400) when it is none */
    static TagsChange of(byte[] json) {
        TagsChange change;
        try {
            change = Json.read(json, TagsChange.class);
        } catch (IOException e) {
            throw none();
        }
        List<List<String>> lists = Stream.of(change.add, change.remove, change.tags)
                .filter(Objects::nonNull)
                .toList();
        if ((lists.isEmpty() && change.note == null) || lists.stream().anyMatch(list -> list.contains(null))) {
            throw none();
        }
        return change;
    }

    private static Refusal none() {
        return new Refusal(
                400,
                "the body tells of no tags",
                "send {\"add\": [..], \"remove\": [..]} or {\"tags\": [..], \"note\": \"..\"}, with texts in the lists");
    }

    /** Makes it in a folder; what is there then. */
    RunTags made(Path folder) {
        return RunTags.change(folder, before -> {
            RunTags after = tags == null ? before : RunTags.NONE.with(tags).noted(before.note());
            after = remove == null ? after : after.without(remove);
            after = add == null ? after : after.with(add);
            return note == null ? after : after.noted(note);
        });
    }
}
