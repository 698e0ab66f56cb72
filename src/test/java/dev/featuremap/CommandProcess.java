package dev.featuremap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line in a process of its own, which a test lets end or kills on its way. */
public final class CommandProcess {
    private final Process process;
    private final Path log;

    private CommandProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it.
     *
     * @param log where all it prints goes
     * @param threads native threads
     */
    public static CommandProcess start(Path log, int threads, List<String> arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        JavaCommand.of(List.of("-Xmx512m"), JavaCommand.FEATUREMAP, arguments))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
        return new CommandProcess(builder.start(), log);
    }

    /** Waits for its end, which must come within minutes and say that all is well. */
    public void succeed() throws InterruptedException {
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(this::printed).isZero();
    }

    /** Kills it as soon as the file is there. */
    public void killOnceThereIs(Path file) throws InterruptedException {
        await(file);
        kill();
    }

    /** Kills it as soon as the file is there; what it had started must end by itself. */
    public void killOnceThereIsAndAwaitItsChildren(Path file) throws Exception {
        await(file);
        List<ProcessHandle> children = process.descendants().toList();
        kill();
        for (ProcessHandle child : children) {
            child.onExit().get(20, TimeUnit.SECONDS);
        }
        assertThat(children).isNotEmpty();
    }

    /** Kills it after so long, unless it has ended well by then. */
    public void killAfter(long milliseconds) throws InterruptedException {
        if (process.waitFor(milliseconds, TimeUnit.MILLISECONDS)) {
            assertThat(process.exitValue()).as(this::printed).isZero();
        }
        kill();
    }

    private void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private static void await(Path file) throws InterruptedException {
        for (int waited = 0; !Files.exists(file) && waited < 12_000; waited++) {
            Thread.sleep(10);
        }
        assertThat(file).exists();
    }

    private String printed() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
