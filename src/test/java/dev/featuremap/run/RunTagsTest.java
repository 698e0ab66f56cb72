package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.featuremap.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunTagsTest {
    @TempDir
    Path folder;

    @Test
    void readsBackWhatWasWritten() {
        RunTags tags = RunTags.NONE.with(List.of("b", "a", "字", "b")).noted(" a note\nof two lines ");
        tags.write(folder);

        assertThat(RunTags.of(folder)).isEqualTo(tags);
        assertThat(tags.tags()).containsExactly("a", "b", "字");
        assertThat(tags.note()).isEqualTo("a note\nof two lines");
        assertThat(tags.without(List.of("a", "none")).tags()).containsExactly("b", "字");
    }

    @Test
    void keepsEveryTagOfManyAddedAtOnce() {
        List<String> tags = IntStream.range(0, 100).mapToObj(i -> "t" + i).toList();
        tags.parallelStream().forEach(tag -> RunTags.change(folder, before -> before.with(List.of(tag))));

        assertThat(RunTags.of(folder).tags()).containsExactlyInAnyOrderElementsOf(tags);
    }

    @Test
    void isNothingWhereNoneWasWritten() {
        assertThat(RunTags.of(folder)).isEqualTo(RunTags.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "-a", ".a", "a\u001b[31m", "a,b"})
    void refusesWhatIsNoTag(String tag) {
        assertThat(catchThrowableOfType(Failure.class, () -> RunTags.NONE.with(List.of(tag)))
                        .kind())
                .isEqualTo(Failure.Kind.USAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{\"tags\": [\"a b\"]}", "{\"tags\": \"a\"}", "{\"tags\": [null]}", "{\"note\": {}}"})
    void refusesAFileThatIsNotOne(String text) throws IOException {
        Files.writeString(folder.resolve(RunTags.FILE), text);

        assertThat(catchThrowableOfType(Failure.class, () -> RunTags.of(folder)).kind())
                .isEqualTo(Failure.Kind.MODEL);
    }
}
