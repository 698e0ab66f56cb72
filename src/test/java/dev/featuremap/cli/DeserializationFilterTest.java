package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fault")
class DeserializationFilterTest {
    @Test
    void noClassIsDeserialisedInTheCommandLinesJvm() throws Exception {
        assertThat(Child.of(Nightingale.class, List.of(), "--version").out()).endsWith("refused\n");
    }

    @Test
    void aFilterThatTheJvmWasGivenStays() throws Exception {
        Child child = Child.of(Nightingale.class, List.of("-Djdk.serialFilter=dev.featuremap.**"), "--version");
        assertThat(child.out()).endsWith("sung\n");
    }
}
