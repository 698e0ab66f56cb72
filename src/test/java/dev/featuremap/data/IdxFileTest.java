package dev.featuremap.data;

import static dev.featuremap.data.IdxBytes.counting;
import static dev.featuremap.data.IdxBytes.gzip;
import static dev.featuremap.data.IdxBytes.header;
import static dev.featuremap.data.IdxBytes.idx;
import static dev.featuremap.data.IdxBytes.join;
import static dev.featuremap.data.IdxBytes.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import dev.featuremap.Failure;
import dev.featuremap.Stress;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxFileTest {
    private static final long HEAP_GROWTH = 16L << 20;
    /** The promise is two seconds; the rest allows for a machine that is busy with something else. */
    private static final Duration SLOWEST = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void readsEveryRankPlainAndPacked(int rank) {
        int[] dimensions = Arrays.copyOf(new int[] {5, 3, 4, 2}, rank);
        int length = Arrays.stream(dimensions).reduce(1, (a, b) -> a * b);
        byte[] bytes = idx(counting(length), dimensions);
        for (byte[] onDisk : new byte[][] {bytes, gzip(bytes)}) {
            IdxFile file = IdxFile.read(write(folder.resolve("numbers"), onDisk));
            assertThat(file.rank()).isEqualTo(rank);
            assertThat(file.count()).isEqualTo(5);
            assertThat(file.value(length - 1)).isEqualTo(length - 1);
            assertThat(IdxBytes.values(file)).isEqualTo(counting(length));
        }
    }

    @Test
    void readsTheRealSampleAndKnowsItsHashes() {
        IdxFile images = IdxBytes.sampleImages();
        assertThat(images.shape()).isEqualTo("600x28x28");
        assertThat(images.sha256()).isEqualTo("0438d457c168a90b74916aa1f4d2af7a61039ded3e81ed46778ac596994b8a3b");
        IdxFile unpacked = IdxFile.read(write(folder.resolve("plain"), idx(IdxBytes.values(images), 600, 28, 28)));
        assertThat(unpacked.sha256()).isEqualTo(images.contentSha256()).isEqualTo(unpacked.contentSha256());
    }

    @Test
    void unpacksAPackedFileOnceIntoTheCache() {
        byte[] bytes = idx(counting(24), 2, 3, 4);
        Path file = write(folder.resolve("numbers.gz"), gzip(bytes));
        List<String> works = new ArrayList<>();
        DataCache cache = new DataCache(folder.resolve("cache"), (work, done, total) -> works.add(work));
        for (int i = 0; i < 2; i++) {
            IdxFile read = IdxFile.read(file, cache);
            assertThat(IdxBytes.values(read)).isEqualTo(counting(24));
            assertThat(read.sha256()).isEqualTo(IdxFile.read(file).sha256());
            assertThat(read.contentSha256())
                    .isEqualTo(
                            IdxFile.read(write(folder.resolve("plain"), bytes)).sha256());
        }
        assertThat(works).isNotEmpty().containsOnly("unpacking numbers.gz");
        int written = works.size();

        write(file, gzip(idx(counting(12), 4, 3)));
        assertThat(IdxBytes.values(IdxFile.read(file, cache))).isEqualTo(counting(12));
        assertThat(works).hasSizeGreaterThan(written);
        assertThat(cache.kept()).extracting(DataCache.Kept::what).contains("2x3x4 unpacked", "4x3 unpacked");
    }

    @Test
    void keepsNothingOfAPackedFileThatIsCut() throws IOException {
        byte[] packed = gzip(idx(counting(100_000), 100_000));
        Path file = write(folder.resolve("cut.gz"), Arrays.copyOf(packed, packed.length - 9));
        DataCache cache = new DataCache(folder.resolve("cache"), DataProgress.SILENT);

        Failure failure = catchThrowableOfType(Failure.class, () -> IdxFile.read(file, cache));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.DATA);
        assertThat(failure).hasMessageContaining("expected 100008 bytes, found ");
        assertThat(cache.kept()).isEmpty();
    }

    @Test
    void readsAHeaderWithoutTheValues() {
        IdxFile file = IdxFile.unread(write(folder.resolve("h"), idx(counting(24), 2, 3, 4)));
        assertThat(file.shape()).isEqualTo("2x3x4");
    }

    @Test
    void rejectsAMissingFile() {
        assertThat(refusal(folder.resolve("nowhere"))).hasMessageContaining("no such file");
    }

    @Test
    void rejectsAFileCutAtEveryByteOfItsHeader() {
        byte[] bytes = idx(counting(24), 2, 3, 4);
        for (int cut = 0; cut < 16; cut++) {
            Failure failure = refusal(write(folder.resolve("cut"), Arrays.copyOf(bytes, cut)));
            assertThat(failure)
                    .hasMessageEndingWith(
                            cut < 4
                                    ? "cut in its header: found " + cut + " bytes, expected 4 of magic number first"
                                    : "cut in its header: found " + cut + " bytes, expected 16 for rank 3");
        }
    }

    @Test
    void rejectsAPackedFileCutAtEveryByteOfItsHeader() {
        byte[] packed = gzip(idx(counting(24), 2, 3, 4));
        for (int cut = 0; cut < packed.length; cut++) {
            refusal(write(folder.resolve("cut.gz"), Arrays.copyOf(packed, cut)));
        }
    }

    @Test
    void rejectsTruncatedImagesAtRandomPlaces() throws IOException {
        byte[] packed = Files.readAllBytes(IdxBytes.sample("sample-images-idx3-ubyte.gz"));
        byte[] plain = idx(IdxBytes.values(IdxBytes.sampleImages()), 600, 28, 28);
        Random random = new Random(11);
        int cuts = Stress.count("stress.mutations", 200) / 2;
        for (int i = 0; i < cuts; i++) {
            int cut = 16 + random.nextInt(plain.length - 16);
            assertThat(refusal(write(folder.resolve("cut"), Arrays.copyOf(plain, cut))))
                    .hasMessageEndingWith(
                            "declares 600x28x28, expected " + plain.length + " bytes, found " + cut + " bytes");
            int packedCut = 40 + random.nextInt(packed.length - 40);
            assertThat(refusal(write(folder.resolve("cut.gz"), Arrays.copyOf(packed, packedCut))))
                    .hasMessageContaining("expected " + plain.length + " bytes, found ");
        }
        Stress.tell(11, "IDX and gz files cut at a random byte and read", "0 of " + 2 * cuts);
    }

    @Test
    void readsNoFlippedBitInAPackedFileAsOtherValues() throws IOException {
        byte[] packed = Files.readAllBytes(IdxBytes.sample("sample-labels-idx1-ubyte.gz"));
        byte[] values = IdxBytes.values(IdxBytes.sampleLabels());
        Random random = new Random(12);
        int flips = Stress.count("stress.mutations", 200);
        int others = 0;
        int refused = 0;
        for (int i = 0; i < flips; i++) {
            byte[] flipped = packed.clone();
            flipped[random.nextInt(packed.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                // A few bits of gzip's header and of deflate's padding mean nothing.
                byte[] read = IdxBytes.values(IdxFile.read(write(folder.resolve("flipped.gz"), flipped)));
                others += Arrays.equals(read, values) ? 0 : 1;
            } catch (Failure failure) {
                assertThat(failure.kind()).isEqualTo(Failure.Kind.DATA);
                refused++;
            }
        }
        assertThat(others).isZero();
        assertThat(refused).isGreaterThan(flips * 9 / 10);
        Stress.tell(11, "gz files with one bit flipped read as other values", others + " of " + flips);
    }

    @Test
    void rejectsAWrongMagicNumberTypeOrRank() {
        for (byte[] magic : new byte[][] {
            {1, 0, 8, 3}, {0, 1, 8, 3}, {0, 0, 9, 3}, {0, 0, 13, 3}, {0, 0, 8, 0}, {0, 0, 8, 5}, {0, 0, 8, -1}
        }) {
            byte[] bytes = join(magic, new byte[100]);
            assertThat(refusal(write(folder.resolve("magic"), bytes)))
                    .hasMessageContaining("found magic number 0x")
                    .hasMessageContaining("expected 0x0000080R");
        }
    }

    @Test
    void rejectsZeroAndNegativeDimensions() {
        assertThat(refusal(write(folder.resolve("zero"), header(0, 28, 28)))).hasMessageContaining("dimension of 0");
        assertThat(refusal(write(folder.resolve("negative"), idx(new byte[9], 3, -3))))
                .hasMessageContaining("dimension of -3");
    }

    @Test
    void rejectsHugeDimensionsBeforeAllocating() {
        long most = 0;
        int[][] hostile = {
            {Integer.MAX_VALUE},
            {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE},
            {65536, 65536},
            {1 << 16, 1 << 16, 1 << 16, 1 << 16},
            {2_000_000_000},
            {60000, 28, 28}
        };
        for (int[] dimensions : hostile) {
            byte[] bytes = idx(counting(1000), dimensions);
            for (byte[] onDisk : new byte[][] {bytes, gzip(bytes)}) {
                Path file = write(folder.resolve("huge"), onDisk);
                long before = allocated();
                refusal(file);
                most = Math.max(most, allocated() - before);
                assertThat(most).as(Arrays.toString(dimensions)).isLessThan(HEAP_GROWTH);
            }
        }
        Stress.tell(12, "most memory a false header made it allocate", (most >> 10) + " KiB");
    }

    /** The longest array that there can be, and one more: neither is allocated for a file of a thousand bytes. */
    @Test
    void tellsAFalseHeaderFromOneThatNoFileMayHave() {
        int most = Integer.MAX_VALUE - 8;
        byte[] values = counting(1000);
        assertThat(refusal(write(folder.resolve("most"), idx(values, 1, most))))
                .hasMessageEndingWith("declares 1x2147483639, expected 2147483651 bytes, found 1012 bytes");
        assertThat(refusal(write(folder.resolve("more"), idx(values, 1, most + 1))))
                .hasMessageEndingWith("declares 1x2147483640, more than the 2147483639 values one example may have;"
                        + " found 1012 bytes");
        assertThat(refusal(write(folder.resolve("most.gz"), gzip(idx(values, most)))))
                .hasMessageEndingWith(" bytes of gzip, which cannot hold that many");
        assertThat(refusal(write(folder.resolve("more.gz"), gzip(idx(values, most + 1)))))
                .hasMessageEndingWith(" bytes of gzip, which cannot hold that many");
    }

    /** A packed file's content is read into an array that grows with what is there: 1, 2 and 3 MiB, and a byte more or less. */
    @ParameterizedTest
    @ValueSource(ints = {1 << 20, (1 << 20) + 1, 2 << 20, (2 << 20) - 1, (3 << 20) + 1})
    void readsPackedFilesOfAnySize(int length) {
        byte[] values = counting(length);
        Path file = write(folder.resolve("long.gz"), gzip(idx(values, length)));
        assertThat(IdxBytes.values(IdxFile.read(file))).isEqualTo(values);
        write(file, gzip(Arrays.copyOf(idx(values, length), length)));
        assertThat(refusal(file))
                .hasMessageEndingWith(
                        "declares " + length + ", expected " + (length + 8) + " bytes, found " + length + " bytes");
    }

    @Test
    void saysWhereAPackedFileBreaksOff() {
        byte[] values = new byte[3 << 20];
        new Random(5).nextBytes(values); // so that deflate keeps them as they are
        byte[] packed = gzip(idx(values, values.length));
        Failure failure = refusal(write(folder.resolve("cut.gz"), Arrays.copyOf(packed, 2_500_000)));
        assertThat(failure.getMessage())
                .matches(
                        ".*declares 3145728, expected 3145736 bytes, found [12]\\d{6} bytes, then its gzip stream breaks"
                                + " off \\(EOFException\\)");
    }

    @Test
    void rejectsAPackedFileThatCannotHoldWhatItDeclares() {
        byte[] packed = gzip(idx(new byte[100_000], 100_000)); // as tight as deflate can
        assertThat(IdxFile.read(write(folder.resolve("tight.gz"), packed)).count())
                .isEqualTo(100_000);
        byte[] empty = gzip(idx(counting(1000), 60000, 28, 28));
        assertThat(refusal(write(folder.resolve("false.gz"), empty)))
                .hasMessageEndingWith("found " + empty.length + " bytes of gzip, which cannot hold that many");
    }

    @Test
    void rejectsExtraBytes() {
        byte[] bytes = join(idx(counting(24), 2, 3, 4), new byte[1]);
        assertThat(refusal(write(folder.resolve("extra"), bytes)))
                .hasMessageEndingWith("declares 2x3x4, expected 40 bytes, found 41 bytes");
        assertThat(refusal(write(folder.resolve("extra.gz"), gzip(bytes))))
                .hasMessageEndingWith("declares 2x3x4, expected 40 bytes, found more");
        byte[] garbage = join(gzip(idx(counting(24), 2, 3, 4)), new byte[] {1, 2, 3});
        assertThat(refusal(write(folder.resolve("garbage.gz"), garbage))).hasMessageContaining("arbage");
    }

    @Test
    void stopsAGzipBombAtOneByteMoreThanDeclared() throws IOException {
        // Ten gibibytes in ten mebibytes: one gzip member of 64 MiB of zeros, again and again.
        byte[] member = gzip(new byte[64 << 20]);
        Path bomb = folder.resolve("bomb.gz");
        try (var to = Files.newOutputStream(bomb)) {
            to.write(gzip(header(1000, 28, 28)));
            for (int i = 0; i < 160; i++) {
                to.write(member);
            }
        }
        long before = allocated();
        long start = System.nanoTime();
        assertThat(refusal(bomb)).hasMessageEndingWith("expected 784016 bytes, found more");
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(allocated() - before).isLessThan(HEAP_GROWTH);
        assertThat(took).isLessThan(SLOWEST);
        Stress.tell(13, "a gzip bomb of 10 GiB refused after", took.toMillis() + " ms");
    }

    @Test
    void readsFromFoldersWithSpacesAndChineseNames() throws IOException {
        Path odd = Files.createDirectories(folder.resolve("手写 数字"));
        assertThat(IdxFile.read(write(odd.resolve("图 像"), idx(counting(4), 4))).count())
                .isEqualTo(4);
    }

    private static Failure refusal(Path file) {
        Failure failure = catchThrowableOfType(Failure.class, () -> IdxFile.read(file));
        assertThat(failure).as(file.toString()).isNotNull();
        assertThat(failure.kind()).isEqualTo(Failure.Kind.DATA);
        assertThat(failure.getMessage()).startsWith(file.toString()).doesNotContain("\n");
        assertThat(failure.remedy()).isNotBlank().doesNotContain("\n");
        return failure;
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
