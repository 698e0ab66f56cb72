package dev.featuremap.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNConvHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class BackendTest {
    @AfterEach
    void askForNothing() {
        System.clearProperty(Backend.WANTED);
    }

    @Test
    void runsOnTheCpuWithTheNativeOfTheClassPath() {
        Backend backend = Backend.start();
        assertThat(backend.kind()).isEqualTo("CPU");
        assertThat(backend.classifier()).isEqualTo(Natives.inUse().classifier()).isNotEqualTo("none");
        assertThat(backend.threads()).isPositive();
    }

    @Test
    void bringsBackTheOneDnnLayersWhereTheNativeHasThem() {
        Backend backend = Backend.start();
        assertThat(backend.oneDnn()).isEqualTo(Natives.inUse().hasOneDnn());
        assertThat(new MKLDNNConvHelper(DataType.FLOAT).checkSupported()).isEqualTo(backend.oneDnn());
    }

    @Test
    void refusesTheCpuWhereCudaWasAskedFor() {
        System.setProperty(Backend.WANTED, "cuda");
        assertThatThrownBy(Backend::start).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind().exitCode()).isEqualTo(5);
            assertThat(failure).hasMessage("backend cuda was asked for, but ND4J runs on CPU");
        });
    }
}
