package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class RunLogTest {
    private static final Logger LOG = LoggerFactory.getLogger("a.library.of.ours");

    @TempDir
    Path folder;

    @Test
    void holdsWhatIsLoggedWhileItIsOpen() throws IOException {
        Path file = Files.writeString(folder.resolve("log.txt"), "before\n");
        LOG.error("too early");
        try (RunLog log = new RunLog(file)) {
            LOG.error("epoch é");
            assertThat(log).isNotNull();
        }
        LOG.error("too late");

        assertThat(Files.readString(file))
                .matches("before\n\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z ERROR \\["
                        + Thread.currentThread().getName() + "] a\\.library\\.of\\.ours - epoch é\\R");
    }

    @Test
    void holdsWhatOtherThreadsLogUnlessTheyHaveARunOfTheirOwn() throws Exception {
        Path one = folder.resolve("one.txt");
        Path other = folder.resolve("other.txt");
        CountDownLatch open = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Thread another = new Thread(() -> {
            try (RunLog log = new RunLog(other)) {
                assertThat(log).isNotNull();
                LOG.error("of the other run");
                open.countDown();
                closed.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        try (RunLog log = new RunLog(one)) {
            assertThat(log).isNotNull();
            another.start();
            open.await();
            LOG.error("of the one run");
            Thread helper = new Thread(() -> LOG.error("of a thread without a run"));
            helper.start();
            helper.join();
        } finally {
            closed.countDown();
        }
        another.join();

        assertThat(Files.readString(one))
                .contains("of the one run", "of a thread without a run")
                .doesNotContain("of the other run");
        assertThat(Files.readString(other))
                .contains("of the other run", "of a thread without a run")
                .doesNotContain("of the one run");
    }

    @Test
    void refusesAFileThatCannotBeWritten() {
        assertThatThrownBy(() -> new RunLog(folder.resolve("no/log.txt")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("log.txt");
    }
}
