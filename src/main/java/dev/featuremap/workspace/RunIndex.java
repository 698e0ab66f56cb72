package dev.featuremap.workspace;

import dev.featuremap.AtomicFiles;
import dev.featuremap.Failure;
import dev.featuremap.RegularFiles;
import dev.featuremap.run.RunTags;
import dev.featuremap.workspace.Entry.Kind;
import dev.featuremap.workspace.Entry.Outcome;
import dev.featuremap.workspace.Entry.State;
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
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * The file {@code .index} in a folder of runs: entries as they were read, each with what its files looked like then. It only saves
 * reading: an entry counts as long as these look the same, and a file that is missing, damaged or of another version is passed over.
 *
 * <p>It holds a magic number, the CRC-32 of what follows, every text once, where each entry begins after the first, and the entries, whose
 * texts are numbers of those.
 */
final class RunIndex {
    static final String FILE = ".index";

    private static final long MAGIC = 0x464d_5255_4e53_0004L; // FMRUNS, version 4
    private static final int MOST_BYTES = 256 << 20;

    private RunIndex() {}

    /** An entry, and what its folder and files looked like before it was read. */
    record Seen(Entry entry, Looks looks) {}

    /**
     * What a folder and files in it look like.
     *
     * @param files names of those that are there
     * @param numbers of the folder and of each of the files: size, time of the last change in nanoseconds, and a number the system knows it
     *     by, where it has such
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Looks(List<String> files, long[] numbers) {
        private static final int LONGS = 3;
        private static final long MISSING = -1;

        /** Of those of the files that are there. */
        static Looks of(Path folder, List<String> files) {
            List<String> there = new ArrayList<>();
            long[] numbers = new long[size(files.size())];
            look(folder, numbers, 0);
            for (String file : files) {
                int at = size(there.size());
                look(folder.resolve(file), numbers, at);
                if (numbers[at] != MISSING) {
                    there.add(file);
                }
            }
            return new Looks(List.copyOf(there), Arrays.copyOf(numbers, size(there.size())));
        }

        private static int size(int files) {
            return LONGS * (1 + files);
        }

        private static void look(Path path, long[] numbers, int at) {
            BasicFileAttributes there = RegularFiles.attributes(path);
            if (there == null || there.isSymbolicLink()) {
                numbers[at] = MISSING;
                return;
            }
            numbers[at] = there.size();
            numbers[at + 1] = there.lastModifiedTime().to(TimeUnit.NANOSECONDS);
            numbers[at + 2] = there.fileKey() == null ? 0 : there.fileKey().hashCode();
        }

        boolean areTheSame(Path folder) {
            return Arrays.equals(numbers, of(folder, files).numbers);
        }

