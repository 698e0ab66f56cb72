package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.JavaCommand;
import dev.featuremap.Stress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process at a time in a folder. */
class DirectoryLockTest {
    @TempDir
    Path folder;

    @Test
    void theSecondOfOneProcessIsRefusedAndTheFirstKeepsItsLock() throws Exception {
        try (DirectoryLock lock = DirectoryLock.of(folder)) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> DirectoryLock.of(folder)).isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.kind().exitCode()).isEqualTo(5);
                    assertThat(failure)
                            .hasMessage(folder + " is in use by process "
                                    + ProcessHandle.current().pid());
                });
                assertThat(DirectoryLock.owner(folder))
                        .contains(Long.toString(ProcessHandle.current().pid()));
            }
        }
        assertThat(DirectoryLock.owner(folder)).isEmpty();
        DirectoryLock.of(folder).close();
    }

    @Test
    void whatTookTheFoldersPlaceIsLeftAlone() throws Exception {
        Path held = Files.createDirectory(folder.resolve("held"));
        try (DirectoryLock lock = DirectoryLock.of(held)) {
            assertThat(lock).isNotNull();
            DirectoryLock.write(held.resolve("a.txt"), "ours");
            DirectoryLock.check(held.resolve("b.txt"));
            assertThat(DirectoryLock.isStillThere(held)).isTrue();
            Files.move(held, folder.resolve("moved"));
            Files.createDirectory(held);

            assertThat(DirectoryLock.isStillThere(held)).isFalse();
            for (String name : List.of("a.txt", "deep/b.txt")) {
                assertThatThrownBy(() -> DirectoryLock.check(held.resolve(name)))
                        .isInstanceOfSatisfying(
                                Failure.class,
                                failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.ENVIRONMENT))
                        .hasMessage(held.toRealPath()
                                + " was removed, or replaced by another, while this process worked" + " in it");
            }
            assertThatThrownBy(() -> DirectoryLock.write(held.resolve("a.txt"), "ours"))
                    .isInstanceOf(Failure.class);
            assertThatThrownBy(() -> DirectoryLock.delete(held, List.of("a.txt")))
                    .isInstanceOf(Failure.class);
            DirectoryLock.check(folder.resolve("beside.txt"));
            assertThat(held.resolve("a.txt")).doesNotExist();
        }
    }

    @Test
    @Tag("fault")
    void ofTwoProcessesThatRaceOneGetsItAndTheOtherNamesIt() throws Exception {
        int races = Stress.count("stress.races", 20);
        try (Racer one = new Racer();
                Racer other = new Racer()) {
            for (int race = 0; race < races; race++) {
                Path contested = Files.createDirectory(folder.resolve("race-" + race));
                one.lock(contested);
                other.lock(contested);
                String first = one.answer();
                String second = other.answer();
                assertThat(List.of(first, second)).as("race %d", race).contains("locked");
                Racer winner = first.equals("locked") ? one : other;
                assertThat(first.equals("locked") ? second : first)
                        .isEqualTo(contested + " is in use by process " + winner.process.pid());
            }
        }
        Stress.tell(25, "two processes race for a directory: one gets it, the other names it", races + " of " + races);
    }

    @Test
    @Tag("fault")
    void aDeadOwnersLockDoesNotHold() throws Exception {
        try (Racer owner = new Racer()) {
            owner.lock(folder);
            assertThat(owner.answer()).isEqualTo("locked");
            assertThat(DirectoryLock.owner(folder)).contains(Long.toString(owner.process.pid()));
            owner.process.destroyForcibly().waitFor();
        }
        DirectoryLock.of(folder).close();
    }

    /** Another process that locks the folders it is told, and keeps them. */
    private static final class Racer implements AutoCloseable {
        private final Process process;
        private final PrintStream orders;
        private final BufferedReader answers;

        Racer() throws IOException {
            process = new ProcessBuilder(JavaCommand.of(List.of("-Xmx64m"), RacerMain.class.getName(), List.of()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
            answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        }

        void lock(Path path) {
            orders.println(path);
        }

        String answer() throws IOException {
            return answers.readLine();
        }

        @Override
        public void close() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }
    }

    /** What a {@link Racer} runs. */
    static final class RacerMain {
        private RacerMain() {}

        public static void main(String[] args) throws IOException {
            BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String path = orders.readLine(); path != null; path = orders.readLine()) {
                try {
                    DirectoryLock lock = DirectoryLock.of(Path.of(path));
                    System.out.println(lock == null ? "nothing" : "locked");
                } catch (Failure failure) {
                    System.out.println(failure.getMessage());
                }
            }
        }
    }
}
