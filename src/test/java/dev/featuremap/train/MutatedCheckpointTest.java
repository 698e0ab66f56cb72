package dev.featuremap.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.featuremap.Failure;
import dev.featuremap.Stress;
import dev.featuremap.run.Checkpoints;
import dev.featuremap.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Not one byte of a checkpoint can change unseen. */
class MutatedCheckpointTest {
    private static final long SEED = 20261124;

    @TempDir
    Path folder;

    @Test
    void noMutatedCheckpointIsLoaded() throws IOException {
        Path run = folder.resolve("run");
        Runs.trainUntilStopped(Runs.small(), run, 10);
        Files.move(run.resolve("checkpoints/step-7"), folder.resolve("step-7"));
        Checkpoints checkpoints = RunDirectory.openBegun(run).checkpoints();
        List<Path> files;
        try (Stream<Path> inside = Files.list(run.resolve("checkpoints/step-10"))) {
            files = inside.sorted().toList();
        }
        assertThat(files).hasSize(3);
        assertThat(checkpoints.newest()).isPresent();

        Random random = new Random(SEED);
        int mutations = Stress.count("stress.mutations", 200);
        for (int i = 0; i < mutations; i++) {
            Path file = files.get(i % files.size());
            byte[] sound = Files.readAllBytes(file);
            byte[] mutated = mutated(sound, random);
            Files.write(file, mutated);
            Failure failure = catchThrowableOfType(Failure.class, checkpoints::newest);
            assertThat(failure).as("mutation %d of %s", i, file).isNotNull();
            assertThat(failure.kind()).isEqualTo(Failure.Kind.MODEL);
            assertThat(failure).hasMessageContaining(file.getFileName().toString());
            Files.write(file, sound);
        }
        assertThat(checkpoints.newest()).isPresent();
        Stress.tell(8, "mutated checkpoints loaded", "0 of " + mutations);
    }

    /** A bit flipped, cut off, lengthened, or some bytes overwritten. */
    private static byte[] mutated(byte[] sound, Random random) {
        byte[] bytes = sound.clone();
        switch (random.nextInt(4)) {
            case 0 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 2 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(100));
            default -> {
                for (int i = 0; i < 8; i++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
            }
        }
        return bytes;
    }
}
