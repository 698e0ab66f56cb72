package dev.featuremap.ui;

import dev.featuremap.data.Picture;
import dev.featuremap.train.PicturePreparation;
import dev.featuremap.train.PicturePreparation.Fit;
import dev.featuremap.train.PicturePreparation.Inversion;
import dev.featuremap.train.PreparedPicture;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/** The pictures in a request's body, made to look as those a network was trained on. */
final class AskedPictures {
    static final int MOST = 1000;

    /** Decoding may take 100 MB, whatever the file's size: one at a time. */
    private final Semaphore decoding = new Semaphore(1, true);

    /**
     * A PNG or JPEG file, or levels as JSON.
     *
     * @throws Refusal (400, 413, 415), {@link dev.featuremap.Failure} (data) when there is none, or one of another shape
     */
    List<PreparedPicture> read(Asked asked, Model model) {
        return switch (asked.type()) {
            case "image/png", "image/jpeg" -> List.of(decoded(asked, model));
            case "application/json" -> {
                asked.requireOnly(); // Levels are taken as they are.
                yield levels(
                        LevelArrays.read(asked.body()),
                        model.preparation(Fit.AUTO),
                        model.input().shape());
            }
            default ->
                throw new Refusal(
                        415,
                        "a body of type " + (asked.type().isEmpty() ? "(none)" : asked.type()),
                        "send image/png, image/jpeg or application/json as Content-Type");
        };
    }

    private PreparedPicture decoded(Asked asked, Model model) {
        asked.requireOnly("invert", "fit");
        Inversion inversion = asked.query("invert", Inversion.AUTO);
        PicturePreparation preparation = model.preparation(asked.query("fit", Fit.AUTO));
        decoding.acquireUninterruptibly();
        try {
            Picture picture = Picture.read("the picture", new ByteArrayInputStream(asked.body()));
            return preparation.prepare("the picture", picture, inversion);
        } finally {
            decoding.release();
        }
    }

    private static List<PreparedPicture> levels(
            LevelArrays arrays, PicturePreparation preparation, List<Integer> shape) {
        List<Integer> grey = shape.subList(1, 3);
        List<Integer> sizes = arrays.sizes();
        List<Integer> one = sizes.size() > 2 ? sizes.subList(sizes.size() - 2, sizes.size()) : sizes;
        int pictures;
        if (sizes.equals(shape) || (shape.get(0) == 1 && sizes.equals(grey))) {
            pictures = 1;
        } else if ((sizes.size() == 4 && sizes.subList(1, 4).equals(shape))
                || (sizes.size() == 3 && shape.get(0) == 1 && one.equals(grey))) {
            pictures = sizes.get(0);
        } else {
            throw new Refusal(
                    400,
                    "arrays of the sizes " + sizes + ", of pictures " + shape + " (channels, height, width)",
                    "send one picture as " + (shape.get(0) == 1 ? grey + " or " : "") + shape
                            + ", or an array of such");
        }
        if (pictures > MOST) {
            throw new Refusal(413, pictures + " pictures, of at most " + MOST, "ask for fewer at once");
        }
        int size = arrays.levels().length / pictures;
        return IntStream.range(0, pictures)
                .mapToObj(i -> preparation.prepare(
                        "picture " + i, Arrays.copyOfRange(arrays.levels(), i * size, (i + 1) * size)))
                .toList();
    }
}
