package dev.featuremap.train;

import dev.featuremap.data.BorderTone;
import dev.featuremap.data.Datasets;
import dev.featuremap.data.ExampleSet;
import dev.featuremap.data.Picture;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.DataSpec;
import dev.featuremap.run.ModelInput;
import dev.featuremap.run.ModelInput.Ground;
import dev.featuremap.run.ModelInput.Tone;
import java.util.List;
import java.util.stream.IntStream;

/** What a network is used to see: the preparation of an experiment's pictures, and how its training pictures look. */
final class MeasuredInput {
    /** Evenly taken from all training examples; more would not change which way nearly all are. */
    private static final int MOST_MEASURED = 1000;
    /** Deformed or noisy pictures may look otherwise, a few of them. */
    private static final double NEARLY_ALL = 0.95;

    private MeasuredInput() {}

    /**
     * As training prepared its pictures, with what their ink stood on. Where they are files of their own, which may be given
     * again, all must stand on the same, lest one be turned round that training took as it is.
     */
    static ModelInput of(DataSpec spec, Datasets data) {
        return input(spec, data.shape(), ground(data.train(), spec.isOfPictureFiles() ? 1 : NEARLY_ALL));
    }

    /** For a run that did not record it: pictures of folders may be any, all others are taken for light ink. */
    static ModelInput assumed(DataSpec spec, DataShape shape) {
        return input(spec, shape, spec.isOfPictureFiles() ? new Ground(Tone.MIXED, 0, 0, 0, 0, 0) : null);
    }

    private static ModelInput input(DataSpec spec, DataShape shape, Ground ground) {
        return new ModelInput(
                List.of(shape.channels(), shape.height(), shape.width()),
                Picture.GREY_WEIGHTS,
                Picture.RESIZING,
                spec.invert(),
                ground,
                new ModelInput.Scale(spec.scaling()),
                shape.classNames());
    }

    private static Ground ground(ExampleSet train, double nearlyAll) {
        int count = Math.min(MOST_MEASURED, train.size());
        List<BorderTone> tones = IntStream.range(0, count)
                .mapToObj(i ->
                        train.picture((int) ((long) i * train.size() / count)).borderTone())
                .toList();
        double onLight = (double) tones.stream().filter(BorderTone::onLight).count() / count;
        double onDark = (double) tones.stream().filter(BorderTone::onDark).count() / count;
        return new Ground(
                onLight >= nearlyAll ? Tone.LIGHT : onDark >= nearlyAll ? Tone.DARK : Tone.MIXED,
                count,
                onLight,
                onDark,
                tones.stream().mapToDouble(BorderTone::border).average().orElseThrow(),
                tones.stream().mapToDouble(BorderTone::inside).average().orElseThrow());
    }
}
