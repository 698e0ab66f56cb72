package dev.featuremap.data;

import static dev.featuremap.data.IdxBytes.idx;
import static dev.featuremap.data.IdxBytes.sample;
import static dev.featuremap.data.IdxBytes.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Augmentation;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.Deformation;
import dev.featuremap.experiment.Extent;
import dev.featuremap.experiment.InvalidKey;
import dev.featuremap.experiment.LabelMode;
import dev.featuremap.experiment.Scaling;
import dev.featuremap.experiment.Split;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;

class DatasetsTest {
    @TempDir
    Path folder;

    @TempDir
    Path data;

    @Test
    void opensMnistWithItsFirstExamples() {
        Map<String, byte[]> contents = Map.of(
                "a", idx(new byte[12 * 4], 12, 2, 2),
                "b", idx(new byte[12], 12),
                "c", idx(new byte[6 * 4], 6, 2, 2),
                "d", idx(new byte[6], 6));
        contents.forEach((name, bytes) -> write(folder.resolve(name), bytes));
        List<MnistFile> expected = contents.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(file -> new MnistFile(
                        file.getKey(),
                        file.getValue().length,
                        IdxFile.read(folder.resolve(file.getKey())).sha256()))
                .toList();
        MnistFiles files = new MnistFiles(folder.resolve("none"), List.of(), expected, DataProgress.SILENT);
        DataSpec.Mnist spec = new DataSpec.Mnist(
                LabelMode.CLASS,
                Scaling.UNIT,
                Optional.of(folder.toString()),
                Optional.of(5),
                Optional.empty(),
                0,
                Augmentation.NONE);
        Datasets datasets = Datasets.open(spec, 42, new DataFolder(files, DataCache.NONE));
        assertThat(datasets.train().size()).isEqualTo(5);
        assertThat(datasets.test().size()).isEqualTo(6);
        assertThat(datasets.shape().picture()).isEqualTo("1x2x2");
        assertThat(datasets.shape().classNames()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        assertThat(datasets.fileHashes()).containsOnlyKeys("a", "b", "c", "d");
    }

    @Test
    void opensIdxFilesAsClassesAndAsValues() {
        Datasets classes =
                Datasets.open(idxSpec("sample", LabelMode.CLASS), 42, noMnist()).withLabels(true);
        assertThat(classes.shape().outputs()).isEqualTo(10);
        assertThat(classes.train().inOrder(1).next().getLabels().sumNumber().intValue())
                .isEqualTo(-8);
        assertThat(classes.fileHashes())
                .containsEntry(
                        "sample-labels-idx1-ubyte.gz",
                        "a0540ff5af77f505362b73c9330611d6cd3c7fe32448ef2b68cfc0bd933abd68");
        Datasets values = Datasets.open(idxSpec("sample", LabelMode.VALUE), 42, noMnist());
        assertThat(values.shape().classNames()).isEmpty();
        assertThat(values.train().inOrder(3).next().getLabels().toFloatVector()).containsExactly(7, 2, 1);
    }

    @Test
    void rejectsTrainAndTestOfDifferentShapes() {
        write(folder.resolve("images"), idx(new byte[16], 1, 4, 4));
        write(folder.resolve("labels"), idx(new byte[1], 1));
        DataSpec.Idx spec = new DataSpec.Idx(
                sample("sample-images-idx3-ubyte.gz").toString(),
                sample("sample-labels-idx1-ubyte.gz").toString(),
                folder.resolve("images").toString(),
                folder.resolve("labels").toString(),
                10,
                0,
                false,
                List.of(),
                LabelMode.CLASS,
                Scaling.UNIT,
                0,
                Augmentation.NONE);
        Failure failure = catchThrowableOfType(Failure.class, () -> Datasets.open(spec, 42, noMnist()));
        assertThat(failure).hasMessageContaining("1x4x4").hasMessageContaining("1x28x28");
    }

    /** As EMNIST's letters: labels from 1, rows stored as columns; the picture is not square, so that nothing is mistaken. */
    @Test
    void readsLabelsFromOneAndTransposedPictures() {
        DataSpec.Idx spec = lettersSpec(1, true);
        Datasets letters = Datasets.open(spec, 42, noMnist());
        assertThat(letters.shape().picture()).isEqualTo("2x3x2");
        assertThat(letters.shape().classNames()).containsExactly("1", "2");
        assertThat(letters.train().picture(0).label()).isEqualTo("1");
        assertThat(letters.train().picture(1).label()).isEqualTo("2");
        DataSet batch = letters.train().inOrder(2).next();
        assertThat(batch.getLabels().toFloatMatrix()).isDeepEqualTo(new float[][] {{1, 0}, {0, 1}});
        // Stored: channel 0 is 12, 13, 14 over 15, 16, 17, and channel 1 goes on with 18.
        assertThat(batch.getFeatures().slice(1).slice(0).toFloatMatrix())
                .isDeepEqualTo(new float[][] {{12, 15}, {13, 16}, {14, 17}});
        assertThat(batch.getFeatures().slice(1).slice(1).toFloatMatrix())
                .isDeepEqualTo(new float[][] {{18, 21}, {19, 22}, {20, 23}});
        assertThat(letters.train().picture(1).level(1, 2, 0)).isEqualTo(20);
    }

    @Test
    void namesTheKeyForLabelsThatBeginElsewhere() {
        Failure fromZero =
                catchThrowableOfType(Failure.class, () -> Datasets.open(lettersSpec(0, false), 42, noMnist()));
        assertThat(fromZero).hasMessageContaining("example 1 has label 2; this data set has 2 classes (0–1)");
        assertThat(fromZero.remedy()).contains("the labels run from 1 to 2: set data.firstLabel=1 data.classes=2");
        Failure fromTwo =
                catchThrowableOfType(Failure.class, () -> Datasets.open(lettersSpec(2, false), 42, noMnist()));
        assertThat(fromTwo).hasMessageContaining("example 0 has label 1; this data set has 2 classes (2–3)");
        assertThat(fromTwo.remedy()).contains("data.firstLabel=1");
    }

    @Test
    void refusesAFirstLabelThatCannotBe() {
        DataSpec.Idx right = lettersSpec(0, false);
        assertThatThrownBy(() -> lettersSpec(255, false)).isInstanceOf(InvalidKey.class);
        assertThatThrownBy(() -> new DataSpec.Idx(
                        right.trainImages(),
                        right.trainLabels(),
                        right.testImages(),
                        right.testLabels(),
                        2,
                        1,
                        false,
                        List.of(),
                        LabelMode.VALUE,
                        Scaling.RAW,
                        0,
                        Augmentation.NONE))
                .isInstanceOf(InvalidKey.class);
    }

    @Test
    void namesTheClassesOfIdxFilesInTheOrderOfTheirLabels() {
        DataSpec.Idx numbered = lettersSpec(1, false);
        Datasets named = Datasets.open(
                new DataSpec.Idx(
                        numbered.trainImages(),
                        numbered.trainLabels(),
                        numbered.testImages(),
                        numbered.testLabels(),
                        2,
                        1,
                        false,
                        List.of("zebra", "ant"),
                        LabelMode.CLASS,
                        Scaling.RAW,
                        0,
                        Augmentation.NONE),
                42,
                noMnist());

        assertThat(named.shape().classNames()).containsExactly("zebra", "ant");
        assertThat(named.train().picture(0).label()).isEqualTo("zebra");
        assertThat(named.train().picture(1).label()).isEqualTo("ant");
        assertThat(named.train().inOrder(2).next().getLabels().toFloatMatrix())
                .isEqualTo(new float[][] {{1, 0}, {0, 1}});
    }

    /** Two pictures of 2 channels, 2 rows and 3 columns, with labels 1 and 2. */
    private DataSpec.Idx lettersSpec(int firstLabel, boolean transpose) {
        String images = write(folder.resolve("images"), idx(IdxBytes.counting(24), 2, 2, 2, 3))
                .toString();
        String labels =
                write(folder.resolve("labels"), idx(new byte[] {1, 2}, 2)).toString();
        return new DataSpec.Idx(
                images,
                labels,
                images,
                labels,
                2,
                firstLabel,
                transpose,
                List.of(),
                LabelMode.CLASS,
                Scaling.RAW,
                0,
                Augmentation.NONE);
    }

    /** Any number of channels but three: each in grey, side by side. */
    @Test
    void showsTheChannelsOfOddPicturesSideBySide() {
        LabelledPicture picture =
                Datasets.open(lettersSpec(1, false), 42, noMnist()).train().picture(0);
        BufferedImage shown = SampleSheet.image(picture);
        assertThat(shown.getWidth()).isEqualTo(6);
        assertThat(shown.getHeight()).isEqualTo(2);
        assertThat(shown.getRGB(2, 1)).isEqualTo(0xff050505);
        assertThat(shown.getRGB(3, 0)).isEqualTo(0xff060606);
    }

    @Test
    void opensDrawnLettersWithoutFiles() {
        Deformation deform = new Deformation(0, 0, 0, 0, 0.1, 0);
        Datasets datasets = Datasets.open(
                new DataSpec.Xo(11, 30, 10, deform, Optional.empty(), 0, Augmentation.NONE), 42, noMnist());
        assertThat(datasets.shape().picture()).isEqualTo("1x11x11");
        assertThat(datasets.train().size()).isEqualTo(30);
        assertThat(datasets.test().size()).isEqualTo(10);
        assertThat(datasets.train().picture(1).label()).isEqualTo("O");
        assertThat(datasets.fileHashes()).isEmpty();
    }

    @Test
    void opensPictureFoldersAndHashesNamesAndContents() throws IOException {
        for (String name : List.of("a/1.png", "a/2.png", "b/1.png", "b/2.png")) {
            Files.createDirectories(folder.resolve(name).getParent());
            ImageIO.write(
                    new BufferedImage(3, 3, BufferedImage.TYPE_BYTE_GRAY),
                    "png",
                    folder.resolve(name).toFile());
        }
        DataSpec.Images spec = new DataSpec.Images(
                folder.toString(),
                Optional.empty(),
                0.5,
                Extent.square(3),
                1,
                false,
                Scaling.SIGNED,
                0,
                Augmentation.NONE);
        Datasets datasets = Datasets.open(spec, 42, noMnist());
        assertThat(datasets.train().size()).isEqualTo(2);
        assertThat(datasets.test().size()).isEqualTo(2);
        Map<String, String> hashes = datasets.fileHashes();
        assertThat(hashes).containsOnlyKeys(folder.toString());
        assertThat(Datasets.open(spec, 43, noMnist()).fileHashes()).isEqualTo(hashes);
        Files.move(folder.resolve("a/1.png"), folder.resolve("a/3.png"));
        assertThat(Datasets.open(spec, 42, noMnist()).fileHashes()).isNotEqualTo(hashes);
    }

    @Test
    void knowsTheShapeOfEachKindBeforeItIsOpened() throws IOException {
        Files.createDirectories(folder.resolve("p/a"));
        Files.createDirectories(folder.resolve("p/b"));
        DataSpec.Images pictures = new DataSpec.Images(
                folder.resolve("p").toString(),
                Optional.empty(),
                0.5,
                new Extent(4, 3),
                3,
                false,
                Scaling.SIGNED,
                0,
                Augmentation.NONE);
        DataSpec.Mnist digits = new DataSpec.Mnist(
                LabelMode.VALUE,
                Scaling.UNIT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Augmentation.NONE);

        assertThat(Datasets.shapeOf(pictures)).isEqualTo(new DataShape(3, 4, 3, List.of("a", "b")));
        assertThat(Datasets.shapeOf(digits)).isEqualTo(new DataShape(1, 28, 28, List.of()));
        assertThat(Datasets.shapeOf(lettersSpec(1, true))).isEqualTo(new DataShape(2, 3, 2, List.of("1", "2")));
        assertThat(Datasets.shapeOf(letters())).isEqualTo(new DataShape(1, 9, 9, List.of("X", "O")));
    }

    @Test
    void drawsLettersAsItOpensThem() {
        Datasets drawn = Datasets.draw(letters(), 42);

        assertThat(drawn.train().picture(3).levels())
                .isEqualTo(Datasets.open(letters(), 42, noMnist())
                        .train()
                        .picture(3)
                        .levels())
                .hasSize(81);
    }

    @Test
    void namesTheSameExamplesByClassesInAnotherOrder() {
        Datasets drawn = Datasets.draw(letters(), 42);
        Datasets turned = drawn.withClasses(List.of("O", "X"));

        assertThat(turned.shape().classNames()).containsExactly("O", "X");
        assertThat(turned.train().inOrder(2).next().getLabels().toFloatMatrix())
                .isDeepEqualTo(new float[][] {{0, 1}, {1, 0}});
        assertThat(turned.train().picture(0).label()).isEqualTo("X");
        assertThat(turned.test().picture(1).label()).isEqualTo("O");
        assertThat(turned.train().picture(0).levels())
                .isEqualTo(drawn.train().picture(0).levels());
        assertThat(turned.withLabels(true)
                        .withClasses(List.of("X", "O"))
                        .train()
                        .inOrder(1)
                        .next()
                        .getLabels()
                        .toFloatVector())
                .containsExactly(1, -1);
    }

    @Test
    void countsTheZerosAmongValues() {
        assertThat(Datasets.open(idxSpec("sample", LabelMode.VALUE), 42, noMnist())
                        .zeros())
                .isEqualTo(2
                        * (int) IntStream.range(0, 600)
                                .filter(i -> IdxBytes.sampleLabels().value(i) == 0)
                                .count())
                .isPositive();
        assertThat(Datasets.open(idxSpec("sample", LabelMode.CLASS), 42, noMnist())
                        .zeros())
                .isZero();
    }

    @Test
    void watchesValidationDataWhereSomeAreHeldOut() {
        Datasets drawn = Datasets.draw(letters(), 42);

        assertThat(drawn.watched()).isEqualTo(Split.TEST);
        assertThat(drawn.withValidation(0.5, 42).watched()).isEqualTo(Split.VALIDATION);
    }

    private static DataSpec.Xo letters() {
        return new DataSpec.Xo(9, 10, 4, new Deformation(0, 0, 0, 0, 0.1, 0), Optional.empty(), 0, Augmentation.NONE);
    }

    @Test
    void drawsASheet() {
        ExampleSet examples =
                Datasets.open(idxSpec("sample", LabelMode.CLASS), 42, noMnist()).train();
        BufferedImage sheet = SampleSheet.draw(examples, 25, 10);
        assertThat(sheet.getWidth()).isEqualTo(10 * 64 + 8);
        assertThat(sheet.getHeight()).isEqualTo(3 * 80 + 8);
        // The first picture's ink, enlarged twice, behind the margin of 8.
        int level = Math.round(255 * examples.picture(0).brightness(0, 7, 8));
        assertThat(sheet.getRGB(8 + 2 * 8, 8 + 2 * 7) & 0xff).isEqualTo(level).isPositive();
        for (int i = 0; i < 25; i++) {
            int left = 8 + i % 10 * 64;
            int top = 8 + i / 10 * 80;
            BufferedImage own = SampleSheet.image(examples.picture(i));
            assertThat(sheet.getRGB(left + 2 * 14, top + 2 * 14)).isEqualTo(own.getRGB(14, 14));
            assertThat(sheet.getRGB(left + 2 * 14, top + 2 * 10)).isEqualTo(own.getRGB(14, 10));
            // Its label, in black, on the lines between it and the next row; white elsewhere.
            assertThat(ink(sheet.getSubimage(left, top + 56, 16, 16)))
                    .as("label " + i)
                    .isPositive();
            assertThat(ink(sheet.getSubimage(left + 16, top + 56, 48, 24))).isZero();
            assertThat(ink(sheet.getSubimage(left, top + 72, 64, 8))).isZero();
        }
        assertThat(ink(sheet.getSubimage(0, 0, sheet.getWidth(), 8))).isZero();
        assertThat(ink(sheet.getSubimage(8 + 5 * 64, 8 + 2 * 80, 5 * 64, 80))).isZero();
        assertThat(SampleSheet.draw(examples, 20, 10).getHeight()).isEqualTo(2 * 80 + 8);
        assertThat(SampleSheet.draw(examples, 3, 10).getWidth()).isEqualTo(3 * 64 + 8);
    }

    private static long ink(BufferedImage image) {
        return Arrays.stream(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .filter(pixel -> pixel != 0xffffffff)
                .count();
    }

    private static DataSpec.Idx idxSpec(String name, LabelMode label) {
        String images = sample(name + "-images-idx3-ubyte.gz").toString();
        String labels = sample(name + "-labels-idx1-ubyte.gz").toString();
        return new DataSpec.Idx(
                images, labels, images, labels, 10, 0, false, List.of(), label, Scaling.UNIT, 0, Augmentation.NONE);
    }

    private DataFolder noMnist() {
        return DataFolder.withoutFetching(data);
    }
}
