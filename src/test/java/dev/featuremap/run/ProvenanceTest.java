package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.featuremap.Failure;
import dev.featuremap.UserPath;
import dev.featuremap.backend.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenanceTest {
    private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");

    @TempDir
    Path folder;

    @Test
    void tellsVersionsMachineSeedsAndTimes() {
        Provenance made = made(folder);

        assertThat(made.versions())
                .containsOnlyKeys("featuremap", "dl4j", "java")
                .doesNotContainValue("");
        assertThat(made.machine().processors()).isPositive();
        assertThat(made.seeds()).containsEntry("run", "42");
        assertThat(made.start()).isEqualTo("2026-11-24T10:00:00Z");
        assertThat(made.end()).isEqualTo("2026-11-24T10:00:10Z");
        assertThat(made.git()).isNull();
    }

    @Test
    void isReadAsItWasWritten() {
        RunDirectory run = RunDirectory.create(folder.resolve("run"));
        Provenance resumed = made(folder).resumedAt(List.of(3L, 5L));
        run.writeProvenance(resumed);

        assertThat(run.provenance()).contains(resumed);
        assertThat(resumed.resumedAtSteps()).containsExactly(3L, 5L);
        assertThat(made(folder).resumedAt(List.of()).resumedAtSteps()).isNull();
    }

    @Test
    void knowsWhetherExamplesWereHeldOutAsTheyAreNow() {
        Provenance made = made(folder);
        Provenance earlier = new Provenance(
                made.versions(),
                made.backend(),
                made.machine(),
                null,
                made.dataSha256(),
                Map.of("run", "42"),
                null,
                made.start(),
                made.end(),
                null);

        assertThat(made.knowsHeldOut()).isTrue();
        assertThat(earlier.knowsHeldOut()).isFalse();
        assertThat(earlier.precision()).isEqualTo("f32");
    }

    @Test
    void tellsTheCommitOfTheSourcesAndWhetherTheyWereChanged() throws Exception {
        assumeTrue(git("--version") == 0, "there is no git");
        assertThat(git("init", "-q")).isZero();
        Path file = Files.writeString(folder.resolve("a.txt"), "a");
        assertThat(git("add", "a.txt")).isZero();
        assertThat(git("-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-q", "-m", "a"))
                .isZero();
        Files.writeString(folder.resolve("untracked.txt"), "b");

        GitState clean = made(folder).git();
        assertThat(clean.commit()).matches("[0-9a-f]{40,64}");
        assertThat(clean.dirty()).isFalse();
        Files.writeString(file, "b");
        assertThat(made(folder).git()).isEqualTo(new GitState(clean.commit(), true));
        assertThat(made(Files.createTempDirectory("no-checkout"))
                        .withSources(folder)
                        .git())
                .isEqualTo(new GitState(clean.commit(), true));
    }

    @Test
    void aFailureIsToldAndUnderstoodAgain() {
        Failure failure = Failure.data("the file is cut", "fetch it again");

        assertThat(ToldFailure.of(failure)).isEqualTo(new ToldFailure(3, "the file is cut", "fetch it again"));
        assertThat(ToldFailure.of(failure).failure().kind()).isEqualTo(Failure.Kind.DATA);
        assertThat(new ToldFailure(99, "odd", "wait").failure())
                .satisfies(odd -> assertThat(odd.kind()).isEqualTo(Failure.Kind.ENVIRONMENT))
                .hasMessage("odd");
    }

    @Test
    void aWorkspaceHasItsFoldersUnderItsHome() {
        Workspace workspace = new Workspace(folder);

        assertThat(workspace.data()).isEqualTo(folder.resolve("data"));
        assertThat(workspace.mnist()).isEqualTo(folder.resolve("data/mnist"));
        assertThat(workspace.runs()).isEqualTo(folder.resolve("runs"));
        assertThat(Workspace.current().home().resolve("conf")).isDirectory();
    }

    @Test
    void theWorkspaceIsWhereTheLauncherSaysAndElseTheProjectsFolder() {
        System.setProperty(Workspace.HOME, folder.toString());
        try {
            assertThat(Workspace.current()).isEqualTo(new Workspace(folder));
        } finally {
            System.clearProperty(Workspace.HOME);
        }
        assertThat(Workspace.current()).isEqualTo(new Workspace(UserPath.project()));
    }

    @Test
    void refusesTimesThatAreNone() {
        Provenance made = made(folder);

        assertThatThrownBy(() -> new Provenance(
                        made.versions(),
                        made.backend(),
                        made.machine(),
                        null,
                        made.dataSha256(),
                        made.seeds(),
                        made.precision(),
                        made.start(),
                        "later",
                        null))
                .hasMessage("a time is not one as 2026-01-31T23:59:59Z");
    }

    private static Provenance made(Path home) {
        return Provenance.of(
                home,
                new Backend("CPU", "linux-x86_64", true, 2),
                new TreeMap<>(Map.of("a.gz", "ab".repeat(32))),
                42,
                "f32",
                START,
                START.plusSeconds(10));
    }

    private int git(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1;
        }
    }
}
