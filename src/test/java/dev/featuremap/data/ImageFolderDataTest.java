package dev.featuremap.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.featuremap.Failure;
import dev.featuremap.Sha256;
import dev.featuremap.experiment.Augmentation;
import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.Extent;
import dev.featuremap.experiment.Scaling;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.datavec.api.writable.batch.NDArrayRecordBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class ImageFolderDataTest {
    @TempDir
    Path folder;

    @TempDir
    Path data;

    @Test
    void readsClassesInNaturalOrderAndPicturesResized() throws IOException {
        save("class 10/a.png", 10);
        save("class 9/a.png", 9);
        save("class 9/b.JPG", 100);
        save("猫/a.png", 200);
        Files.createDirectory(folder.resolve(".git"));
        Files.writeString(folder.resolve("class 9/.hidden"), "");
        Files.writeString(folder.resolve("notes.txt"), "");
        PictureRecordReader reader =
                Readers.of(open(spec(Optional.of(folder), 1, false), 42).train());
        assertThat(reader.getLabels()).containsExactly("class 9", "class 10", "猫");
        List<INDArray> batch = batch(reader, 10);
        assertThat(batch.get(0).shape()).containsExactly(4, 1, 2, 3);
        assertThat(batch.get(1).toFloatVector()).containsExactly(0, 0, 1, 2);
        assertThat(batch.get(0).getFloat(0, 0, 1, 2)).isEqualTo(9 / 255f);
        assertThat(batch.get(0).getFloat(3, 0, 0, 0)).isEqualTo(200 / 255f);
    }

    @Test
    void readsThreeChannelsInverted() throws IOException {
        save("a/1.png", 10);
        save("b/1.png", 20);
        INDArray features = batch(
                        Readers.of(open(spec(Optional.of(folder), 3, true), 42).train()), 2)
                .get(0);
        assertThat(features.shape()).containsExactly(2, 3, 2, 3);
        assertThat(features.getFloat(1, 2, 1, 1)).isEqualTo(235 / 255f);
    }

    @Test
    void holdsOutAboutAShareOfEachClassByTheSeedAlone() throws IOException {
        for (int i = 0; i < 50; i++) {
            save("a/" + i + ".png", i);
            save("b/" + i + ".png", 100 + i);
        }
        DataSpec.Images spec = spec(Optional.empty(), 1, false);
        List<Integer> train = levels(Readers.of(open(spec, 42).train()));
        List<Integer> test = levels(Readers.of(open(spec, 42).test()));
        assertThat(train.size() + test.size()).isEqualTo(100);
        assertThat(test).doesNotContainAnyElementsOf(train);
        assertThat(test.stream().filter(level -> level < 100).count()).isBetween(3L, 17L);
        assertThat(test.stream().filter(level -> level >= 100).count()).isBetween(3L, 17L);
        assertThat(levels(Readers.of(open(spec, 42).test()))).isEqualTo(test);
        assertThat(levels(Readers.of(open(spec, 1).test()))).isNotEqualTo(test);
    }

    @Test
    void addedPicturesMoveNoOtherFromTrainingToTestOrBack() throws IOException {
        for (int i = 10; i < 40; i++) {
            save("a/" + i + ".png", i);
            save("b/" + i + ".png", 100 + i);
        }
        DataSpec.Images spec = spec(Optional.empty(), 1, false);
        List<Integer> train = levels(Readers.of(open(spec, 42).train()));
        List<Integer> test = levels(Readers.of(open(spec, 42).test()));
        for (int i = 0; i < 10; i++) {
            save("a/" + i + ".png", 200 + i);
            save("A/" + i + ".png", 220 + i);
        }

        assertThat(levels(Readers.of(open(spec, 42).train()))).containsAll(train);
        assertThat(levels(Readers.of(open(spec, 42).test()))).containsAll(test);
    }

    @Test
    void aPicturesIdentityIsItsPathWithinTheFolder() throws IOException {
        save("b/2.png", 2);
        save("a/1.png", 1);
        Pictures pictures = open(spec(Optional.of(folder), 1, false), 42).train();
        assertThat(List.of(pictures.identity(0), pictures.identity(1))).containsExactly("a/1.png", "b/2.png");
    }

    @Test
    void ordersAndFindsTheSameInEveryLocale() throws IOException {
        save("I/1.PNG", 1);
        save("i/1.JPEG", 2);
        save("ä/1.png", 3);
        save("z/1.png", 4);
        Locale before = Locale.getDefault();
        try {
            for (Locale locale : new Locale[] {Locale.ROOT, Locale.forLanguageTag("tr-TR"), Locale.GERMANY}) {
                Locale.setDefault(locale);
                assertThat(Readers.of(open(spec(Optional.of(folder), 1, false), 42)
                                        .train())
                                .getLabels())
                        .containsExactly("I", "i", "z", "ä");
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void rejectsADamagedPictureByName() throws IOException {
        save("a/1.png", 1);
        save("b/1.png", 1);
        Files.write(folder.resolve("b/2.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 1, 2, 3});
        assertThat(refusal(spec(Optional.of(folder), 1, false)))
                .hasMessageContaining("b/2.png (found neither a PNG nor a JPEG picture)");
    }

    @Test
    void rejectsTooFewClassesAndEmptyOnes() throws IOException {
        assertThat(refusal(spec(Optional.of(folder), 1, false))).hasMessageContaining("found 0 class folders");
        save("a/1.png", 1);
        assertThat(refusal(spec(Optional.of(folder), 1, false))).hasMessageContaining("found 1 class folders");
        Files.createDirectory(folder.resolve("b"));
        assertThat(refusal(spec(Optional.of(folder), 1, false)))
                .hasMessageContaining("b (found no pictures of this class, expected at least 1)");
        assertThat(refusal(spec(folder.resolve("nowhere"), Optional.empty(), 1, false)))
                .hasMessageContaining("no such folder");
    }

    @Test
    void tellsOfAllFaultyFilesAtOnceEachWithItsReason() throws IOException {
        save("a/1.png", 1);
        save("b/1.png", 1);
        Files.createDirectories(folder.resolve("b/sub"));
        Files.createDirectories(folder.resolve("c"));
        Files.writeString(folder.resolve("b/notes.txt"), "x");
        Files.writeString(folder.resolve("b/text.png"), "x");
        Files.writeString(folder.resolve("a/empty.jpg"), "");
        Files.write(folder.resolve("a/huge.png"), PictureBytes.pngHeader(1_000_000, 1_000_000, 8, 0));
        byte[] whole = Files.readAllBytes(folder.resolve("a/1.png"));
        Files.write(folder.resolve("a/cut.png"), Arrays.copyOf(whole, whole.length - 30));
        for (DataSpec.Images spec : List.of(spec(Optional.of(folder), 1, false), spec(Optional.empty(), 1, false))) {
            assertThat(refusal(spec))
                    .hasMessageStartingWith(folder + ": found 7 faults in 8 files: c (found no pictures of this class")
                    .hasMessageContaining("a/cut.png (the picture cannot be decoded: ")
                    .hasMessageContaining("a/empty.jpg (an empty file)")
                    .hasMessageContaining("a/huge.png (found a picture of 1000000x1000000 pixels, expected at most")
                    .hasMessageContaining("b/notes.txt (not named .png, .jpg or .jpeg)")
                    .hasMessageContaining("b/sub (a folder, expected a picture)")
                    .hasMessageContaining("b/text.png (found neither a PNG nor a JPEG picture)");
        }
    }

    @Test
    void namesTheFirstTwentyOfManyFaults() throws IOException {
        save("a/1.png", 1);
        save("b/1.png", 1);
        for (int i = 1; i <= 21; i++) {
            Files.writeString(folder.resolve("b/" + i + ".txt"), "x");
        }
        assertThat(refusal(spec(Optional.of(folder), 1, false)))
                .hasMessageContaining("found 21 faults in 23 files")
                .hasMessageContaining("b/20.txt")
                .hasMessageEndingWith(", …")
                .message()
                .doesNotContain("b/21.txt");
    }

    @Test
    void passesOverWhatSystemsAndArchivesLeave() throws IOException {
        save("a/1.png", 1);
        save("b/1.png", 2);
        save("__MACOSX/1.png", 3);
        save(".hidden/1.png", 4);
        for (String name : List.of("Thumbs.db", "desktop.ini", ".DS_Store", "._1.png", ".cache")) {
            Files.writeString(folder.resolve(name), "x");
            Files.writeString(folder.resolve("a/" + name), "x");
        }
        Files.createDirectories(folder.resolve("b/__MACOSX"));
        PictureRecordReader reader =
                Readers.of(open(spec(Optional.of(folder), 1, false), 42).train());
        assertThat(reader.getLabels()).containsExactly("a", "b");
        assertThat(levels(reader)).containsExactly(1, 2);
    }

    @Test
    void trainsOnTheBytesThatWereHashedWhateverBecomesOfTheFiles() throws IOException {
        save("a/1.png", 10);
        save("b/1.png", 20);
        DataSpec.Images spec = spec(Optional.of(folder), 1, false);
        DataSource.Opened kept = open(spec, 42);
        save("b/1.png", 30);

        assertThat(levels(Readers.of(kept.train()))).containsExactly(10, 20);
        DataSource.Opened changed = open(spec, 42);
        assertThat(levels(Readers.of(changed.train()))).containsExactly(10, 30);
        assertThat(changed.fileHashes()).isNotEqualTo(kept.fileHashes());
    }

    @Test
    void decodesAFolderOnceForEachOfTheSettingsThatShapeItsPixels() throws IOException {
        save("a/1.png", 10);
        save("b/1.png", 20);
        DataSpec.Images grey = spec(Optional.of(folder), 1, false);
        DataSpec.Images inverted = spec(Optional.of(folder), 1, true);
        List<String> works = new ArrayList<>();
        DataFolder told = new DataFolder(null, new DataCache(data, (work, done, total) -> works.add(work)));
        new ImageFolderData(grey).open(42, told);
        assertThat(works).containsExactly("decoding 2 pictures of " + folder, "decoding 2 pictures of " + folder);
        works.clear();

        DataSource.Opened again = new ImageFolderData(grey).open(1, told);
        assertThat(works).isEmpty();
        assertThat(levels(Readers.of(again.train()))).containsExactly(10, 20);

        DataSource.Opened other = new ImageFolderData(inverted).open(42, told);
        assertThat(works).hasSize(2);
        assertThat(levels(Readers.of(other.train()))).containsExactly(245, 235);
        assertThat(new DataCache(data, DataProgress.SILENT).kept())
                .extracting(DataCache.Kept::what)
                .containsExactly("2 pictures of 1x2x3", "2 pictures of 1x2x3");
    }

    @Test
    void keepsNothingOfAFolderWithAFaultyPicture() throws IOException {
        save("a/1.png", 10);
        save("b/1.png", 20);
        byte[] whole = Files.readAllBytes(folder.resolve("b/1.png"));
        Files.write(folder.resolve("b/1.png"), Arrays.copyOf(whole, whole.length - 30));

        assertThat(refusal(spec(Optional.of(folder), 1, false))).hasMessageContaining("b/1.png (the picture cannot be");

        assertThat(new DataCache(data.resolve("cache"), DataProgress.SILENT).kept())
                .isEmpty();
        Files.write(folder.resolve("b/1.png"), whole);
        assertThat(levels(
                        Readers.of(open(spec(Optional.of(folder), 1, false), 42).train())))
                .containsExactly(10, 20);
    }

    /** As runs of all versions recorded it: for each picture its name, a zero, its length in eight bytes, and its content. */
    @Test
    void hashesNamesLengthsAndContents() throws IOException {
        save("b/1.png", 20);
        save("a/1.png", 10);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String name : List.of("a/1.png", "b/1.png")) {
            byte[] content = Files.readAllBytes(folder.resolve(name));
            all.writeBytes(name.getBytes(StandardCharsets.UTF_8));
            all.writeBytes(ByteBuffer.allocate(9).putLong(1, content.length).array());
            all.writeBytes(content);
        }
        MessageDigest digest = Sha256.digest();
        digest.update(all.toByteArray());

        assertThat(open(spec(Optional.of(folder), 1, false), 42).fileHashes())
                .containsExactly(Map.entry(folder.toString(), Sha256.hex(digest)));
    }

    /** Names of any bytes, as Linux allows them: {@code caf} and the one byte that Latin 1 has for é. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void readsNamesThatAreNoUtf8() throws IOException {
        Path latin = Path.of(URI.create(folder.toUri() + "caf%E9"));
        save("b/1.png", 2);
        Files.move(Files.createDirectories(folder.resolve("a")), latin);
        Files.copy(folder.resolve("b/1.png"), Path.of(URI.create(folder.toUri() + "caf%E9/%E8.png")));
        Files.copy(folder.resolve("b/1.png"), Path.of(URI.create(folder.toUri() + "caf%E9/%E9.png")));
        DataSpec.Images spec = spec(Optional.of(folder), 1, false);
        DataSource.Opened opened = open(spec, 42);
        PictureRecordReader reader = Readers.of(opened.train());
        assertThat(reader.getLabels()).containsExactly("b", "caf\\xE9");
        assertThat(opened.train().identity(1)).isEqualTo("caf\\xE9/\\xE8.png");
        assertThat(levels(reader)).containsExactly(2, 2, 2);
        assertThat(opened.fileHashes().get(folder.toString())).hasSize(64);
        assertThat(ImageFolder.list(folder).name()).isEqualTo(folder.toString());

        // As a command line gives it, and as this program writes it.
        for (String given : List.of("caf\ufffd/\\xE9.png", "caf\\xE9/\\xE9.png")) {
            assertThat(Picture.read(folder.resolve(given)).width()).isEqualTo(4);
        }
        Failure ambiguous =
                catchThrowableOfType(Failure.class, () -> Picture.read(folder.resolve("caf\ufffd/\ufffd.png")));
        assertThat(ambiguous).hasMessageContaining("no such picture");
        Files.writeString(Path.of(URI.create(folder.toUri() + "caf%E9/%E8.png")), "");
        assertThat(refusal(spec)).hasMessageContaining("caf\\xE9/\\xE8.png (an empty file)");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void tellsApartNamesThatDifferOnlyInUnicodesForm() throws IOException {
        save("train/caf\u00e9/1.png", 1);
        save("train/猫/1.png", 1);
        save("test/cafe\u0301/1.png", 1);
        save("test/猫/1.png", 1);
        assertThat(refusal(spec(folder.resolve("train"), Optional.of(folder.resolve("test")), 1, false)))
                .hasMessageContaining("[cafe\\u0301, 猫]")
                .hasMessageContaining("[caf\\u00e9, 猫]");
        assertThat(Picture.read(folder.resolve("train/cafe\u0301/1.png")).width())
                .isEqualTo(4);
        save("train/cafe\u0301/1.png", 1);
        assertThat(refusal(spec(folder.resolve("train"), Optional.empty(), 1, false)))
                .hasMessageContaining("differ only in Unicode's form: [cafe\\u0301, caf\\u00e9]");
    }

    @Test
    void rejectsASinglePictureWhenOneMustBeHeldOut() throws IOException {
        save("a/1.png", 1);
        save("a/2.png", 1);
        save("b/1.png", 1);
        assertThat(refusal(spec(Optional.empty(), 1, false)))
                .hasMessageStartingWith(folder.resolve("b").toString())
                .hasMessageContaining("at least 2");
    }

    @Test
    void rejectsATestFolderOfOtherClasses() throws IOException {
        save("train/a/1.png", 1);
        save("train/b/1.png", 1);
        save("test/a/1.png", 1);
        save("test/c/1.png", 1);
        DataSpec.Images spec = spec(folder.resolve("train"), Optional.of(folder.resolve("test")), 1, false);
        Failure failure = catchThrowableOfType(Failure.class, () -> open(spec, 42));
        assertThat(failure).hasMessageContaining("[a, c]").hasMessageContaining("[a, b]");
    }

    private DataSpec.Images spec(Optional<Path> testFolder, int channels, boolean invert) {
        return spec(folder, testFolder, channels, invert);
    }

    private static DataSpec.Images spec(Path from, Optional<Path> testFolder, int channels, boolean invert) {
        return new DataSpec.Images(
                from.toString(),
                testFolder.map(Path::toString),
                0.2,
                new Extent(2, 3),
                channels,
                invert,
                Scaling.UNIT,
                0,
                Augmentation.NONE);
    }

    private DataSource.Opened open(DataSpec.Images spec, long seed) {
        return new ImageFolderData(spec).open(seed, DataFolder.withoutFetching(data));
    }

    private Failure refusal(DataSpec.Images spec) {
        Failure failure = catchThrowableOfType(Failure.class, () -> open(spec, 42));
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).isEqualTo(Failure.Kind.DATA);
        return failure;
    }

    private static List<INDArray> batch(PictureRecordReader reader, int count) {
        return ((NDArrayRecordBatch) reader.next(count)).getArrays();
    }

    /** The grey each one-coloured picture has. */
    private static List<Integer> levels(PictureRecordReader reader) {
        List<Integer> levels = new ArrayList<>();
        while (reader.hasNext()) {
            levels.add(Math.round(255 * batch(reader, 1).get(0).getFloat(0, 0, 0, 0)));
        }
        return levels;
    }

    /** A picture of 4x4 pixels of one grey. */
    private void save(String name, int level) throws IOException {
        BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 16; i++) {
            image.getRaster().setSample(i % 4, i / 4, 0, level);
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        String format = name.toLowerCase(Locale.ROOT).endsWith("png") ? "png" : "jpg";
        assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
    }
}
