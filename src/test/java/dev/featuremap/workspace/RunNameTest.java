package dev.featuremap.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.featuremap.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunNameTest {
    @TempDir
    Path runs;

    private Path first;
    private Path second;

    @BeforeEach
    void writeTwo() {
        first = WrittenRuns.ended(runs.resolve("20260101-000000-letters-1"), 95).path();
        second =
                WrittenRuns.ended(runs.resolve("20260202-000000-letters-1"), 90).path();
    }

    @Test
    void findsARunByItsFolderOrItsName() {
        assertThat(find(first.toString())).isEqualTo(first);
        assertThat(find("20260101-000000-letters-1")).isEqualTo(first);
    }

    @Test
    void findsARunByTheBeginningThatOnlyItsNameHas() {
        assertThat(find("202602")).isEqualTo(second);
    }

    @Test
    void namesTheCandidatesOfABeginningThatSeveralHave() {
        Failure failure = catchThrowableOfType(Failure.class, () -> find("2026"));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
        assertThat(failure.getMessage())
                .contains("2026 is the beginning of 2 names", "20260101-000000-letters-1, 20260202-000000-letters-1");
    }

    @Test
    void findsTheLatestAndTheBest() {
        assertThat(find("latest")).isEqualTo(second);
        assertThat(find("best:accuracy")).isEqualTo(first);
        assertThat(find("best:loss")).isEqualTo(first);
    }

    @Test
    void findsAFolderOfSuchANameFirst() throws IOException {
        assertThat(find("latest")).isEqualTo(second);
        assertThat(find(Files.createDirectory(runs.resolve("latest"))
                        .getFileName()
                        .toString()))
                .isEqualTo(runs.resolve("latest"));
        assertThat(find("best:accuracy")).isEqualTo(first);
        Files.createDirectory(runs.resolve("best:accuracy"));
        assertThat(find("best:accuracy")).isEqualTo(runs.resolve("best:accuracy"));
    }

    @Test
    void refusesAMetricThatIsNone() {
        Failure failure = catchThrowableOfType(Failure.class, () -> find("best:acuracy"));

        assertThat(failure.getMessage()).contains("acuracy is no metric; did you mean accuracy?");
        assertThat(catchThrowableOfType(Failure.class, () -> find("best:")))
                .hasMessage("best:: the metric is missing")
                .returns("write best: and one of loss, accuracy, mse, mae, r2", Failure::remedy);
        assertThat(catchThrowableOfType(Failure.class, () -> find("best:r2")).getMessage())
                .contains("holds no run with a test r2");
    }

    @Test
    void leavesWhatNamesNothingAsItIs() {
        assertThat(find("nothing")).isEqualTo(Path.of("nothing"));
        assertThat(find("../2026")).isEqualTo(Path.of("../2026"));
        assertThat(find("")).isEqualTo(Path.of(""));
    }

    @Test
    void looksForNoRunInTheTrash() {
        new Trash(runs).remove(first);

        assertThat(find("2026")).isEqualTo(second);
        assertThat(find(".tr")).isEqualTo(Path.of(".tr"));
    }

    private Path find(String name) {
        return new RunName(new RunsFolder(runs)).find(name);
    }
}
