package dev.featuremap.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.featuremap.AtomicFiles;
import dev.featuremap.Failure;
import dev.featuremap.JavaCommand;
import dev.featuremap.SmallDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCacheTest {
    private static final byte[] CONTENT = IdxBytes.counting(200_000);
    private static final String KEY = "0123456789abcdef".repeat(4);

    @TempDir
    Path folder;

    private final Told told = new Told();
    private final AtomicInteger made = new AtomicInteger();

    @Test
    void makesOnceWhatIsReadFromItsFileAfterwards() {
        assertThat(content(cache().get(wanted(KEY), making()))).isEqualTo(CONTENT);
        assertThat(content(cache().get(wanted(KEY), making()))).isEqualTo(CONTENT);

        assertThat(made).hasValue(1);
        assertThat(told.lines).isEmpty();
        assertThat(told.works).containsOnly("decoding 3 pictures");
    }

    @Test
    void keepsWhatHasAnotherKeyBesideIt() {
        String other = KEY.replace('0', '1');
        cache().get(wanted(KEY), making());

        LargeBytes ones = cache().get(wanted(other), out -> out.write(new byte[CONTENT.length], 0, CONTENT.length));

        assertThat(content(ones)).containsOnly(0);
        assertThat(content(cache().get(wanted(KEY), making()))).isEqualTo(CONTENT);
        assertThat(made).hasValue(1);
    }

    @Test
    @Tag("fault")
    void makesAnewWhatWasCut() throws IOException {
        refuses("found 100000 bytes, expected 200000", () -> write(".bytes", Arrays.copyOf(CONTENT, 100_000)));
    }

    @Test
    @Tag("fault")
    void makesAnewWhatHasAFlippedBit() throws IOException {
        byte[] flipped = CONTENT.clone();
        flipped[123_456] ^= 4;
        refuses("found CRC-32C ", () -> write(".bytes", flipped));
    }

    @Test
    @Tag("fault")
    void makesAnewWhatAnotherVersionHasKept() throws IOException {
        refuses(
                "found version 0, expected " + DataCache.VERSION,
                () -> write(".json", about().replace("\"version\":" + DataCache.VERSION, "\"version\":0")));
    }

    @Test
    @Tag("fault")
    void makesAnewWhatHasLostItsChecksum() throws IOException {
        refuses("Unexpected end-of-input", () -> write(".json", about().substring(0, 20)));
        refuses("", () -> write(".json", about().replace("crc32c\":", "crc32c\":7")));
        refuses("", () -> Files.delete(file(".bytes")));
    }

    /** Damages what is kept, which must be told in one line and made anew. */
    private void refuses(String fault, Damage damage) throws IOException {
        cache().get(wanted(KEY), making());
        damage.happens();
        made.set(0);
        told.lines.clear();

        assertThat(content(cache().get(wanted(KEY), making()))).isEqualTo(CONTENT);

        assertThat(made).hasValue(1);
        assertThat(told.lines)
                .singleElement()
                .asString()
                .startsWith(file(".bytes") + ": damaged, so made anew: " + fault);
        assertThat(content(cache().get(wanted(KEY), making()))).isEqualTo(CONTENT);
        assertThat(made).hasValue(1);
    }

    private interface Damage {
        void happens() throws IOException;
    }

    @Test
    @Tag("fault")
    void keepsNothingOfWhatCouldNotBeMade() throws IOException {
        assertThatThrownBy(() -> cache().get(wanted(KEY), out -> {
                    out.write(CONTENT, 0, 1000);
                    throw Failure.data("the file is cut", "fetch it again");
                }))
                .hasMessage("the file is cut");

        assertThat(filesKept()).containsExactly(KEY + ".lock");
        assertThat(content(cache().get(wanted(KEY), making()))).isEqualTo(CONTENT);
    }

    @Test
    @Tag("fault")
    void removesWhatAKilledProcessHasLeftOfTheSame() throws IOException {
        Files.write(folder.resolve(KEY + ".bytes.1f.tmp"), new byte[1000]);

        cache().get(wanted(KEY), making());

        assertThat(filesKept()).containsExactly(KEY + ".bytes", KEY + ".json", KEY + ".lock");
    }

    @Test
    @Tag("fault")
    void severalAtOnceAllHaveTheRightBytesAndMakeThemOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<byte[]>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(threads.submit(() -> content(cache().get(wanted(KEY), making()))));
        }
        for (Future<byte[]> one : all) {
            assertThat(one.get()).isEqualTo(CONTENT);
        }
        threads.shutdown();
        assertThat(made).hasValue(1);
    }

    @Test
    @Tag("fault")
    void twoProcessesAtOnceMakeItOnceAndBothHaveTheRightBytes() throws Exception {
        Process one = slowly("0");
        Process other = slowly("0");

        String printed = printed(one) + printed(other);

        assertThat(printed.lines()).filteredOn("right"::equals).hasSize(2);
        assertThat(printed.lines()).filteredOn("made"::equals).hasSize(1);
        assertThat(filesKept()).containsExactly(KEY + ".bytes", KEY + ".json", KEY + ".lock");
    }

    @Test
    @Tag("fault")
    void whatAKilledProcessLeftIsMadeAnew() throws Exception {
        Process killed = slowly("60");
        for (int waited = 0;
                filesKept().stream().noneMatch(name -> name.endsWith(".tmp")) && waited < 12_000;
                waited++) {
            Thread.sleep(10);
        }
        killed.destroyForcibly().waitFor();
        assertThat(filesKept()).anyMatch(name -> name.endsWith(".tmp"));

        assertThat(printed(slowly("0"))).isEqualTo("made\nright\n");

        assertThat(filesKept()).containsExactly(KEY + ".bytes", KEY + ".json", KEY + ".lock");
    }

    private Process slowly(String seconds) throws IOException {
        List<String> command =
                JavaCommand.of(List.of("-Xmx64m"), Making.class.getName(), List.of(folder.toString(), seconds));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String printed(Process process) throws Exception {
        String all = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(all).isZero();
        return all;
    }

    /** A process that wants the content, and takes so many seconds when it has to make it. */
    static final class Making {
        private Making() {}

        public static void main(String[] arguments) {
            DataCache cache = new DataCache(Path.of(arguments[0]), DataProgress.SILENT);
            DataCache.Wanted wanted = new DataCache.Wanted(KEY, "bytes", Path.of("from"), "making", CONTENT.length);
            LargeBytes bytes = cache.get(wanted, out -> {
                System.out.println("made");
                out.write(CONTENT, 0, 100_000);
                out.flush();
                LockSupport.parkNanos(Long.parseLong(arguments[1]) * 1_000_000_000);
                out.write(CONTENT, 100_000, CONTENT.length - 100_000);
            });
            System.out.println(Arrays.equals(content(bytes), CONTENT) ? "right" : "wrong");
        }
    }

    @Test
    @Tag("fault")
    void onAFullDiskWhatIsSmallIsKeptInMemoryAndNothingIsLeft() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"))) {
            disk.leave(10);
            DataCache cache = new DataCache(disk.path().resolve("cache"), told);

            assertThat(content(cache.get(wanted(KEY), making()))).startsWith(CONTENT);

            assertThat(told.lines).singleElement().asString().endsWith(" free; kept in memory instead, for this time");
            assertThat(cache.kept()).isEmpty();
        }
    }

    @Test
    @Tag("fault")
    void whatNeitherTheDiskNorMemoryHoldsIsRefusedBeforeItIsMade() {
        DataCache.Wanted huge = new DataCache.Wanted(KEY, "pictures", folder, "decoding", 1L << 60);

        Failure failure = catchThrowableOfType(Failure.class, () -> cache().get(huge, making()));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.ENVIRONMENT);
        assertThat(failure).hasMessageStartingWith(folder + ": pictures take 1152921504606846976 bytes, found ");
        assertThat(failure.remedy()).contains("featuremap data cache --clear");
        assertThatThrownBy(() -> DataCache.NONE.get(huge, making()))
                .hasMessageContaining("at most 268435456 in memory");
        assertThat(made).hasValue(0);
    }

    @Test
    @Tag("fault")
    void aFolderThatCannotBeMadeStopsNothing() throws IOException {
        Path file = Files.createFile(folder.resolve("a file"));

        assertThat(content(new DataCache(file, told).get(wanted(KEY), making())))
                .startsWith(CONTENT);

        assertThat(told.lines).singleElement().asString().startsWith("cannot write " + file + ": ");
    }

    @Test
    void listsWhatIsKeptTheLatestUsedFirst() throws IOException {
        String other = KEY.replace('0', '1');
        cache().get(wanted(KEY), making());
        cache().get(wanted(other), making());
        for (String key : List.of(KEY, other)) {
            Files.setLastModifiedTime(folder.resolve(key + ".json"), FileTime.from(Instant.EPOCH));
        }
        Instant before = Instant.now().minusSeconds(1);

        cache().get(wanted(KEY), making());

        List<DataCache.Kept> kept = cache().kept();
        assertThat(kept).extracting(DataCache.Kept::key).containsExactly(KEY, other);
        assertThat(kept.get(0).what()).isEqualTo("3 pictures");
        assertThat(kept.get(0).from()).isEqualTo(folder.resolve("from").toString());
        assertThat(kept.get(0).bytes()).isBetween(200_000L, 201_000L);
        assertThat(kept.get(0).lastUse()).isAfter(before);
        assertThat(kept.get(1).lastUse()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void clearsAllOfItsOwnWhileWhatIsInUseStaysUsable() throws IOException {
        LargeBytes inUse = cache().get(wanted(KEY), making());
        Files.write(folder.resolve(KEY.replace('0', '2') + ".bytes.77.tmp"), new byte[10]);
        Files.createFile(folder.resolve("notes.txt"));

        assertThat(cache().clear())
                .extracting(DataCache.Kept::what)
                .containsExactlyInAnyOrder("3 pictures", "unfinished");

        assertThat(filesKept()).containsExactly("notes.txt");
        assertThat(content(inUse)).isEqualTo(CONTENT);
        assertThat(cache().kept()).isEmpty();
        assertThat(new DataCache(folder.resolve("none"), told).kept()).isEmpty();
    }

    private DataCache cache() {
        return new DataCache(folder, told);
    }

    private DataCache.Wanted wanted(String key) {
        return new DataCache.Wanted(key, "3 pictures", folder.resolve("from"), "decoding 3 pictures", CONTENT.length);
    }

    private AtomicFiles.Content making() {
        return out -> {
            made.incrementAndGet();
            out.write(CONTENT, 0, CONTENT.length);
        };
    }

    private static byte[] content(LargeBytes bytes) {
        byte[] all = new byte[CONTENT.length];
        bytes.read(0, all);
        return all;
    }

    private Path file(String ending) {
        return folder.resolve(KEY + ending);
    }

    private String about() throws IOException {
        return Files.readString(file(".json"));
    }

    private void write(String ending, String text) throws IOException {
        write(ending, text.getBytes(StandardCharsets.UTF_8));
    }

    private void write(String ending, byte[] content) throws IOException {
        Files.write(file(ending), content);
    }

    private List<String> filesKept() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** All that is told. */
    private static final class Told implements DataProgress {
        private final List<String> works = new ArrayList<>();
        private final List<String> lines = new ArrayList<>();

        @Override
        public synchronized void advanced(String work, long done, long total) {
            works.add(work);
        }

        @Override
        public void noted(String line) {
            lines.add(line);
        }
    }
}
