package dev.featuremap.network;

import dev.featuremap.Failure;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

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
    private static final int END_RECORD_BYTES = 22;
    private static final int END_RECORD_SIGNATURE = 0x06054b50;
    private static final int MOST_ENTRIES = 16;
    private static final long MOST_DIRECTORY_BYTES = 1 << 16;

    /** What takes an entry's bytes; it need not read to the end. */
    interface Reader<T> {
        T read(InputStream in) throws IOException;
    }

    private final Path file;
    private final ZipFile zip;
    private final Map<String, ZipEntry> entries = new HashMap<>();

    private ModelZip(Path file, ZipFile zip) {
        this.file = file;
        this.zip = zip;
    }

    static ModelZip open(Path file) {
        if (!Files.exists(file)) {
            throw Failure.model(
                    file + ": no such file", "Check the path; a finished run holds its model as model.zip.");
        }
        if (!Files.isRegularFile(file)) {
            throw Failure.model(file + ": is not a file", REMEDY);
        }
        try {
            checkEndRecord(file);
            ModelZip model = new ModelZip(file, new ZipFile(file.toFile()));
            try {
                model.checkNames();
            } catch (Failure failure) {
                model.close();
                throw failure;
            }
            return model;
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    boolean has(String name) {
        return entries.containsKey(name);
    }

    /** The whole entry, which must not be larger than {@code most} bytes. */
    byte[] bytes(String name, int most) {
        return read(name, in -> {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw refusal(name, "is larger than " + (most >> 20) + " MiB");
            }
            return bytes;
        });
    }

    /** Reads an entry and, once the reader is done, requires that it was all of it and that its checksum holds. */
    <T> T read(String name, Reader<T> reader) {
        ZipEntry entry = entries.get(name);
        if (entry == null) {
            throw Failure.model(file + ": holds no " + name, REMEDY);
        }
        try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
            T content = reader.read(in);
            if (in.read() >= 0) {
                throw refusal(name, "is longer than the network it belongs to");
            }
            if (in.getChecksum().getValue() != entry.getCrc()) {
                throw refusal(name, "its checksum does not hold: it was damaged or changed");
            }
            return content;
        } catch (EOFException e) {
            throw refusal(name, "is shorter than the network it belongs to");
        } catch (IOException e) {
            throw unreadable(file + ": " + name, e);
        }
    }

    Failure refusal(String entry, String what) {
        return Failure.model(file + ": " + entry + ": " + what, REMEDY);
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Java's ZipFile reads the whole directory into memory: its size is looked at before. */
    private static void checkEndRecord(Path file) throws IOException {
        ByteBuffer end = ByteBuffer.allocate(END_RECORD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            if (in.length() < END_RECORD_BYTES) {
                throw Failure.model(file + ": is no zip file: " + in.length() + " bytes", REMEDY);
            }
            in.seek(in.length() - END_RECORD_BYTES);
            in.readFully(end.array());
        }
        if (end.getInt(0) != END_RECORD_SIGNATURE) {
            throw Failure.model(file + ": is no zip file, or was cut off", REMEDY);
        }
        int count = Short.toUnsignedInt(end.getShort(10));
        long directory = Integer.toUnsignedLong(end.getInt(12));
        if (count > MOST_ENTRIES || directory > MOST_DIRECTORY_BYTES) {
            throw Failure.model(
                    file + ": holds " + count + " entries with a directory of " + directory
                            + " bytes; a model has 2 or 3 entries",
                    REMEDY);
        }
    }

    private void checkNames() {
        for (ZipEntry entry : Collections.list(zip.entries())) {
            String name = entry.getName();
            if (!ALLOWED.contains(name)) {
                throw foreign(name);
            }
            if (entries.put(name, entry) != null) {
                throw Failure.model(file + ": holds " + name + " twice", REMEDY);
            }
        }
    }

    private Failure foreign(String name) {
        String shown = NetworkJson.firstLine(name);
        if (SERIALISED.contains(name) || name.startsWith("objects/")) {
            return Failure.model(
                    file + ": holds " + shown + ", a serialised Java object, which can run any code when it is read",
                    "Write the model without it: ModelSerializer.writeModel(network, file, true).");
        }
        return Failure.model(
                file + ": holds an entry " + shown + "; a model has only " + CONFIGURATION + ", " + COEFFICIENTS
                        + " and " + UPDATER_STATE,
                REMEDY);
    }

    private static Failure unreadable(String what, IOException e) {
        return new Failure(Failure.Kind.MODEL, what + ": cannot be read (" + e.getMessage() + ")", REMEDY, e);
    }
}
