package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.Failure;
import dev.featuremap.page.Screen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void aResultThatCannotBeWrittenIsNoSuccess() {
        int exitCode = config("No space left on device");
        assertThat(exitCode).isEqualTo(Failure.Kind.ENVIRONMENT.exitCode());
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("error: standard output cannot be written: No space left on device")
                .contains("remedy: ");
    }

    @Test
    void aReaderThatHasEnoughIsNoFailure() {
        assertThat(config("Broken pipe")).isZero();
        assertThat(err.size()).isZero();
    }

    private int config(String reason) {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int single) throws IOException {
                throw new IOException(reason);
            }
        };
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        return Main.run(
                new Terminal(new StandardOutput(broken), errors, false, Screen.of("", false)), "config", "show");
    }
}
