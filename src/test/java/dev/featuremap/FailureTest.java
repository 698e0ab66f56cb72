package dev.featuremap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureTest {
    @Test
    void isOneLineThatNoTerminalObeys() {
        Failure failure = Failure.model("holds a\u001b]0;title\u0007\nb\u202e\ud800 模型 é", "no\rremedy\u2028");

        assertThat(failure).hasMessage("holds a\\u001b]0;title\\u0007\\u000ab\\u202e\\ud800 模型 é");
        assertThat(failure.remedy()).isEqualTo("no\\u000dremedy\\u2028");
    }
}
