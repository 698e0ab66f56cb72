package dev.featuremap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The README's command lines are lines that work. */
class ReadmeTest {
    private static final String SMALL = " data.trainExamples=500 training.epochs=1";

    @TempDir
    Path folder;

    /** Outside quotes: what zsh would expand, and comments, which it does not know where a person types. */
    @Test
    void noCommandNeedsAnythingThatZshTakesOtherwise() throws IOException {
        List<String> commands = commands("");
        assertThat(commands).hasSizeGreaterThan(20);
        assertThat(commands)
                .allSatisfy(line ->
                        assertThat(line.replaceAll("'[^']*'", "")).doesNotContainPattern("[#*?{}()~^<>;&|\\[\\]]"));
    }

    @Test
    @Tag("slow")
    @DisabledOnOs(OS.WINDOWS)
    void theTourRunsLineByLineAsWritten() throws Exception {
        standIn();
        List<String> tour = commands("## A tour\n");
        assertThat(tour).hasSizeGreaterThan(8);
        for (String line : tour) {
            String command = line.startsWith("./featuremap train ") ? line + SMALL : line;
            Path log = folder.resolve("log.txt");
            Process process = new ProcessBuilder("bash", "-c", command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                assertThat(process.waitFor(10, TimeUnit.MINUTES)).as(command).isTrue();
            } finally {
                process.destroyForcibly();
            }
            assertThat(process.exitValue())
                    .as("%s%n%s", command, Files.readString(log))
                    .isZero();
        }
        assertThat(folder.resolve("runs/digits.png")).isNotEmptyFile();
        assertThat(folder.resolve("runs/lenet.json")).isNotEmptyFile();
        assertThat(folder.resolve("runs/lenet/report.html")).isNotEmptyFile();
    }

    /** A project's folder as a new user has it, with this test's classes behind its launcher. */
    private void standIn() throws IOException {
        List<String> java = JavaCommand.of(
                List.of("-Xmx1g", "-D" + UserPath.PROJECT + "=" + folder), JavaCommand.FEATUREMAP, List.of());
        Path launcher = folder.resolve("featuremap");
        Files.writeString(
                launcher,
                java.stream()
                        .map(word -> "'" + word + "'")
                        .collect(Collectors.joining(" ", "#!/bin/sh\nexec ", " \"$@\"\n")));
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        Files.createDirectories(folder.resolve("runs"));
        Files.createDirectories(folder.resolve("data"));
        Files.createSymbolicLink(folder.resolve("conf"), Path.of("conf").toAbsolutePath());
        Path mnist = Path.of("data/mnist").toAbsolutePath();
        if (Files.isDirectory(mnist)) {
            Files.createSymbolicLink(folder.resolve("data/mnist"), mnist);
        }
    }

    /** The command lines of all blocks below a heading, up to the next one of its kind; of the whole page where it is empty. */
    private static List<String> commands(String heading) throws IOException {
        String page = Files.readString(Path.of("README.md"));
        String section = page.substring(page.indexOf(heading) + heading.length());
        if (!heading.isEmpty()) {
            section = section.substring(0, section.indexOf("\n## "));
        }
        List<String> commands = new ArrayList<>();
        boolean inBlock = false;
        for (String line : section.lines().toList()) {
            if (line.startsWith("```")) {
                inBlock = !inBlock;
            } else if (inBlock && Stream.of("./featuremap ", "mvn ").anyMatch(line::startsWith)) {
                commands.add(line);
            }
        }
        return commands;
    }
}
