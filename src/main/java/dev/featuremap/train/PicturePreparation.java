package dev.featuremap.train;

import dev.featuremap.data.BorderTone;
import dev.featuremap.data.ExampleSet;
import dev.featuremap.data.LabelledPicture;
import dev.featuremap.data.Picture;
import dev.featuremap.experiment.Extent;
import dev.featuremap.run.ModelInput;
import java.nio.file.Path;

/** Makes pictures look as those a network was trained on, by what its run's {@code input.json} says. */
public final class PicturePreparation {
    /** Whether light and dark change places. */
    public enum Inversion {
        /** When the picture's ink stands on dark and that of the training pictures on light, or the other way round. */
        AUTO,
        YES,
        NO
    }

    private final ModelInput input;
    private final int channels;
    private final Extent size;

    PicturePreparation(ModelInput input) {
        this.input = input;
        this.channels = input.data().channels();
        this.size = new Extent(input.data().height(), input.data().width());
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
        byte[] levels = picture.toBytes(size, channels, false);
        boolean inverted = isInverted(levels, inversion);
        boolean resized = picture.width() != size.width() || picture.height() != size.height();
        return new PreparedPicture(
                new PreparedPicture.Done(
                        name,
                        null,
                        null,
                        inverted,
                        resized ? picture.width() + "x" + picture.height() : null,
                        channels == 1 && picture.isColour()),
                scaled(levels, inverted));
    }

    /** An example of the run's own data, as training prepared it. */
    public PreparedPicture prepare(ExampleSet examples, int index, Inversion inversion) {
        LabelledPicture example = examples.picture(index);
        boolean inverted = inversion == Inversion.YES;
        return new PreparedPicture(
                new PreparedPicture.Done(example.place(), index, example.label(), inverted, null, false),
                scaled(example.levels(), inverted));
    }

    /** @param levels are changed when they are inverted */
    private float[] scaled(byte[] levels, boolean inverted) {
        if (inverted) {
            for (int i = 0; i < levels.length; i++) {
                levels[i] = (byte) ~levels[i];
            }
        }
        float[] pixels = new float[levels.length];
        input.scaling().known().apply(levels, pixels);
        return pixels;
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
