package dev.featuremap.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFilesTest {
    @TempDir
    Path folder;

    @Test
    void findsPicturesOfAnyDepthInTheOrderOfTheirNumbers() throws IOException {
        make("2.png", "10.PNG", "a/b/1.jpg", "a/1.jpeg", "notes.txt", ".hidden.png", ".hidden/1.png", "a/.b/1.png");
        Files.createDirectory(folder.resolve("folder.png"));

        assertThat(PictureFiles.in(folder)).isEqualTo(paths("2.png", "10.PNG", "a/1.jpeg", "a/b/1.jpg"));
    }

    @Test
    void findsPicturesInAFolderThatIsHiddenItself() throws IOException {
        make(".hidden/1.png");

        assertThat(PictureFiles.in(folder.resolve(".hidden"))).isEqualTo(paths(".hidden/1.png"));
    }

    @Test
    void refusesAFolderWithoutPictures() throws IOException {
        make("notes.txt");

        assertThatThrownBy(() -> PictureFiles.in(folder))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.DATA))
                .hasMessage(folder + ": found no .png, .jpg or .jpeg file in this folder");
        assertThatThrownBy(() -> PictureFiles.in(folder.resolve("nowhere")))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith(folder.resolve("nowhere") + ": cannot be listed: ");
    }

    private void make(String... names) throws IOException {
        for (Path path : paths(names)) {
            Files.createDirectories(path.getParent());
            Files.createFile(path);
        }
    }

    private List<Path> paths(String... names) {
        return Stream.of(names).map(folder::resolve).toList();
    }
}
