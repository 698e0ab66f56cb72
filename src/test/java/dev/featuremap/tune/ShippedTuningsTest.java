package dev.featuremap.tune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.data.Datasets;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.network.NetworkBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedTuningsTest {
    @ParameterizedTest
    @ValueSource(strings = {"xo-small", "mnist-lenet"})
    void isCalledAsItsFileAndCanBeBuilt(String name) throws IOException {
        Path file = Path.of("conf/tune", name + ".yaml");
        Tuning tuning = TuningFile.read(file, List.of());
        Experiment example = tuning.experiment().example();

        assertThat(tuning.name()).isEqualTo(name);
        assertThat(tuning.candidates().orElse(0)).isGreaterThanOrEqualTo(10);
        assertThat(NetworkBuilder.network(NetworkBuilder.configuration(example, Datasets.shapeOf(example.data())))
                        .numParams())
                .isPositive();
        assertThat(Files.readString(file)).contains("./featuremap tune conf/tune/" + name + ".yaml   ");
    }
}
