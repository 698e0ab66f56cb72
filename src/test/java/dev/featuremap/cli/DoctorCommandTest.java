package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.featuremap.backend.Finding.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fault")
class DoctorCommandTest {
    @TempDir
    Path home;

    @Test
    void isContentWhereMnistHasStillToBeFetched() throws Exception {
        Child child = doctor();
        assertThat(child.exitCode()).as(child.out() + child.err()).isZero();
        assertThat(child.out()).contains("\nnote  mnist ", "\nok    runs ", "\nok    engine onednn ", "nothing is bad");
        assertThat(child.err()).isEmpty();
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void exitsWithFiveWhereAFileIsCorruptAndGivesTheSameAsJson() throws Exception {
        Path labels = home.resolve("data/mnist/t10k-labels-idx1-ubyte");
        Files.createDirectories(labels.getParent());
        Files.write(labels, new byte[] {0, 0, 8, 1, 0, 0, 0, 1, 7});
        Child child = doctor("--json");
        assertThat(child.exitCode()).isEqualTo(5);
        JsonNode findings = new ObjectMapper().readTree(child.out()).get("findings");
        assertThat(findings.findValuesAsText("check"))
                .containsExactly(
                        "java",
                        "cpu",
                        "limits",
                        "natives",
                        "backend",
                        "threads",
                        "openmp waiting",
                        "blas",
                        "malloc",
                        "javacpp",
                        "engine nd4j",
                        "memory",
                        "engine onednn",
                        "runs",
                        "data",
                        "mnist");
        JsonNode mnist = findings.get(findings.size() - 1);
        assertThat(mnist.get("verdict").asText()).isEqualTo("bad");
        assertThat(mnist.get("found").asText()).startsWith(labels + ": found SHA-256 ");
        assertThat(mnist.get("remedy").asText()).startsWith("remove the file to have it fetched again");
    }

    @Test
    void takesAMissingOneDnnForANoteBecauseTheOtherEngineServes() {
        assertThat(DoctorCommand.engineOneDnn(Optional.of("oneDNN's native library does not load on linux-arm64"))
                        .verdict())
                .isEqualTo(Verdict.NOTE);
        assertThat(DoctorCommand.engineOneDnn(Optional.empty()).verdict()).isEqualTo(Verdict.OK);
    }

    private Child doctor(String... options) throws Exception {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "doctor";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return Child.of(List.of("-Dfeaturemap.home=" + home), arguments);
    }
}
