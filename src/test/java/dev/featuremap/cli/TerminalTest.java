package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
    @Test
    void hasColoursOnlyWhereATerminalShowsThemAndNobodyRefusesThem() {
        assertThat(Terminal.screen(true, Map.of("TERM", "xterm-256color")).hasColours())
                .isTrue();
        assertThat(Terminal.screen(false, Map.of("TERM", "xterm-256color")).hasColours())
                .isFalse();
        assertThat(Terminal.screen(true, Map.of("TERM", "xterm", "NO_COLOR", "1"))
                        .hasColours())
                .isFalse();
        assertThat(Terminal.screen(true, Map.of("TERM", "xterm", "NO_COLOR", ""))
                        .hasColours())
                .isTrue();
        assertThat(Terminal.screen(true, Map.of("TERM", "dumb")).hasColours()).isFalse();
        assertThat(Terminal.screen(true, Map.of()).hasColours()).isFalse();
    }

    @Test
    void isAsWideAsColumnsSays() {
        assertThat(Terminal.screen(false, Map.of("COLUMNS", "120")).columns()).isEqualTo(120);
        assertThat(Terminal.screen(false, Map.of()).columns()).isEqualTo(80);
    }
}