        /** When the youngest of them was changed, in nanoseconds since 1970. */
        long youngest() {
            long youngest = Long.MIN_VALUE;
            for (int i = 1; i < numbers.length; i += LONGS) {
                youngest = Math.max(youngest, numbers[i]);
            }
            return youngest;
        }
    }

    /** What the index of a folder holds, by the entries' names; nothing where it has none that can be used. */
    static Map<String, Seen> read(Path runs) {
        try {
            return read(runs, RegularFiles.read(runs.resolve(FILE), MOST_BYTES));
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
        } catch (Failure e) {
            // Without it, the next listing reads more files.
        }
    }

    private static Map<String, Seen> read(Path runs, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CRC32 crc = new CRC32();
        boolean isOurs = in.getLong() == MAGIC;
        long expected = in.getLong();
        crc.update(bytes, in.position(), in.remaining());
        if (!isOurs || crc.getValue() != expected) {
            throw new IllegalArgumentException("not ours, or damaged");
        }
        String[] texts = new String[in.getInt()];
        for (int i = 0; i < texts.length; i++) {
            int length = in.getInt();
            texts[i] = new String(bytes, in.position(), length, StandardCharsets.UTF_8);
            in.position(in.position() + length);
        }
        int count = in.getInt();
        int[] numbers = new int[in.remaining() / Integer.BYTES];
        in.asIntBuffer().get(numbers);
        Map<String, Seen> entries = new ConcurrentHashMap<>(2 * count);
        IntStream.range(0, count).parallel().forEach(i -> {
            Seen seen = new Reader(runs, texts, numbers, count + numbers[i]).seen();
            entries.put(seen.entry().name(), seen);
        });
        return entries;
    }

    /** Reads one entry: whole arrays are read at once, since a listing is at its end before the JVM has compiled much. */
    private static final class Reader {
        private final Path runs;
        private final String[] texts;
        private final int[] numbers;
        private int at;

        private Reader(Path runs, String[] texts, int[] numbers, int at) {
            this.runs = runs;
            this.texts = texts;
            this.numbers = numbers;
            this.at = at;
        }

        private Seen seen() {
            String name = text();
            Kind kind = Kind.valueOf(text());
            Instant created = Instant.ofEpochSecond(longOfTwo(), numbers[at++]);
            State state = new State(text(), null);
            int epochs = numbers[at++];
            double seconds = Double.longBitsToDouble(longOfTwo());
            String engine = text();
            Map<String, Double> metrics = new LinkedHashMap<>();
            for (int left = numbers[at++]; left > 0; left--) {
                metrics.put(text(), Double.longBitsToDouble(longOfTwo()));
            }
            List<String> tags = texts();
            String note = text();
            int[] settings = Arrays.copyOfRange(numbers, at + 1, at + 1 + 2 * numbers[at]);
            at += 1 + settings.length;
            for (int number : settings) {
                Objects.checkIndex(number, texts.length);
            }
            List<String> files = texts();
            long[] looks = new long[Looks.size(files.size())];
            Arrays.setAll(looks, i -> longOfTwo());
            return new Seen(
                    new Entry(
                            name,
                            runs.resolve(name),
                            kind,
                            created,
                            state,
                            new Outcome(
                                    epochs < 0 ? null : epochs,
                                    Double.isNaN(seconds) ? null : seconds,
                                    engine,
                                    metrics),
                            new RunTags(tags, note),
                            new PackedMap(texts, settings)),
                    new Looks(files, looks));
        }

        private long longOfTwo() {
            return (long) numbers[at++] << Integer.SIZE | Integer.toUnsignedLong(numbers[at++]);
        }

        private String text() {
            int number = numbers[at++];
            return number < 0 ? null : texts[number];
        }

        private List<String> texts() {
            List<String> some = new ArrayList<>();
            for (int left = numbers[at++]; left > 0; left--) {
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
        private final Map<String, Integer> texts = new LinkedHashMap<>();
        private int[] numbers;
        private int size;

        private byte[] body(Collection<Seen> entries) {
            size = entries.size();
            int first = size;
            int[] starts = new int[first];
            int written = 0;
            numbers = new int[first + (1 << 16)];
            for (Seen seen : entries) {
                starts[written++] = size - first;
                write(seen);
            }
            System.arraycopy(starts, 0, numbers, 0, first);
            List<byte[]> encoded = texts.keySet().stream()
                    .map(text -> text.getBytes(StandardCharsets.UTF_8))
                    .toList();
            int bytes = encoded.stream()
                    .mapToInt(text -> Integer.BYTES + text.length)
                    .sum();
            ByteBuffer body = ByteBuffer.allocate(2 * Integer.BYTES + bytes + Integer.BYTES * size);
            body.putInt(encoded.size());
            encoded.forEach(text -> body.putInt(text.length).put(text));
            body.putInt(first);
            body.asIntBuffer().put(numbers, 0, size);
            return body.array();
        }

        private void write(Seen seen) {
            Entry entry = seen.entry();
            Outcome outcome = entry.outcome();
            write(entry.name());
            write(entry.kind().name());
            write(entry.created().getEpochSecond());
            write(entry.created().get(ChronoField.NANO_OF_SECOND));
            write(entry.status());
            write(outcome.epochs() == null ? -1 : outcome.epochs());
            write(outcome.seconds() == null ? Double.NaN : outcome.seconds());
            write(outcome.engine());
            write(outcome.metrics().size());
            outcome.metrics().forEach((metric, value) -> {
                write(metric);
                write(value);
            });
            write(entry.tags().tags());
            write(entry.tags().note());
            write(entry.settings().size());
            entry.settings().forEach((key, value) -> {
                write(key);
                write(value);
            });
            write(seen.looks().files());
            for (long number : seen.looks().numbers()) {
                write(number);
            }
        }

        private void write(int number) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * size);
            }
            numbers[size++] = number;
        }

        private void write(long number) {
            write((int) (number >>> Integer.SIZE));
            write((int) number);
        }

        private void write(double number) {
            write(Double.doubleToLongBits(number));
        }

        private void write(String text) {
            write(text == null ? -1 : texts.computeIfAbsent(text, one -> texts.size()));
        }

        private void write(List<String> some) {
            write(some.size());
            some.forEach(this::write);
        }
    }
}
