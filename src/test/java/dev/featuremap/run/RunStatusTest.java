package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStatusTest {
    @TempDir
    Path folder;

    private record Ended(RunStatus status) {}

    @Test
    void filesSayItInWords() {
        assertThat(Stream.of(RunStatus.values()).map(RunStatus::word))
                .containsExactly(
                        "done", "stopped early", "abandoned", "diverged", "failed", "going on", "not finished");
        assertThat(Json.write(new Ended(RunStatus.STOPPED_EARLY))).contains("\"status\" : \"stopped early\"");
    }

    @Test
    void theyAreReadBack() throws IOException {
        for (RunStatus status : RunStatus.values()) {
            assertThat(read(Json.write(new Ended(status))).status()).isEqualTo(status);
        }
    }

    @Test
    void noOtherWordAndNoNumberIsOne() {
        for (String other : new String[] {"\"finished\"", "\"DONE\"", "\"0\"", "0"}) {
            assertThatThrownBy(() -> read("{\"status\": " + other + "}"))
                    .isInstanceOf(IOException.class)
                    .hasMessage("line 1: status: something is missing, or is no value that it can have");
        }
    }

    private Ended read(String json) throws IOException {
        return Json.read(Files.writeString(folder.resolve("result.json"), json), Ended.class);
    }
}
