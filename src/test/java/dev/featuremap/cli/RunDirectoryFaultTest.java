package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.featuremap.Stress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Places where no run can be made: refused before the data is looked at, which is not there either (exit 3, were it read). */
@Tag("fault")
class RunDirectoryFaultTest {
    private static final String MISSING_DATA =
            "data={source: idx, trainImages: none, trainLabels: none, testImages: none, testLabels: none, classes: 2}";

    @TempDir
    Path folder;

    @Test
    void aFolderThatIsThereIsRefusedBeforeAnyDataIsRead() throws Exception {
        Path run = Files.createDirectory(folder.resolve("run"));
        assertRefused("already there", run, "is already there");
    }

    @Test
    void aMissingParentIsRefusedBeforeAnyDataIsRead() throws Exception {
        assertRefused("no parent", folder.resolve("no/run"), "the folder above it does not exist");
    }

    @Test
    void aFileForAParentIsRefusedBeforeAnyDataIsRead() throws Exception {
        assertRefused(
                "a file as parent",
                Files.createFile(folder.resolve("file")).resolve("run"),
                "cannot make run directory");
    }

    @Test
    void anUnwritableParentIsRefusedBeforeAnyDataIsRead() throws Exception {
        assertRefused("unwritable", unwritable().resolve("run"), "cannot make run directory");
    }

    @Test
    void missingDataWouldBeAnotherFailure() throws Exception {
        assertThat(train(folder.resolve("run")).exitCode()).isEqualTo(3);
    }

    /** A folder in which this user, root included, can make nothing. */
    private Path unwritable() throws Exception {
        assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
        Path closed = Files.createDirectory(
                folder.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
        return Files.isWritable(closed) ? Path.of("/sys") : closed;
    }

    private static void assertRefused(String place, Path run, String cause) throws Exception {
        long start = System.nanoTime();
        Child child = train(run);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(child.exitCode()).as(child.err()).isEqualTo(5);
        assertThat(child.err().lines()).hasSize(2);
        assertThat(child.err()).contains(run.toString(), cause, "remedy: ");
        Stress.tell(7, place + ": refused after", took.toMillis() + " ms, the start of Java included");
    }

    private static Child train(Path run) throws Exception {
        return Child.of(List.of(), "train", MISSING_DATA, "--run-dir", run.toString());
    }
}
