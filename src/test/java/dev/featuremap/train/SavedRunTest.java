package dev.featuremap.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.data.DataFolder;
import dev.featuremap.data.Datasets;
import dev.featuremap.data.XoDrawing;
import dev.featuremap.experiment.Augmentation;
import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.Split;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.Scores;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run is scored on the very data it was made with, or on others by the names of their classes. */
@Tag("slow")
class SavedRunTest {
    @TempDir
    Path folder;

    private Path pictures;
    private Path run;
    private RunResult result;

    private DataFolder noMnist() {
        return DataFolder.withoutFetching(folder.resolve("data"));
    }

    @BeforeEach
    void trainOnDarkAndLightPictures() throws IOException {
        pictures = folder.resolve("pictures");
        for (int i = 0; i < 20; i++) {
            save(pictures.resolve("dark/" + i + ".png"), 20 + i);
            save(pictures.resolve("light/" + i + ".png"), 220 + i);
        }
        run = folder.resolve("run");
        result = Runs.train(experiment(pictures, "training.validationShare=0.2"), run);
        assertThat(result.test().accuracy()).isEqualTo(1);
    }

    @Test
    void scoresEachSplitOfItsOwnData() {
        try (SavedRun saved = open()) {
            assertThat(saved.score(Split.TEST, noMnist())).isEqualTo(result.test());
            assertThat(saved.score(Split.VALIDATION, noMnist())).isEqualTo(result.validation());
            assertThat(saved.score(Split.TRAIN, noMnist()).examples())
                    .isEqualTo(
                            40 - result.test().examples() - result.validation().examples());
        }
    }

    @Test
    void refusesItsOwnFolderOnceThatHoldsOtherPictures() throws IOException {
        String before =
                RunDirectory.open(run).provenance().orElseThrow().dataSha256().get(pictures.toString());
        save(pictures.resolve("dark/new.png"), 30);

        try (SavedRun saved = open()) {
            assertThatThrownBy(() -> saved.score(Split.TEST, noMnist()))
                    .isInstanceOfSatisfying(Failure.class, failure -> {
                        assertThat(failure.kind()).isEqualTo(Failure.Kind.DATA);
                        assertThat(failure.getMessage())
                                .startsWith(pictures + ": the run was made with data of SHA-256 " + before + ", found ")
                                .doesNotEndWith(before);
                        assertThat(failure.remedy()).contains("--data");
                    });
            assertThat(saved.score(images(pictures), Split.TEST, noMnist()).accuracy())
                    .isEqualTo(1);
        }
    }

