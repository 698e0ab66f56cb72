package dev.featuremap.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AllKeysTest {
    @Test
    void listsEveryKeyOfAPrintedExperiment() {
        String printed = ExperimentFile.print(
                ExperimentFile.parse(SampleFiles.lenet(), "x.yaml", List.of("training.earlyStopping={}")));

        List<String> paths = paths().toList();
        ConfigNode root = ConfigParser.file(printed, "printed").orElseThrow();

        assertThat(paths).containsAll(keysOf(root).toList());
    }

    @Test
    void tellsKindDefaultRangeAndMeaning() {
        assertThat(AllKeys.of(Experiment.class))
                .contains(
                        new KeyDescription(
                                "training.batchSize",
                                "",
                                "a whole number",
                                false,
                                "64",
                                "[1, 1000000]",
                                "examples per step"),
                        new KeyDescription(
                                "data.source", "", "mnist, xo, idx, images", true, "", "", "what kind of data"),
                        new KeyDescription(
                                "network.layers[].stride",
                                "type: subsampling",
                                "a whole number or [height, width]",
                                false,
                                "$size",
                                "",
                                "pixels from one window to the next"),
                        new KeyDescription(
                                "network.saved",
                                "with saved",
                                "a path",
                                true,
                                "",
                                "",
                                "a file with DL4J's MultiLayerConfiguration as JSON"));
    }

    @Test
    void tellsTheKindOfEachValue() {
        assertThat(AllKeys.of(Experiment.class))
                .extracting(KeyDescription::path, KeyDescription::type)
                .contains(
                        tuple("name", "text"),
                        tuple("training.shuffle", "true or false"),
                        tuple("network.l1", "a number"),
                        tuple("network.layers", "a list"),
                        tuple("training.earlyStopping", "a map of keys"),
                        tuple("training.updater.learningRate", "a number in (0, 1000] or a map of keys"));
        assertThat(new ConfigFile<>(SeedsTest.Repeated.class, "a repetition", "conf").keys())
                .extracting(KeyDescription::type)
                .containsExactly("a whole number n in [1, 1000], for the seeds 1 to n, or a list of different seeds");
    }

    @Test
    void listsAKeyThatFormsShareOnce() {
        assertThat(AllKeys.of(Experiment.class))
                .filteredOn(key -> key.path().equals("training.updater.beta1"))
                .extracting(KeyDescription::when)
                .containsExactly("type: adam, amsgrad, nadam");
        assertThat(AllKeys.of(Experiment.class)).doesNotHaveDuplicates();
    }

    private static Stream<String> paths() {
        return AllKeys.of(Experiment.class).stream().map(KeyDescription::path);
    }

    private static Stream<String> keysOf(ConfigNode node) {
        if (node instanceof ConfigNode.Mapping mapping) {
            return mapping.entries().values().stream()
                    .flatMap(value -> Stream.concat(Stream.of(generic(value)), keysOf(value)));
        }
        return node instanceof ConfigNode.Sequence sequence
                ? sequence.items().stream().flatMap(AllKeysTest::keysOf)
                : Stream.empty();
    }

    private static String generic(ConfigNode value) {
        return value.place().path().replaceAll("\\[\\d+]", "[]");
    }
}
