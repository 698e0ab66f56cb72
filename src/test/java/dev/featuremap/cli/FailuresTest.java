package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.Failure;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {
    /** As Java says it, wherever it comes to notice. */
    @Test
    void aMappedFileThatWasCutIsAMatterOfData() {
        Failure failure = Failures.of(new IllegalStateException(new InternalError(
                "a fault occurred in a recent unsafe memory access operation in compiled Java code")));
        assertThat(failure.kind()).isEqualTo(Failure.Kind.DATA);
        assertThat(failure).hasMessageContaining("was cut");
    }

    static Stream<Throwable> wrapped() {
        OutOfMemoryError error = new OutOfMemoryError("Java heap space");
        return Stream.of(
                error,
                new ExecutionException(error),
                new IOException("cannot read the picture", error),
                new IllegalStateException("a run ended unexpectedly", new ExecutionException(error)),
                new Failure(Failure.Kind.DATA, "cat.png: damaged", "save it again", new IOException(error)));
    }

    @ParameterizedTest
    @MethodSource("wrapped")
    void memoryThatRanOutIsToldWithItsLimitsWhateverItIsWrappedIn(Throwable thrown) {
        Failure failure = Failures.of(thrown);
        assertThat(failure.kind()).isEqualTo(Failure.Kind.ENVIRONMENT);
        assertThat(failure.getMessage())
                .startsWith("out of memory (Java heap space); limits: heap ")
                .containsPattern("native arrays \\d+ MiB");
        assertThat(failure.remedy()).contains("training.batchSize", "FEATUREMAP_HEAP", "FEATUREMAP_NATIVE_MEMORY");
    }
}
