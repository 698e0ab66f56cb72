package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.data.PictureBytes;
import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a shell hands over: names of any bytes, in any locale, and folders with faulty pictures. */
@Tag("fault")
@EnabledOnOs(OS.LINUX)
class OddPicturesThroughTheLauncherTest {
    @TempDir
    Path folder;

    /** Whatever is printed then is of the build. */
    @BeforeAll
    static void build() throws Exception {
        Process launcher = new ProcessBuilder("./featuremap", "--version").start();
        launcher.getInputStream().readAllBytes();
        assertThat(launcher.waitFor()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8"})
    void readsAFileWhoseNameIsNoUtf8(String locale) throws Exception {
        Files.write(Path.of(URI.create(folder.toUri() + "caf%E9.png")), PictureBytes.blackPng(9, 9));
        assertThat(run(locale, "lecture homework --image " + folder + "/$(printf 'caf\\351.png')"))
                .isEqualTo("0");
    }

    @Test
    void tellsOfAllFaultyPicturesAndTrainsNothing() throws Exception {
        Files.createDirectories(folder.resolve("data/a"));
        Files.createDirectories(folder.resolve("data/b"));
        Files.write(folder.resolve("data/a/empty.png"), new byte[0]);
        Files.writeString(folder.resolve("data/b/notes.txt"), "x");
        String command = "train 'data={source: images, folder: " + folder.resolve("data") + "}' --run-dir "
                + folder.resolve("run");
        assertThat(run("C.UTF-8", command))
                .startsWith("3error: ")
                .contains("found 2 faults in 2 files: a/empty.png (an empty file), b/notes.txt (not named")
                .contains("\nremedy: ");
        assertThat(folder.resolve("run/model.zip")).doesNotExist();
    }

    /** The exit code, and what was printed on standard error. */
    private String run(String locale, String arguments) throws Exception {
        File err = folder.resolve("err").toFile();
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", "./featuremap " + arguments)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(err);
        builder.environment().put("LC_ALL", locale);
        int exitCode = builder.start().waitFor();
        return exitCode + Files.readString(err.toPath(), StandardCharsets.UTF_8);
    }
}
