package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionCommandTest {
    @TempDir
    Path folder;

    /** What Bash offers for a line that ends where one would press the tabulator key. */
    @ParameterizedTest
    @CsvSource({
        "tra, train",
        "runs di, diff",
        "train --run-, --run-dir",
        "train training.ep, training.epochs=",
        "train conf/experiment/x.yaml training.ep, training.epochs=",
        "compare x.yaml comparison.se, comparison.seeds=",
        "evaluate 2026, 20260101-000000-one-1",
        "predict lat, latest",
        "completion fi, fish",
        "config schema e, experiment",
        "evaluate latest --split va, validation",
        "predict latest --fit n, none",
        "train l, loss=",
        "train l, layers.yaml",
        "train conf/experiment/x.yaml l, layers.yaml",
        "compare x.yaml l, layers.yaml",
        "train --resume 2026, 20260101-000000-one-1",
        "runs show w, with a blank",
        "report with\\ a, with a blank",
    })
    @DisabledOnOs(OS.WINDOWS)
    void bashCompletes(String line, String offered) throws Exception {
        Files.createDirectories(folder.resolve("runs/20260101-000000-one-1"));
        Files.createDirectories(folder.resolve("runs/with a blank"));
        Files.createFile(folder.resolve("layers.yaml"));
        Path script = Files.writeString(
                folder.resolve("script"), Run.of("completion", "bash").out());
        String press = "source \"$0\"; COMP_WORDS=(featuremap \"$@\"); COMP_CWORD=$#; COMP_LINE=\"featuremap $*\";"
                + " COMP_POINT=${#COMP_LINE}; _complete_featuremap_and_runs; printf '%s\\n' \"${COMPREPLY[@]}\"";
        List<String> command = new ArrayList<>(List.of("bash", "-c", press, script.toString()));
        command.addAll(List.of(line.split("(?<!\\\\) ")));

        Process bash = new ProcessBuilder(command).directory(folder.toFile()).start();

        assertThat(bash.getInputStream()).asString(StandardCharsets.UTF_8).contains(offered + "\n");
        assertThat(bash.waitFor()).isZero();
    }

    /** Picocli switches it off for commands that have words to choose from. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void bashIsLeftToCompleteFilesWhereNothingElseFits() throws Exception {
        Path script = Files.writeString(
                folder.resolve("script"), Run.of("completion", "bash").out());
        String press = "source \"$0\"; compopt() { echo \"$@\"; }; COMP_WORDS=(featuremap train lay); COMP_CWORD=2;"
                + " _complete_featuremap_and_runs; echo ${#COMPREPLY[@]}";

        Process bash = new ProcessBuilder("bash", "-c", press, script.toString()).start();

        assertThat(bash.getInputStream()).asString(StandardCharsets.UTF_8).isEqualTo("+o default\n-o default\n0\n");
    }

    @Test
    void zshReadsTheScriptForBash() {
        assertThat(Run.of("completion", "zsh").out())
                .isEqualTo(Run.of("completion", "bash").out())
                .contains("bashcompinit");
    }

    @Test
    void fishIsToldCommandsOptionsKeysAndRuns() {
        assertThat(Run.of("completion", "fish").out().lines())
                .allMatch(line -> line.startsWith("complete -c featuremap -n '"))
                .anyMatch(line -> line.contains("-n '__fish_use_subcommand' -f -a train -d"))
                .anyMatch(line -> line.contains("from train' -l run-dir -r"))
                .anyMatch(line -> line.contains("from train' -a '") && line.contains(" training.epochs= "))
                .anyMatch(line -> line.contains("from train' -l resume -r -a '(echo latest;"))
                .anyMatch(line -> line.contains("from runs' -f -a diff"))
                .anyMatch(line -> line.contains("from evaluate' -a '(echo latest;"));
    }
}
