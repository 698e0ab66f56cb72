package dev.featuremap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is committed of the notebooks; {@code notebooks/run} executes them. */
class NotebooksTest {
    @Test
    void areCommittedWithoutOutputs() throws IOException {
        for (Path notebook : notebooks()) {
            for (JsonNode cell : new ObjectMapper().readTree(notebook.toFile()).get("cells")) {
                assertThat(cell.path("outputs")).as("%s", notebook).isEmpty();
                assertThat(cell.path("execution_count").isValueNode()
                                && !cell.path("execution_count").isNull())
                        .as("%s", notebook)
                        .isFalse();
            }
        }
    }

    @Test
    void areListedInTheirReadme() throws IOException {
        String readme = Files.readString(Path.of("notebooks/README.md"));
        for (Path notebook : notebooks()) {
            assertThat(readme).contains(notebook.getFileName().toString().replace(".ipynb", ""));
        }
    }

    private static List<Path> notebooks() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("notebooks"))) {
            List<Path> notebooks =
                    files.filter(file -> file.toString().endsWith(".ipynb")).toList();
            assertThat(notebooks).hasSizeGreaterThanOrEqualTo(4);
            return notebooks;
        }
    }
}
