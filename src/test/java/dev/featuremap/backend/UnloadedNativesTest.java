package dev.featuremap.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.Failure;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnloadedNativesTest {
    private static final String UNMAPPED = "/x/libjnind4jcpu.so: failed to map segment from shared object";

    @Test
    void aFolderWithoutLeaveToRunCodeIsNamedWithTheWayToAnother() {
        Failure failure = failure(UNMAPPED, Optional.of(Path.of("/tmp")), Optional.empty());
        assertThat(failure.getMessage()).contains("/tmp, where they are unpacked, does not let code be run");
        assertThat(failure.remedy()).contains("-Dorg.bytedeco.javacpp.cachedir=");
    }

    @Test
    void aLimitOfAddressesIsNamed() {
        Failure failure = failure(UNMAPPED, Optional.of(Path.of("/tmp")), Optional.of("3000000000"));
        assertThat(failure.getMessage()).contains("ulimit -v allows the process 3000000000 bytes");
        assertThat(failure.remedy()).contains("ulimit -v unlimited");
    }

    @Test
    void nowhereToUnpackIsNamed() {
        Failure failure = failure("Could not create the cache", Optional.empty(), Optional.empty());
        assertThat(failure.getMessage()).contains(System.getProperty("user.home"), "can be written");
        assertThat(failure.remedy()).contains("HOME");
    }

    @Test
    void whatNobodyKnowsIsToldAsItWasSaid() {
        Failure failure = failure("wrong ELF class", Optional.of(Path.of("/tmp")), Optional.empty());
        assertThat(failure.getMessage()).endsWith("wrong ELF class");
        assertThat(failure.kind()).isEqualTo(Failure.Kind.ENVIRONMENT);
    }

    @Test
    void ofADistributionItIsUnpackedAgain() {
        Failure failure =
                UnloadedNatives.failure("no class", Optional.of(Path.of("/tmp")), Optional.empty(), true, null);
        assertThat(failure.remedy()).isEqualTo("this distribution is damaged: unpack it again");
    }

    private static Failure failure(String message, Optional<Path> folder, Optional<String> addressLimit) {
        return UnloadedNatives.failure(message, folder, addressLimit, false, null);
    }
}
