package dev.featuremap.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.featuremap.Failure;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code key=value} means: the value is what was written, whatever YAML would make of its characters. */
class KeyOverrideTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/x/batch #2",
                "/x/a: b",
                "/x/a=b",
                "/x/it's",
                "/x/a \"b\" c",
                "\"a\" folder",
                "'tis",
                " /x/ends in a space ",
                "/x/a\nb",
                "*a",
                "&a",
                "!a",
                "%a",
                "@a",
                "`a",
                "|a",
                "> a",
                "- a",
                "? a",
                "a, b]",
                "#a",
                "--- a",
                "2024",
                "0x1F",
                "1e3",
                "true",
                "中文"
            })
    void textStandsAsItIs(String folder) {
        assertThat(folderOf("data.folder=" + folder)).isEqualTo(absolute(folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x/batch #2", "2024", "null", " a ", "/x/a\nb", "[old]/x", "{a: b}", "a: b", "'"})
    void textComesBackFromThePrintedExperiment(String folder) {
        String quoted = "data.folder=\"" + folder.replace("\n", "\\n") + "\"";
        Experiment experiment = parse(quoted);
        assertThat(ExperimentFile.parse(ExperimentFile.print(experiment), "printed", List.of()))
                .isEqualTo(experiment);
        assertThat(((DataSpec.Mnist) experiment.data()).folder()).contains(absolute(folder));
    }

    @Test
    void numbersAndWordsMayHaveSpaceAroundThem() {
        assertThat(parse("training.epochs= 7 ").training().epochs()).isEqualTo(7);
        assertThat(parse("training.shuffle= false").training().shuffle()).isFalse();
    }

    @Test
    void textMayReadAsANumberButMustBeThere() {
        assertThat(parse("name=2024").name()).isEqualTo("2024");
        assertThat(refusal("name="))
                .hasMessage(
                        "command line: name: found nothing; allowed: text, in quotes where YAML would read something"
                                + " else");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data={source: mnist, folder: /x/batch #2}",
                "data={source: mnist} #2",
                "data={source: mnist}\n# more\n",
                "name=\"a\" # \"b\""
            })
    void aCommentInYamlIsRefusedAndNeverCutsAValue(String override) {
        Failure failure = refusal(override);
        assertThat(failure).hasMessageContaining("a comment, #");
        assertThat(failure.remedy()).isEqualTo("Put text that has a # into quotes.");
        assertThat(((DataSpec.Mnist) parse("data={source: mnist, folder: \"/x/batch #2\"}")
                                .data())
                        .folder())
                .contains("/x/batch #2");
    }

    @Test
    void anIndexStandsInBracketsOrBetweenDots() {
        Experiment brackets = parse("network.layers[0].filters=7");
        assertThat(parse("network.layers.0.filters=7")).isEqualTo(brackets);
        assertThat(((LayerSpec.Convolution) ((NetworkSpec.Layers) brackets.network())
                                .layers()
                                .get(0))
                        .filters())
                .isEqualTo(7);
        assertThat(refusal("network.layers.9.filters=7"))
                .hasMessage("command line: network.layers[9]: the list has 7 items, the first of them [0]");
        assertThat(refusal("training.0=7"))
                .hasMessage("command line: training[0]: training is a map of epochs, batchSize, updater, not a list");
    }

    /** What a path that stands as it is becomes: it counts from here. */
    private static String absolute(String path) {
        return path.startsWith("/") ? path : Path.of("").toAbsolutePath() + "/" + path;
    }

    private static String folderOf(String override) {
        return ((DataSpec.Mnist) parse(override).data()).folder().orElseThrow();
    }

    private static Experiment parse(String override) {
        return ExperimentFile.parse(SampleFiles.lenet(), "x.yaml", List.of(override));
    }

    private static Failure refusal(String override) {
        return catchThrowableOfType(Failure.class, () -> parse(override));
    }
}
