package dev.featuremap.network;

import dev.featuremap.Failure;
import dev.featuremap.HashedOutput;
import dev.featuremap.RegularFiles;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** The entries of a model zip: exactly those of DL4J's ModelSerializer, each read within a limit and against its checksum. */
final class ModelZip implements Closeable {
    static final String CONFIGURATION = "configuration.json";
    static final String COEFFICIENTS = "coefficients.bin";
    static final String UPDATER_STATE = "updaterState.bin";

    private static final Set<String> ALLOWED = Set.of(CONFIGURATION, COEFFICIENTS, UPDATER_STATE);
    /** What ModelSerializer reads with Java's deserialisation, which can run any code. */
    private static final Set<String> SERIALISED = Set.of("preprocessor.bin", "normalizer.bin");

    private static final String REMEDY =
            "Use a model that this program or DL4J 1.0.0-M2.1's ModelSerializer wrote, whole and unchanged.";
    private static final int BUFFER = 1 << 16;
    /** Three entries of at most 4 GiB, and what is around them. */
    private static final long MOST_BYTES = 3L * (1L << 32) + BUFFER;

    /** What takes an entry's bytes, to their end. */
    interface Reader {
        void read(InputStream in) throws IOException;
    }

    private final Path path;
    private final FileChannel file;
    private final Map<String, ZipLayout.Part> parts = new HashMap<>();

    private ModelZip(Path path, FileChannel file) {
        this.path = path;
        this.file = file;
    }

    /** Opens a file and checks its structure, its entries' names and, where it has one, its seal. */
    static ModelZip open(Path path) {
        if (!RegularFiles.isFile(path)) {
            throw Failure.model(
                    path + ": no such file", "Check the path; a finished run holds its model as model.zip.");
        }
        try {
            ModelZip model = new ModelZip(path, RegularFiles.open(path, MOST_BYTES));
            try {
                model.check();
            } catch (Failure | IOException e) {
                model.close();
                throw e;
            }
            return model;
        } catch (IOException e) {
            throw unreadable(path.toString(), e);
        }
    }

    boolean has(String name) {
        return parts.containsKey(name);
    }

    /** The whole entry, which must not be larger than {@code most} bytes. */
    byte[] bytes(String name, int most) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        read(name, in -> {
            bytes.write(in.readNBytes(most + 1));
            if (bytes.size() > most) {
                throw refusal(name, "is larger than " + (most >> 20) + " MiB");
            }
        });
        return bytes.toByteArray();
    }

    /** Reads an entry and, once the reader is done, requires that it was all of it and that its checksum holds. */
    void read(String name, Reader reader) {
        ZipLayout.Part part = parts.get(name);
        if (part == null) {
            throw Failure.model(path + ": holds no " + name, REMEDY);
        }
        Inflater inflater = new Inflater(true);
        try (InputStream packed = new FileSlice(file, part.start(), part.start() + part.packedBytes());
                CheckedInputStream in = new CheckedInputStream(
                        part.deflated() ? new InflaterInputStream(packed, inflater, BUFFER) : packed, new CRC32())) {
            reader.read(in);
            boolean exact = !part.deflated()
                    || (inflater.getBytesRead() == part.packedBytes() && inflater.getBytesWritten() == part.bytes());
            if (!exact || in.getChecksum().getValue() != part.crc()) {
                throw refusal(name, "its checksum does not hold: it was damaged or changed");
            }
        } catch (EOFException e) {
            throw refusal(name, "is shorter than the network it belongs to");
        } catch (IOException e) {
            throw unreadable(path + ": " + name, e);
        } finally {
            inflater.end();
        }
    }

    Failure refusal(String entry, String what) {
        return Failure.model(path + ": " + entry + ": " + what, REMEDY);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void check() throws IOException {
        ZipLayout layout = ZipLayout.read(file, ModelSeal.BYTES);
        for (ZipLayout.Part part : layout.parts()) {
            if (!ALLOWED.contains(part.name())) {
                throw foreign(part.name());
            }
            if (parts.put(part.name(), part) != null) {
                throw Failure.model(path + ": holds " + part.name() + " twice", REMEDY);
            }
        }
        if (!layout.comment().isEmpty()) {
            HashedOutput entries = new HashedOutput(OutputStream.nullOutputStream());
            new FileSlice(file, 0, layout.directoryStart()).transferTo(entries);
            if (!layout.comment().equals(ModelSeal.of(entries.sha256()))) {
                throw Failure.model(
                        path + ": was damaged or changed: its SHA-256 is not the one it was sealed with", REMEDY);
            }
        }
    }

    private Failure foreign(String name) {
        String shown = NetworkJson.firstLine(name);
        if (SERIALISED.contains(name) || name.startsWith("objects/")) {
            return Failure.model(
                    path + ": holds " + shown + ", a serialised Java object, which can run any code when it is read",
                    "Write the model without it: ModelSerializer.writeModel(network, file, true).");
        }
        return Failure.model(
                path + ": holds an entry " + shown + "; a model has only " + CONFIGURATION + ", " + COEFFICIENTS
                        + " and " + UPDATER_STATE,
                REMEDY);
    }

    private static Failure unreadable(String what, IOException e) {
        String reason = e instanceof ZipException ? e.getMessage() : "cannot be read (" + e.getMessage() + ")";
        return new Failure(Failure.Kind.MODEL, what + ": " + reason, REMEDY, e);
    }
}