    @Test
    void takesNoExampleOfAFolderThatHoldsOtherPictures() throws IOException {
        save(pictures.resolve("dark/new.png"), 30);

        try (SavedRun saved = open()) {
            assertThatThrownBy(() -> saved.examples(Split.TEST, noMnist()))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.DATA))
                    .hasMessageContaining(pictures + ": the run was made with data of SHA-256 ");
        }
    }

    @Test
    void saysWhereItsDataWereAndScoresThemWhereTheyAreNow() throws IOException {
        Path moved = Files.move(pictures, folder.resolve("moved"));

        try (SavedRun saved = open()) {
            assertThatThrownBy(() -> saved.score(Split.TEST, noMnist()))
                    .isInstanceOfSatisfying(Failure.class, failure -> {
                        assertThat(failure.kind()).isEqualTo(Failure.Kind.DATA);
                        assertThat(failure.getMessage()).startsWith("run: its own data: " + pictures);
                        assertThat(failure.remedy()).contains("--data");
                    });
            assertThat(saved.score(images(moved), Split.TEST, noMnist())).isEqualTo(result.test());
        }
    }

    @Test
    void matchesTheClassesOfOtherDataByName() throws IOException {
        Path letters = folder.resolve("letters");
        for (XoDrawing.Letter letter : XoDrawing.Letter.values()) {
            for (int i = 0; i < 5; i++) {
                BufferedImage image = new BufferedImage(9, 9, BufferedImage.TYPE_BYTE_GRAY);
                for (int pixel = 0; pixel < 81; pixel++) {
                    boolean ink = XoDrawing.clean(letter, 9).pixel(pixel / 9, pixel % 9) > 0;
                    image.getRaster().setSample(pixel % 9, pixel / 9, 0, ink ? 255 : 0);
                }
                save(letters.resolve(letter + "/" + i + ".png"), image);
            }
        }
        Path drawn = folder.resolve("drawn");
        RunResult trained = Runs.train(Runs.small("training.epochs=10"), drawn);
        DataSpec folders = experiment(letters, "data.scaling=signed").data();
        assertThat(trained.data().classNames()).containsExactly("X", "O");
        assertThat(Datasets.shapeOf(folders).classNames()).containsExactly("O", "X");

        try (SavedRun saved = SavedRun.open(RunDirectory.open(drawn))) {
            Scores scores = saved.score(folders, Split.TRAIN, noMnist());

            assertThat(scores.accuracy()).isEqualTo(1);
            assertThat(scores.classes()).extracting(Scores.ClassScores::name).containsExactly("X", "O");
        }
    }

    @Test
    void scoresPicturesVariedTheSameWayForEveryRun() {
        Augmentation darker = varied("brightness: 1");
        Augmentation turned = varied("rotation: 180");

        try (SavedRun saved = open();
                SavedRun second = open()) {
            Scores scores = saved.score(Split.TEST, noMnist(), darker);
            assertThat(scores.loss()).isGreaterThan(result.test().loss() + 0.1);
            assertThat(second.score(Split.TEST, noMnist(), darker)).isEqualTo(scores);
            assertThat(saved.score(images(pictures), Split.TEST, noMnist(), PicturePreparation.Fit.NONE, darker))
                    .isEqualTo(scores);
            assertThat(saved.score(Split.TEST, noMnist(), turned).accuracy())
                    .as("pictures of one grey, turned")
                    .isEqualTo(1);
        }
    }

    private Augmentation varied(String by) {
        return experiment(pictures, "data.augment={" + by + "}").data().augment();
    }

    @Test
    void scoresOtherDataThatLackSomeClasses() throws IOException {
        Path digits = folder.resolve("digits");
        for (int i = 0; i < 5; i++) {
            save(digits.resolve("3/" + i + ".png"), 25);
            save(digits.resolve("7/" + i + ".png"), 230);
        }
        Path three = folder.resolve("three");
        for (int i = 0; i < 5; i++) {
            save(three.resolve("3/" + i + ".png"), 25);
            save(three.resolve("5/" + i + ".png"), 130);
            save(three.resolve("7/" + i + ".png"), 230);
        }
        Path ofThree = folder.resolve("of three");
        Runs.train(experiment(three, "training.epochs=1", "network.layers[3].units=3"), ofThree);

        try (SavedRun saved = SavedRun.open(RunDirectory.open(ofThree))) {
            Scores scores = saved.score(images(digits), Split.TRAIN, noMnist());

            assertThat(scores.classes()).extracting(Scores.ClassScores::name).containsExactly("3", "5", "7");
            assertThat(scores.classes())
                    .extracting(Scores.ClassScores::examples)
                    .containsExactly(4L, 0L, 4L);
        }
    }

    @Test
    void refusesOtherClassesOfTheSameNumberWithBothLists() throws IOException {
        Path others = folder.resolve("others");
        for (int i = 0; i < 6; i++) {
            save(others.resolve("cat/" + i + ".png"), 25);
            save(others.resolve("dog/" + i + ".png"), 230);
        }

        try (SavedRun saved = open()) {
            assertThatThrownBy(() -> saved.score(images(others), Split.TEST, noMnist()))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.MODEL))
                    .hasMessage("the model was trained on the classes [dark, light], the data has [cat, dog]");
        }
    }

    @Test
    void refusesASplitOfAnEarlierVersionThatDrewItOtherwise() throws IOException {
        Path provenance = run.resolve("provenance.json");
        Files.writeString(provenance, Files.readString(provenance).replaceFirst("\"held out\" : \"[^\"]*\",?", ""));
        Files.writeString(provenance, Files.readString(provenance).replaceFirst(",(\\s*})", "$1"));

        try (SavedRun saved = open()) {
            assertThatThrownBy(() -> saved.score(Split.TEST, noMnist()))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.MODEL))
                    .hasMessageContaining("held out other examples");
        }
    }

    private SavedRun open() {
        return SavedRun.open(RunDirectory.open(run));
    }

    /** Trains to certainty on two greys within a second. */
    private static Experiment experiment(Path from, String... more) {
        String[] keys = {
            "data={source: images, folder: '" + from + "', size: 9}", "training.epochs=20", "training.batchSize=4"
        };
        return Runs.small(Stream.of(keys, more).flatMap(Stream::of).toArray(String[]::new));
    }

    private static DataSpec images(Path from) {
        return experiment(from).data();
    }

    /** An image of one grey. */
    private static void save(Path file, int level) throws IOException {
        BufferedImage image = new BufferedImage(9, 9, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 81; i++) {
            image.getRaster().setSample(i % 9, i / 9, 0, level);
        }
        save(file, image);
    }

    private static void save(Path file, BufferedImage image) throws IOException {
        Files.createDirectories(file.getParent());
        assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
    }
}
