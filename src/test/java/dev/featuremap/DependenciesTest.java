package dev.featuremap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What comes with the program is what docs/dependencies.md says, version by version. */
class DependenciesTest {
    private static final Set<String> LICENCES =
            Set.of("Apache-2.0", "MIT", "BSD-3-Clause", "BSD-4-Clause", "EPL-1.0", "EPL-2.0");

    /** A row of the table: {@code | group:artifact | version | licence | what for |}. */
    private record Listed(String group, String artifact, String version, String licence) {
        static Listed of(String row) {
            String[] cells = row.split("\\|", -1);
            String[] name = cells[1].strip().replace("`", "").split(":", -1);
            return new Listed(name[0], name[1], cells[2].strip(), cells[3].strip());
        }

        /** How a Maven repository lays it out. */
        String path() {
            return '/' + group.replace('.', '/') + '/' + artifact + '/' + version + '/';
        }
    }

    @Test
    void everyLibraryOnTheRuntimeClassPathIsListedWithItsVersion() throws IOException {
        Set<String> listed = listed().stream().map(Listed::path).collect(Collectors.toSet());
        List<String> strangers = classPath().stream()
                .filter(jar -> listed.stream().noneMatch(path -> jar.contains(path)))
                .toList();

        assertThat(strangers)
                .as("if it has earned its place, add its row to docs/dependencies.md")
                .isEmpty();
    }

    @Test
    void nothingIsListedThatIsNotThere() throws IOException {
        List<String> classPath = classPath();

        assertThat(listed())
                .as("remove these rows from docs/dependencies.md")
                .allMatch(one -> classPath.stream().anyMatch(jar -> jar.contains(one.path())));
    }

    @Test
    void everyLicenceIsOneThatTheProgramMayComeWith() throws IOException {
        assertThat(listed())
                .hasSizeGreaterThan(30)
                .allMatch(one -> LICENCES.contains(one.licence.replaceFirst(" or .*", "")));
    }

    private static List<Listed> listed() throws IOException {
        return Files.readAllLines(Path.of("docs", "dependencies.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(Listed::of)
                .toList();
    }

    /** The jars that the build hands to the launcher. */
    private static List<String> classPath() throws IOException {
        String jars = Files.readString(Path.of("target", "classpath.txt")).strip();
        return Arrays.stream(jars.split(File.pathSeparator, -1))
                .map(jar -> jar.replace(File.separatorChar, '/'))
                .toList();
    }
}
