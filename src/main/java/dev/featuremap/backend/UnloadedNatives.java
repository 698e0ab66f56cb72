package dev.featuremap.backend;

import dev.featuremap.Failure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;

/** Why ND4J's natives do not load, read from what the system said, each reason with its own remedy. */
public final class UnloadedNatives {
    private static final long MIB = 1 << 20;
    private static final long UNPACKED = 300 * MIB;
    private static final String ELSEWHERE =
            "set FEATUREMAP_JAVA_OPTS=-Dorg.bytedeco.javacpp.cachedir=FOLDER to a folder that ";

    private UnloadedNatives() {}

    /** The failure to tell when {@code thrown} came of loading natives. */
    public static Failure failure(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage())
                .lines()
                .findFirst()
                .orElse(root.getClass().getName());
        return failure(message, unpackedIn(), addressLimit(), PackedNatives.areUsed(), thrown);
    }

    /** Whether something thrown came of loading natives, or of having failed to before. */
    public static boolean areMeantBy(Throwable thrown) {
        return thrown instanceof LinkageError
                && Stream.concat(
                                Stream.of(String.valueOf(thrown)),
                                Stream.of(thrown.getStackTrace()).map(StackTraceElement::getClassName))
                        .anyMatch(name -> name.contains("org.nd4j.") || name.contains("org.bytedeco."));
    }

    /**
     * @param message of what was thrown first
     * @param folder where natives are unpacked; empty when there is none
     * @param addressLimit of the process, as the system tells it; empty where there is none
     * @param packed whether this is a distribution
     */
    static Failure failure(
            String message,
            Optional<Path> folder,
            Optional<String> addressLimit,
            boolean packed,
            Throwable underlying) {
        String cause =
                "no native of ND4J could be loaded for " + Natives.inUse().platform() + " (on the classpath: "
                        + Natives.inUse().classifier() + "): ";
        if (folder.isEmpty()) {
            return Failure.environment(
                    cause + "there is no folder to unpack them in: neither " + System.getProperty("user.home")
                            + "/.javacpp/cache nor " + System.getProperty("java.io.tmpdir") + " can be written",
                    ELSEWHERE + "can be written, or mend HOME",
                    underlying);
        }
        boolean unmapped = message.contains("failed to map segment");
        if (unmapped && addressLimit.isPresent()) {
            return Failure.environment(
                    cause + "ulimit -v allows the process " + addressLimit.get()
                            + " bytes of addresses, which they exceed",
                    "start it with ulimit -v unlimited, or a smaller FEATUREMAP_HEAP",
                    underlying);
        }
        if (unmapped) {
            return Failure.environment(
                    cause + folder.get() + ", where they are unpacked, does not let code be run (mounted noexec?)",
                    ELSEWHERE + "does",
                    underlying);
        }
        if (packed) {
            return Failure.environment(cause + message, PackedNatives.DAMAGED, underlying);
        }
        long free = folder.get().toFile().getUsableSpace();
        if (free < UNPACKED) {
            return Failure.environment(
                    cause + folder.get() + ", where they are unpacked, has " + free / MIB + " MiB free: " + message,
                    "make room for " + UNPACKED / MIB + " MiB there and remove that folder, or " + ELSEWHERE
                            + "has room",
                    underlying);
        }
        return Failure.environment(
                cause + message,
                "build again on this machine with ./featuremap, which takes the natives that suit it; if that does not help,"
                        + " remove " + folder.get() + ", where they were unpacked",
                underlying);
    }

    private static Optional<Path> unpackedIn() {
        if (PackedNatives.areUsed()) {
            return Optional.of(Path.of(System.getProperty("java.library.path")));
        }
        try {
            return Optional.of(Loader.getCacheDir()).map(File::toPath);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> addressLimit() {
        try (Stream<String> limits = Files.lines(Path.of("/proc/self/limits"))) {
            return limits.filter(line -> line.startsWith("Max address space"))
                    .map(line -> line.split("\\s{2,}", -1)[1])
                    .filter(limit -> !limit.equals("unlimited"))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
