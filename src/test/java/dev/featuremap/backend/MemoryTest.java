package dev.featuremap.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import org.junit.jupiter.api.Test;

class MemoryTest {
    private static final long MIB = 1 << 20;

    @Test
    void severalProcessesTogetherStayWithinWhatOneMayTake() {
        Memory each = memory(768, 6000).shared(3);
        assertThat(each.heap()).isEqualTo(768 * MIB);
        assertThat(each.natives()).isEqualTo((2000 - 256 - 768) * MIB);
        assertThat(each.jvmOptions())
                .containsExactly("-Xmx" + 768 * MIB, "-Dorg.bytedeco.javacpp.maxbytes=" + 976 * MIB);
    }

    @Test
    void whereMemoryIsLittleTheHeapsShrinkToo() {
        Memory each = memory(768, 1600).shared(2);
        assertThat(each.heap()).isEqualTo(272 * MIB);
        assertThat(each.natives()).isEqualTo(272 * MIB);
    }

    @Test
    void refusesMoreProcessesThanFit() {
        assertThatThrownBy(() -> memory(384, 384).shared(2)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Failure.Kind.ENVIRONMENT);
            assertThat(failure.getMessage()).contains("2 processes", "384 MiB");
        });
    }

    @Test
    void threadsThatCannotBeStartedAreNoMatterOfTheBatch() {
        Failure failure = Memory.exhausted(new OutOfMemoryError("unable to create native thread: possibly"));
        assertThat(failure.remedy()).contains("ulimit -u", "FEATUREMAP_THREADS").doesNotContain("batchSize");
    }

    private static Memory memory(long heap, long natives) {
        return new Memory(heap * MIB, natives * MIB, 8192 * MIB);
    }
}
