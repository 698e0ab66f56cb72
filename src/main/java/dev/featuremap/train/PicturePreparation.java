package dev.featuremap.train;

import dev.featuremap.Failure;
import dev.featuremap.data.BorderTone;
import dev.featuremap.data.ExampleSet;
import dev.featuremap.data.LabelledPicture;
import dev.featuremap.data.MnistFitting;
import dev.featuremap.data.Picture;
import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.Extent;
import dev.featuremap.run.ModelInput;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Makes pictures look as those a network was trained on, by what its run's {@code input.json} says. */
public final class PicturePreparation {
    /** Whether light and dark change places. */
    public enum Inversion {
        /** When the picture's ink stands on dark and that of the training pictures on light, or the other way round. */
        AUTO,
        YES,
        NO;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether a drawing is fitted into its picture as MNIST's digits were, see {@link MnistFitting}. */
    public enum Fit {
        /** Where the run was trained on MNIST and the picture is not of its pictures' size. */
        AUTO,
        MNIST,
        /** Pictures of another size are resized as a whole. */
        NONE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** More pixels across than this tell no more of what becomes 20 of them. */
    private static final int MOST_FITTED = 1000;

    private final ModelInput input;
    private final DataSpec trainedOn;
    private final Fit fit;
    private final int channels;
    private final Extent size;

    /**
     * @param trainedOn the network's training data
     * @throws Failure (usage) when colour pictures are to be fitted
     */
    PicturePreparation(ModelInput input, DataSpec trainedOn, Fit fit) {
        this.input = input;
        this.trainedOn = trainedOn;
        this.fit = fit;
        this.channels = input.data().channels();
        this.size = new Extent(input.data().height(), input.data().width());
        if (fit == Fit.MNIST && channels != 1) {
            throw Failure.usage(
                    "--fit mnist looks for light ink on dark, but the network takes pictures of " + channels
                            + " channels",
                    "leave --fit away");
        }
    }

    /**
     * A PNG or JPEG file.
     *
     * @throws dev.featuremap.Failure (data) naming the file when it is no such picture
     */
    public PreparedPicture prepare(Path file, Inversion inversion) {
        return prepare(file.toString(), Picture.read(file), inversion);
    }

    /** A picture that was given. */
    public PreparedPicture prepare(String name, Picture picture, Inversion inversion) {
        boolean resized = isOfAnotherSize(picture);
        boolean fits = fits(picture);
        Optional<MnistFitting> fitted = fits ? fitted(picture) : Optional.empty();
        byte[] levels = fitted.map(MnistFitting::levels).orElseGet(() -> picture.toBytes(size, channels, false));
        boolean inverted = isInverted(levels, inversion);
        return new PreparedPicture(
                new PreparedPicture.Done(
                        name,
                        null,
                        null,
                        inverted,
                        resized ? picture.width() + "x" + picture.height() : null,
                        fitted.map(one -> said(one.ink(), looked(picture))).orElse(null),
                        fits && fitted.isEmpty(),
                        channels == 1 && picture.isColour()),
                scaled(levels, inverted));
    }

    private boolean isOfAnotherSize(Picture picture) {
        return picture.width() != size.width() || picture.height() != size.height();
    }

    private boolean fits(Picture picture) {
        return fit == Fit.MNIST || (fit == Fit.AUTO && isTrainedOnMnist() && isOfAnotherSize(picture));
    }

    /** Empty where there is no ink. */
    private Optional<MnistFitting> fitted(Picture picture) {
        double shrunk = looked(picture);
        Extent looked = new Extent((int) Math.max(1, Math.round(shrunk * picture.height())), (int)
                Math.max(1, Math.round(shrunk * picture.width())));
        return MnistFitting.of(picture.toBytes(looked, 1, false), looked, size);
    }

    /** Looked at is a picture of so many times its height and width. */
    private static double looked(Picture picture) {
        return Math.min(1, MOST_FITTED / (double) Math.max(picture.width(), picture.height()));
    }

