package dev.featuremap.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class FilesAheadTest {
    @Test
    void handsOutWhatWasMadeInTheFilesOrderWhoeverIsReadyFirst() {
        try (FilesAhead<Integer> files = new FilesAhead<>(FilesAheadTest::file, 100, FilesAheadTest::slowNumber)) {
            for (int i = 0; i < 100; i++) {
                assertThat(files.next()).isEqualTo(i);
            }
        }
    }

    @Test
    void throwsWhatMakingThrewInItsFilesPlace() {
        try (FilesAhead<Integer> files = new FilesAhead<>(FilesAheadTest::file, 3, FilesAheadTest::exhausted)) {
            assertThat(files.next()).isZero();
            assertThatThrownBy(files::next).isInstanceOf(OutOfMemoryError.class).hasMessage("1");
            assertThat(files.next()).isEqualTo(2);
        }
    }

    private static Path file(int number) {
        return Path.of("folder", Integer.toString(number));
    }

    private static int number(Path file) {
        return Integer.parseInt(file.getFileName().toString());
    }

    private static int slowNumber(Path file) {
        LockSupport.parkNanos(number(file) % 7 == 0 ? 2_000_000 : 0);
        return number(file);
    }

    private static int exhausted(Path file) {
        if (number(file) == 1) {
            throw new OutOfMemoryError("1");
        }
        return number(file);
    }
}
