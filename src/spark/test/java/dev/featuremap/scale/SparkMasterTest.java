package dev.featuremap.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparkMasterTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"local", "local[2]", "local[*]", "local[2,3]", "spark://host:7077", "spark://a:1,b:2", "yarn"})
    void knowsSparksNames(String name) {
        assertThat(SparkMaster.of(name).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "lokal",
                "local[0]",
                "local[-1]",
                "local[x]",
                "host:7077",
                "spark://",
                "spark://host",
                "http://h:1"
            })
    void refusesOtherNamesAsUsage(String name) {
        assertThatThrownBy(() -> SparkMaster.of(name))
                .asInstanceOf(InstanceOfAssertFactories.type(Failure.class))
                .satisfies(failure -> {
                    assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
                    assertThat(failure).hasMessageContaining("found " + name);
                    assertThat(failure.remedy()).contains("local[2]", "spark://HOST:PORT");
                });
    }

    @Test
    void triesFailedTasksAgainOnThisMachineToo() {
        assertThat(SparkMaster.of("local[2]").withRetries(4)).isEqualTo("local[2,4]");
        assertThat(SparkMaster.of("local").withRetries(4)).isEqualTo("local[1,4]");
        assertThat(SparkMaster.of("local[2,7]").withRetries(4)).isEqualTo("local[2,7]");
        assertThat(SparkMaster.of("spark://h:1").withRetries(4)).isEqualTo("spark://h:1");
    }

    @Test
    void namesAMasterThatIsNotThereAsAnEnvironmentsFault() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThatThrownBy(() -> SparkMaster.of("spark://127.0.0.1:" + port).seenFrom())
                .asInstanceOf(InstanceOfAssertFactories.type(Failure.class))
                .satisfies(failure -> {
                    assertThat(failure.kind()).isEqualTo(Failure.Kind.ENVIRONMENT);
                    assertThat(failure).hasMessageContaining("spark://127.0.0.1:" + port);
                });
    }

    @Test
    void asksTheSecondMasterWhereTheFirstIsDown() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String name = "spark://127.0.0.1:1,127.0.0.1:" + socket.getLocalPort();

            assertThat(SparkMaster.of(name).seenFrom().orElseThrow().getHostAddress())
                    .isEqualTo("127.0.0.1");
        }
    }
}
