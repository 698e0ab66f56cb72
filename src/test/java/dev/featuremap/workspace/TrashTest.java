package dev.featuremap.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.featuremap.Failure;
import dev.featuremap.run.DirectoryLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrashTest {
    @TempDir
    Path runs;

    @Test
    void givesBackWhatWasRemoved() {
        Path run = WrittenRuns.ended(runs.resolve("a"), 90).path();
        Entry before = new RunsFolder(runs).entries(false).get(0);
        Trash trash = new Trash(runs);

        assertThat(trash.remove(run)).isEqualTo(runs.resolve(".trash/a"));
        assertThat(new RunsFolder(runs).entries(false)).isEmpty();
        assertThat(trash.restore("a")).isEqualTo(run);

        Entry after = new RunsFolder(runs).entries(false).get(0);
        assertThat(after).isEqualTo(before);
    }

    @Test
    void keepsSeveralOfOneName() {
        Trash trash = new Trash(runs);
        trash.remove(WrittenRuns.ended(runs.resolve("a"), 90).path());
        Path second = trash.remove(WrittenRuns.ended(runs.resolve("a"), 80).path());

        assertThat(second).isEqualTo(runs.resolve(".trash/a-2"));
        assertThat(trash.content()).hasSize(2);
        trash.empty();
        assertThat(trash.content()).isEmpty();
    }

    @Test
    void refusesARunThatIsBeingTrained() {
        Path run = WrittenRuns.ended(runs.resolve("a"), 90).path();

        try (DirectoryLock held = DirectoryLock.of(run)) {
            Failure failure = catchThrowableOfType(Failure.class, () -> new Trash(runs).remove(run));
            assertThat(failure.getMessage()).contains("is in use by process");
        }
        assertThat(run).exists();
    }

    @Test
    void refusesWhatIsNotRightInTheFolderOfRuns() throws IOException {
        Path inside = Files.createDirectories(runs.resolve("compare/mse"));
        Path link = Files.createSymbolicLink(runs.resolve("link"), inside);

        for (Path other : new Path[] {inside, runs, runs.resolve("nothing"), runs.resolve("../x"), link}) {
            assertThat(catchThrowableOfType(Failure.class, () -> new Trash(runs).remove(other)))
                    .as(other.toString())
                    .isNotNull();
        }
        assertThat(inside).exists();
    }

    @Test
    void tellsBeforehandWhatCannotBeMoved() {
        Path run = WrittenRuns.ended(runs.resolve("a"), 90).path();
        Trash trash = new Trash(runs);
        assertThatCode(() -> trash.requireRemovable(run)).doesNotThrowAnyException();
        try (DirectoryLock held = DirectoryLock.of(run)) {
            assertThat(catchThrowableOfType(Failure.class, () -> trash.requireRemovable(run)))
                    .isNotNull();
        }
        assertThat(catchThrowableOfType(Failure.class, () -> trash.requireRemovable(runs.resolve("b"))))
                .isNotNull();
        assertThat(catchThrowableOfType(Failure.class, () -> trash.requireRestorable("a")))
                .isNotNull();
        trash.remove(run);
        assertThatCode(() -> trash.requireRestorable("a")).doesNotThrowAnyException();
    }

    @Test
    void restoresOverNothing() {
        Trash trash = new Trash(runs);
        trash.remove(WrittenRuns.ended(runs.resolve("a"), 90).path());
        WrittenRuns.ended(runs.resolve("a"), 80);

        assertThat(catchThrowableOfType(Failure.class, () -> trash.restore("a")).getMessage())
                .contains("is there already");
        assertThat(catchThrowableOfType(Failure.class, () -> trash.restore("../a"))
                        .remedy())
                .isEqualTo("name one of a");
    }
}