    /** Width and height in pixels of the picture itself. */
    private static String said(Extent ink, double looked) {
        return Math.round(ink.width() / looked) + "x" + Math.round(ink.height() / looked);
    }

    /** Whether any example of such data may be fitted. */
    public boolean mayFit(DataSpec data) {
        return fit == Fit.MNIST || (fit == Fit.AUTO && isTrainedOnMnist() && data.isOfPictureFiles());
    }

    private boolean isTrainedOnMnist() {
        return trainedOn instanceof DataSpec.Mnist;
    }

    /**
     * Examples of other data as a network takes them: those of files of their own as {@link #prepare(Path, Inversion)} makes them, but
     * that light and dark stay where the network was trained on such files too; those of others from their levels.
     */
    ExampleSet prepared(ExampleSet examples, DataSpec data) {
        boolean ofUnlikeFiles = data.isOfPictureFiles() && !trainedOn.isOfPictureFiles();
        if (!mayFit(data) && !ofUnlikeFiles) {
            return examples;
        }
        return examples.withLevels(example -> {
            Optional<MnistFitting> fitted = mayFit(data) ? fitted(example, data) : Optional.empty();
            byte[] levels = fitted.map(MnistFitting::levels).orElseGet(example::levels);
            boolean exchanged = (ofUnlikeFiles || fitted.isPresent()) && isInverted(levels, Inversion.AUTO);
            return exchanged ? inverted(levels) : levels;
        });
    }

    private Optional<MnistFitting> fitted(LabelledPicture example, DataSpec data) {
        if (!data.isOfPictureFiles()) {
            return MnistFitting.of(example.levels(), size, size);
        }
        Picture picture = Picture.read(Path.of(example.place()));
        return fits(picture) ? fitted(picture) : Optional.empty();
    }

    /** Levels 0..255 as those of the training pictures were, {@code [channels, height, width]}. */
    public PreparedPicture prepare(String name, byte[] levels) {
        return new PreparedPicture(
                new PreparedPicture.Done(name, null, null, false, null, null, false, false), scaled(levels, false));
    }

    /** An example of the run's own data, as training prepared it, or fitted where that is asked for. */
    public PreparedPicture prepare(ExampleSet examples, int index, Inversion inversion) {
        LabelledPicture example = examples.picture(index);
        boolean inverted = inversion == Inversion.YES;
        Optional<MnistFitting> fitted =
                fit == Fit.MNIST ? MnistFitting.of(example.levels(), size, size) : Optional.empty();
        return new PreparedPicture(
                new PreparedPicture.Done(
                        example.place(),
                        index,
                        example.label(),
                        inverted,
                        null,
                        fitted.map(one -> said(one.ink(), 1)).orElse(null),
                        fit == Fit.MNIST && fitted.isEmpty(),
                        false),
                scaled(fitted.map(MnistFitting::levels).orElse(example.levels()), inverted));
    }

    private float[] scaled(byte[] levels, boolean inverted) {
        float[] pixels = new float[levels.length];
        input.scaling().known().apply(inverted ? inverted(levels) : levels, pixels);
        return pixels;
    }

    private static byte[] inverted(byte[] levels) {
        byte[] inverted = new byte[levels.length];
        for (int i = 0; i < levels.length; i++) {
            inverted[i] = (byte) ~levels[i];
        }
        return inverted;
    }

    private boolean isInverted(byte[] levels, Inversion inversion) {
        return switch (inversion) {
            case YES -> true;
            case NO -> false;
            case AUTO -> looksInverted(BorderTone.of(levels, size.height(), size.width()));
        };
    }

    private boolean looksInverted(BorderTone picture) {
        ModelInput.Ground trained = input.ground();
        if (trained == null) {
            return picture.border() > 127.5;
        }
        // Where the ground tells nothing, or colours would become their opposites, files are taken as those of
        // training.
        if (trained.tone() == ModelInput.Tone.MIXED || channels > 1 || (!picture.onLight() && !picture.onDark())) {
            return input.invert();
        }
        return picture.onLight() == (trained.tone() == ModelInput.Tone.DARK);
    }
}
