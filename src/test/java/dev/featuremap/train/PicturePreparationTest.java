package dev.featuremap.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.data.Datasets;
import dev.featuremap.data.ExampleSet;
import dev.featuremap.data.Picture;
import dev.featuremap.experiment.Augmentation;
import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.Deformation;
import dev.featuremap.experiment.Scaling;
import dev.featuremap.run.ModelInput;
import dev.featuremap.run.ModelInput.Ground;
import dev.featuremap.run.ModelInput.Tone;
import dev.featuremap.train.PicturePreparation.Fit;
import dev.featuremap.train.PicturePreparation.Inversion;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** Drawings of a bar in a corner of light paper, shown to a network of light ink on dark. */
class PicturePreparationTest {
    private static final List<String> DIGITS = List.of("0", "1");

    /** 20 pixels high and 5 wide, its centre of mass right below and beside the middle. */
    private static final float[] FITTED = new float[784];

    private static final Deformation DEFORMED = new Deformation(4, 30, 0.2, 1, 0.3, 0);

    static {
        for (int row = 4; row < 24; row++) {
            Arrays.fill(FITTED, row * 28 + 12, row * 28 + 17, 1);
        }
    }

    @Test
    void fitsDrawingsOfAnotherSizeForRunsOfMnist() {
        PreparedPicture prepared = prepared(true, Fit.AUTO, 200, 120);

        assertThat(prepared.pixels()).isEqualTo(FITTED);
        assertThat(prepared.done().fittedInk()).isEqualTo("10x40");
        assertThat(prepared.done().resizedFrom()).isEqualTo("200x120");
        assertThat(prepared.done().said())
                .isEqualTo("resized from 200x120, its ink of 10x40 fitted as MNIST's digits, light and dark exchanged");
    }

    @Test
    void takesThemAsAWholeWhereTheyWereNotMnistsOrNobodyWantsIt() {
        assertThat(prepared(false, Fit.AUTO, 200, 120).done().fittedInk()).isNull();
        assertThat(prepared(true, Fit.NONE, 200, 120).done().fittedInk()).isNull();
        assertThat(prepared(true, Fit.NONE, 200, 120).done().said())
                .isEqualTo("resized from 200x120, light and dark exchanged");
        assertThat(prepared(true, Fit.NONE, 200, 120).pixels())
                .isEqualTo(prepared(false, Fit.AUTO, 200, 120).pixels())
                .isNotEqualTo(FITTED);
    }

    @Test
    void fitsWhatIsOfTheNetworksSizeOnlyWhenAsked() {
        assertThat(prepared(true, Fit.AUTO, 28, 28).done().fittedInk()).isNull();
        assertThat(prepared(false, Fit.MNIST, 28, 28).done().fittedInk()).isEqualTo("10x26");
    }

    @Test
    void tellsTheInkOfALargePictureInThePicturesOwnPixels() {
        BufferedImage image = new BufferedImage(3000, 1500, BufferedImage.TYPE_BYTE_GRAY);
        PreparedPicture prepared =
                preparation(1, true, Fit.AUTO).prepare("large", paper(image, 300, 300, 300, 900), Inversion.AUTO);

        assertThat(prepared.done().fittedInk()).isEqualTo("300x900");
    }

    @Test
    void fitsAnExampleOfTheRunsOwnDataWhenAsked() {
        ExampleSet letters = Datasets.draw(
                        new DataSpec.Xo(28, 4, 2, DEFORMED, Optional.empty(), 0, Augmentation.NONE), 1)
                .test();

        assertThat(preparation(1, true, Fit.AUTO)
                        .prepare(letters, 0, Inversion.AUTO)
                        .done()
                        .fittedInk())
                .isNull();
        assertThat(preparation(1, true, Fit.MNIST)
                        .prepare(letters, 0, Inversion.AUTO)
                        .done()
                        .fittedInk())
                .matches("[0-9]+x[0-9]+");
    }

    @Test
    void resizesAnEmptyPaper() {
        PreparedPicture prepared = preparation(1, true, Fit.AUTO)
                .prepare("empty", paper(new BufferedImage(60, 50, BufferedImage.TYPE_BYTE_GRAY)), Inversion.AUTO);

        assertThat(prepared.done().fittedInk()).isNull();
        assertThat(prepared.done().said())
                .isEqualTo("resized from 60x50, no ink found to fit as MNIST's digits, light and dark kept");
        assertThat(prepared.pixels()).hasSize(784).containsOnly(1f);
    }

    @Test
    void refusesToFitColours() {
        assertThatThrownBy(() -> preparation(3, false, Fit.MNIST))
                .asInstanceOf(InstanceOfAssertFactories.type(Failure.class))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE))
                .extracting(Failure::getMessage)
                .asString()
                .contains("3 channels");
        assertThat(preparation(3, true, Fit.AUTO)).isNotNull();
    }

    private static PreparedPicture prepared(boolean ofMnist, Fit fit, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Picture paper = paper(image, 3, 2, 10, 40);
        return preparation(1, ofMnist, fit).prepare("drawing", paper, Inversion.AUTO);
    }

    private static PicturePreparation preparation(int channels, boolean ofMnist, Fit fit) {
        ModelInput input = new ModelInput(
                List.of(channels, 28, 28),
                Picture.GREY_WEIGHTS,
                Picture.RESIZING,
                false,
                new Ground(Tone.DARK, 10, 0, 1, 0, 30),
                new ModelInput.Scale(Scaling.UNIT),
                DIGITS);
        return new PicturePreparation(
                input, Runs.small(ofMnist ? "data={source: mnist}" : "seed=1").data(), fit);
    }

    /** White paper with a black bar where one is told. */
    private static Picture paper(BufferedImage image, int... bar) {
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, image.getWidth(), image.getHeight());
        pen.setColor(Color.BLACK);
        if (bar.length > 0) {
            pen.fillRect(bar[0], bar[1], bar[2], bar[3]);
        }
        pen.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return Picture.read("drawing", new ByteArrayInputStream(png.toByteArray()));
    }
}
