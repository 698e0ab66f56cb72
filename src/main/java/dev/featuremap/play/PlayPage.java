package dev.featuremap.play;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.featuremap.Failure;
import dev.featuremap.network.InferenceNetwork;
import dev.featuremap.network.InferenceReader;
import dev.featuremap.page.Edition;
import dev.featuremap.page.HtmlPage;
import dev.featuremap.run.ModelInput;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** The page on which one draws and watches a network, or two side by side, think. */
public final class PlayPage {
    /** 64 MiB of weights: more than a browser should be given in one file. */
    private static final long MOST_PARAMETERS = 1 << 24;

    private static final int MOST_PICTURES = 500;
    private static final int MOST_PICTURE_BYTES = 1 << 19;

    private PlayPage() {}

    /**
     * What the page's program is given, as JSON.
     *
     * @param scaling what a level becomes: level / divisor + offset
     * @param darkGround whether ink is light on dark paper
     * @param fitting whether drawings are fitted as MNIST's were, unless the reader says otherwise
     * @param pictures all there are: first the {@code tests} first of the test data, then mistakes
     */
    private record Data(
            List<Integer> shape,
            List<String> classes,
            ModelInput.Scale scaling,
            boolean darkGround,
            List<Double> greyWeights,
            boolean fitting,
            List<Run> runs,
            int tests,
            Pictures pictures) {}

    /**
     * @param mistakes places among the pictures
     * @param epoch after which the network is as it is told
     */
    private record Run(String name, PlayNetwork network, List<Integer> mistakes, int epoch, List<Epoch> epochs) {}

    /** @param weights the network's after another epoch, as {@link PlayWeights#differences} tells them */
    private record Epoch(int epoch, String weights) {}

    /** @param levels of all pictures, one a byte, {@link Packed} */
    private record Pictures(List<String> names, List<String> labels, String levels) {}

    /**
     * What the template shows.
     *
     * @param channels of the pictures that the networks take
     * @param mistakes of which runs some are here
     * @param epochs how many there are to choose from
     * @param leftOut how many did not fit
     * @param data for the page's program
     */
    private record View(
            List<String> runs,
            int channels,
            boolean pictures,
            List<Boolean> mistakes,
            long epochs,
            int leftOut,
            String data) {}

    /** How many test pictures a page takes that are {@code [channels, height, width]} of this size. */
    public static int testPictures(ModelInput input) {
        return Math.min(MOST_PICTURES, MOST_PICTURE_BYTES / input.data().features());
    }

    /**
     * The page's text.
     *
     * @param runs one or two
     * @param tests the first of the runs' test pictures
     * @param fitting whether drawings are fitted as MNIST's were, unless the reader says otherwise
     * @throws Failure (usage) when a network has something the page cannot compute, or two runs take other pictures or give other
     *     answers
     */
    public static String html(List<PlayedRun> runs, List<PlayPicture> tests, boolean fitting, Edition edition) {
        runs.forEach(run -> requireAlike(runs.get(0), run));
        ModelInput input = runs.get(0).input();
        List<PlayPicture> pictures = new ArrayList<>(tests);
        List<Run> read = new ArrayList<>();
        for (PlayedRun run : runs) {
            List<Integer> places = new ArrayList<>();
            for (PlayPicture mistake : run.mistakes()) {
                places.add(pictures.size());
                pictures.add(mistake);
            }
            InferenceNetwork network = network(run, run.network());
            read.add(new Run(run.name(), PlayNetwork.of(network), places, run.epoch(), epochs(run, network)));
        }
        Data data = new Data(
                input.shape(),
                input.classes(),
                input.scaling(),
                isDark(input.ground()),
                input.greyWeights(),
                fitting,
                read,
                tests.size(),
                pictures(pictures));
        List<String> names = runs.stream().map(PlayedRun::name).toList();
        List<Boolean> mistakes =
                runs.stream().map(run -> !run.mistakes().isEmpty()).toList();
        long epochs = read.stream()
                .flatMap(run ->
                        Stream.concat(Stream.of(run.epoch), run.epochs.stream().map(Epoch::epoch)))
                .distinct()
                .count();
        int leftOut = runs.stream()
                .mapToInt(run -> run.others().size() - run.othersThatFit().size())
                .sum();
        View view = new View(names, input.data().channels(), !tests.isEmpty(), mistakes, epochs, leftOut, json(data));
        return new HtmlPage(
                        "play/play.ftlh",
                        String.join(" · ", names),
                        view,
                        List.of(),
                        edition,
                        Optional.of("play/play.js"))
                .html();
    }

    private static InferenceNetwork network(PlayedRun run, MultiLayerNetwork network) {
        if (network.numParams() > MOST_PARAMETERS) {
            throw Failure.usage(
                    "the network has " + network.numParams() + " parameters; a page to play with takes at most "
                            + MOST_PARAMETERS,
                    "explain shows what such a network makes of a picture");
        }
        return InferenceReader.read(network, run.input().data(), "a page to play with");
    }

    private static List<Epoch> epochs(PlayedRun run, InferenceNetwork network) {
        List<Epoch> epochs = new ArrayList<>();
        run.othersThatFit().forEach((epoch, then) -> {
            InferenceNetwork other = network(run, then.get());
            if (!other.layers().equals(network.layers())) {
                throw Failure.model(
                        run.name() + ": what is kept of epoch " + epoch + " is another network than the run's",
                        "take another copy of the run's epochs, or remove them: a page then goes without");
            }
            epochs.add(new Epoch(epoch, PlayWeights.differences(network.weights(), other.weights())));
        });
        return epochs;
    }

    private static void requireAlike(PlayedRun one, PlayedRun other) {
        ModelInput first = one.input();
        ModelInput second = other.input();
        if (!first.shape().equals(second.shape())
                || !first.classes().equals(second.classes())
                || !first.scaling().equals(second.scaling())) {
            throw Failure.usage(
                    "two runs on one pad take the same pictures and give the same answers; " + told(one) + "; "
                            + told(other),
                    "name two runs of the same data and data.scaling, or one alone");
        }
    }

    private static String told(PlayedRun run) {
        ModelInput input = run.input();
        String answer = input.classes().isEmpty()
                ? "one value"
                : "one of " + input.classes().size() + " classes";
        return run.name() + " takes " + input.data().picture() + " pictures with data.scaling="
                + input.scaling().name() + " and gives " + answer;
    }

    /** Without anything measured light ink on dark is assumed, and where some is so and some so, the border tells. */
    private static boolean isDark(ModelInput.Ground ground) {
        return ground == null || ground.borderMean() < 127.5;
    }

    private static Pictures pictures(List<PlayPicture> pictures) {
        ByteArrayOutputStream levels = new ByteArrayOutputStream();
        pictures.forEach(picture -> levels.writeBytes(picture.levels()));
        return new Pictures(
                pictures.stream().map(PlayPicture::name).collect(Collectors.toList()),
                pictures.stream().map(PlayPicture::label).collect(Collectors.toList()),
                Packed.of(levels.toByteArray()));
    }

    private static String json(Data data) {
        try {
            return new ObjectMapper().writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
