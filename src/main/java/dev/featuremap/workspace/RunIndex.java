package dev.featuremap.workspace;

import dev.featuremap.AtomicFiles;
import dev.featuremap.Failure;
import dev.featuremap.RegularFiles;
import dev.featuremap.run.RunTags;
import dev.featuremap.workspace.Entry.Kind;
import dev.featuremap.workspace.Entry.Outcome;
import dev.featuremap.workspace.Entry.State;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/**
 * The file {@code .index} in a folder of runs: entries as they were read, each with what its files looked like then. It only saves
 * reading: an entry counts as long as these look the same, and a file that is missing, damaged or of another version is passed over.
 *
 * <p>It holds a magic number, the CRC-32 of what follows, every text once, and the entries, whose texts are numbers of those.
 */
final class RunIndex {
    static final String FILE = ".index";

    private static final long MAGIC = 0x464d_5255_4e53_0003L; // FMRUNS, version 3
    private static final int MOST_BYTES = 256 << 20;

    private RunIndex() {}

    /**
     * An entry, and what its folder and files looked like before it was read.
     *
     * @param files names of those that were there, in their order
     * @param looks of the folder and of each of the files: size, time of the last change in nanoseconds, and a number the system knows it
     *     by, where it has such
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Seen(Entry entry, List<String> files, long[] looks) {
        static final int LONGS = 3;

        boolean looksTheSame() {
            return Arrays.equals(looks, RunIndex.looksOf(entry.folder(), files));
        }

        /** When the youngest of them was changed, in nanoseconds since 1970. */
        long youngest() {
            long youngest = Long.MIN_VALUE;
            for (int i = 1; i < looks.length; i += LONGS) {
                youngest = Math.max(youngest, looks[i]);
            }
            return youngest;
        }
    }

    static long[] looksOf(Path folder, List<String> files) {
        long[] looks = new long[Seen.LONGS * (1 + files.size())];
        look(folder, looks, 0);
        for (int i = 0; i < files.size(); i++) {
            look(folder.resolve(files.get(i)), looks, Seen.LONGS * (i + 1));
        }
        return looks;
    }

    private static void look(Path path, long[] looks, int at) {
        BasicFileAttributes there = RegularFiles.attributes(path);
        if (there == null || there.isSymbolicLink()) {
            looks[at] = -1;
            return;
        }
        looks[at] = there.size();
        looks[at + 1] = there.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        looks[at + 2] = there.fileKey() == null ? 0 : there.fileKey().hashCode();
    }

    /** What the index of a folder holds, by the entries' names; nothing where it has none that can be used. */
    static Map<String, Seen> read(Path runs) {
        try {
            return new Reader(runs, RegularFiles.read(runs.resolve(FILE), MOST_BYTES)).entries();
        } catch (IOException | RuntimeException e) {
            return new ConcurrentHashMap<>(); // Whatever is wrong with it: it only saves reading.
        }
    }

    /** Writes it, whole or not at all: not where the folder is not ours to write. */
    static void write(Path runs, Collection<Seen> entries) {
        try {
            byte[] body = new Writer().body(entries);
            CRC32 crc = new CRC32();
            crc.update(body);
            AtomicFiles.write(runs.resolve(FILE), out -> {
                DataOutputStream to = new DataOutputStream(out);
                to.writeLong(MAGIC);
                to.writeLong(crc.getValue());
                to.write(body);
                to.flush();
            });
        } catch (IOException | Failure e) {
            // Without it, the next listing reads more files.
        }
    }

    private static final class Reader {
        private final Path runs;
        private final ByteBuffer in;
        private String[] texts;

        private Reader(Path runs, byte[] bytes) {
            this.runs = runs;
            this.in = ByteBuffer.wrap(bytes);
        }

        private Map<String, Seen> entries() {
            Map<String, Seen> entries = new ConcurrentHashMap<>();
            CRC32 crc = new CRC32();
            boolean isOurs = in.getLong() == MAGIC;
            long expected = in.getLong();
            crc.update(in.duplicate());
            if (!isOurs || crc.getValue() != expected) {
                return entries;
            }
            texts = new String[count()];
            for (int i = 0; i < texts.length; i++) {
                int length = count();
                texts[i] = new String(in.array(), in.position(), length, StandardCharsets.UTF_8);
                in.position(in.position() + length);
            }
            for (int left = count(); left > 0; left--) {
                Seen seen = seen();
                entries.put(seen.entry().name(), seen);
            }
            return entries;
        }

        /** A number of things that follow, of which each takes a byte at least. */
        private int count() {
            int count = in.getInt();
            if (count > in.remaining()) {
                throw new IllegalArgumentException("cut short");
            }
            return count;
        }

        private Seen seen() {
            String name = text();
            Kind kind = Kind.valueOf(text());
            Instant created = Instant.ofEpochSecond(in.getLong(), in.getInt());
            State state = new State(text(), null);
            int epochs = in.getInt();
            double seconds = in.getDouble();
            String engine = text();
            Map<String, Double> metrics = new LinkedHashMap<>();
            for (int left = count(); left > 0; left--) {
                metrics.put(text(), in.getDouble());
            }
            RunTags tags = new RunTags(texts(), text());
            int[] settings = new int[2 * count()];
            for (int i = 0; i < settings.length; i++) {
                settings[i] = in.getInt();
                Objects.checkIndex(settings[i], texts.length);
            }
            List<String> files = texts();
            long[] looks = new long[Seen.LONGS * (1 + files.size())];
            for (int i = 0; i < looks.length; i++) {
                looks[i] = in.getLong();
            }
            Outcome outcome =
                    new Outcome(epochs < 0 ? null : epochs, Double.isNaN(seconds) ? null : seconds, engine, metrics);
            return new Seen(
                    new Entry(
                            name,
                            runs.resolve(name),
                            kind,
                            created,
                            state,
                            outcome,
                            tags,
                            new PackedMap(texts, settings)),
                    files,
                    looks);
        }

        private String text() {
            int number = in.getInt();
            return number < 0 ? null : texts[number];
        }

        private List<String> texts() {
            List<String> some = new ArrayList<>();
            for (int left = count(); left > 0; left--) {
                some.add(text());
            }
            return some;
        }
    }

    /** A map whose texts are numbers of shared ones, keys and values in turn: of thousands of entries, few are asked for all. */
    private static final class PackedMap extends AbstractMap<String, String> {
        private final String[] texts;
        private final int[] numbers;

        private PackedMap(String[] texts, int[] numbers) {
            this.texts = texts;
            this.numbers = numbers;
        }

        @Override
        public String get(Object key) {
            for (int i = 0; i < numbers.length; i += 2) {
                if (texts[numbers[i]].equals(key)) {
                    return texts[numbers[i + 1]];
                }
            }
            return null;
        }

        @Override
        public boolean containsKey(Object key) {
            return get(key) != null;
        }

        @Override
        public Set<Map.Entry<String, String>> entrySet() {
            Map<String, String> all = new LinkedHashMap<>();
            for (int i = 0; i < numbers.length; i += 2) {
                all.put(texts[numbers[i]], texts[numbers[i + 1]]);
            }
            return all.entrySet();
        }
    }

    private static final class Writer {
        private final Map<String, Integer> numbers = new LinkedHashMap<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(bytes);

        private byte[] body(Collection<Seen> entries) throws IOException {
            out.writeInt(entries.size());
            for (Seen seen : entries) {
                write(seen);
            }
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            DataOutputStream to = new DataOutputStream(body);
            to.writeInt(numbers.size());
            for (String text : numbers.keySet()) {
                byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
                to.writeInt(encoded.length);
                to.write(encoded);
            }
            bytes.writeTo(to);
            return body.toByteArray();
        }

        private void write(Seen seen) throws IOException {
            Entry entry = seen.entry();
            Outcome outcome = entry.outcome();
            write(entry.name());
            write(entry.kind().name());
            out.writeLong(entry.created().getEpochSecond());
            out.writeInt(entry.created().get(ChronoField.NANO_OF_SECOND));
            write(entry.status());
            out.writeInt(outcome.epochs() == null ? -1 : outcome.epochs());
            out.writeDouble(outcome.seconds() == null ? Double.NaN : outcome.seconds());
            write(outcome.engine());
            out.writeInt(outcome.metrics().size());
            for (Map.Entry<String, Double> metric : outcome.metrics().entrySet()) {
                write(metric.getKey());
                out.writeDouble(metric.getValue());
            }
            write(entry.tags().tags());
            write(entry.tags().note());
            out.writeInt(entry.settings().size());
            for (Map.Entry<String, String> setting : entry.settings().entrySet()) {
                write(setting.getKey());
                write(setting.getValue());
            }
            write(seen.files());
            for (long look : seen.looks()) {
                out.writeLong(look);
            }
        }

        private void write(String text) throws IOException {
            out.writeInt(text == null ? -1 : numbers.computeIfAbsent(text, one -> numbers.size()));
        }

        private void write(List<String> texts) throws IOException {
            out.writeInt(texts.size());
            for (String text : texts) {
                write(text);
            }
        }
    }
}
