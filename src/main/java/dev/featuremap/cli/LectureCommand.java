package dev.featuremap.cli;

import dev.featuremap.AtomicFiles;
import dev.featuremap.data.XoDrawing.Letter;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.lecture.DensePage;
import dev.featuremap.lecture.DenseTopic;
import dev.featuremap.lecture.DropoutPage;
import dev.featuremap.lecture.DropoutTopic;
import dev.featuremap.lecture.GradientPage;
import dev.featuremap.lecture.GradientStep;
import dev.featuremap.lecture.Homework;
import dev.featuremap.lecture.HomeworkPage;
import dev.featuremap.lecture.Lecture;
import dev.featuremap.lecture.OneHotPage;
import dev.featuremap.lecture.OneHotTopic;
import dev.featuremap.lecture.Place;
import dev.featuremap.lecture.PoolingPage;
import dev.featuremap.lecture.PoolingTopic;
import dev.featuremap.lecture.ShapesPage;
import dev.featuremap.lecture.ShapesTopic;
import dev.featuremap.lecture.XoNetwork;
import dev.featuremap.lecture.XoPage;
import dev.featuremap.lecture.XoTopic;
import dev.featuremap.page.HtmlForm;
import dev.featuremap.page.Language;
import dev.featuremap.page.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code featuremap lecture}: the lecture on CNN basics, topic by topic, with every number worked out. */
@Command(
        name = "lecture",
        description = "The lecture on CNN basics, with every number worked out.",
        synopsisSubcommandLabel = "TOPIC")
final class LectureCommand {
    private final Terminal terminal;

    LectureCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "gradient", description = "Gradient descent by hand on a real digit (slides L1 to L3).")
    void gradient(
            @Mixin LectureOptions options,
            @Option(names = "--digit", defaultValue = "7", description = "the digit, 0 to 9 (default: 7)") int digit,
            @Option(names = "--seed", defaultValue = "42", description = "of the first W (default: 42)") long seed,
            @Option(names = "--rate", defaultValue = "0.001", description = "the learning rate Lr (default: 0.001)")
                    double rate,
            @Option(names = "--steps", defaultValue = "300", description = "of the long descent (default: 300)")
                    int steps) {
        options.show(terminal, GradientStep.of(new GradientStep.Request(digit, seed, rate, steps)), GradientPage::of);
    }

    @Command(name = "homework", description = "The three feature maps of a letter by hand (slides L5, L6).")
    void homework(
            @Mixin LectureOptions options,
            @Option(names = "--letter", defaultValue = "X", description = "X or O (default: X)") Letter letter,
            @Option(names = "--image", paramLabel = "FILE", description = "a PNG or JPEG instead of a letter")
                    Path image,
            @Option(names = "--size", paramLabel = "N", description = "rows and columns of the picture (default: 9)")
                    Integer size,
            @Option(
                            names = "--cell",
                            paramLabel = "ROW,COLUMN",
                            defaultValue = "1,1",
                            description = "the cell to work out, counted from 1 (default: 1,1)")
                    String cell) {
        Place place = Place.parse(cell);
        Homework homework = image == null
                ? Homework.of(letter, size == null ? Homework.USUAL_SIZE : size, place)
                : Homework.of(image, size == null ? OptionalInt.empty() : OptionalInt.of(size), place);
        options.show(terminal, homework, HomeworkPage::of);
    }

    @Command(name = "shapes", description = "The arithmetic of sizes, layer by layer (slides L7, L8).")
    void shapes(
            @Mixin LectureOptions options,
            @Option(
                            names = "--layers",
                            paramLabel = "CHAIN",
                            description = {
                                "a chain such as \"1x28x28 -> conv 64 3 -> max 2 -> dropout 0.5 -> dense 10\", with",
                                "stride N, pad N or same after a window (default: the slides' chains and network)"
                            })
                    String layers) {
        options.show(
                terminal,
                layers == null ? ShapesTopic.ofSlides(slidesNetwork()) : ShapesTopic.of(layers),
                ShapesPage::of);
    }

    @Command(name = "pooling", description = "Max and average pooling of a small map (slide L9).")
    void pooling(@Mixin LectureOptions options) {
        options.show(terminal, PoolingTopic.compute(), PoolingPage::of);
    }

    @Command(name = "dropout", description = "The forgetting layer, training against evaluating (slide L10).")
    void dropout(
            @Mixin LectureOptions options,
            @Mixin SeedOption seed,
            @Option(names = "--rate", defaultValue = "0.5", description = "share of units forgotten (default: 0.5)")
                    double rate) {
        options.show(terminal, DropoutTopic.of(rate, seed.seed), DropoutPage::of);
    }

    @Command(name = "dense", description = "The fully connected layer, 20 to 30 on a batch of 128 (slide L11).")
    void dense(@Mixin LectureOptions options, @Mixin SeedOption seed) {
        options.show(terminal, DenseTopic.of(seed.seed), DensePage::of);
    }

    @Command(name = "onehot", description = "One-hot labels, and which units fire and vote (slide L12).")
    void onehot(@Mixin LectureOptions options, @Mixin SeedOption seed) {
        options.show(terminal, OneHotTopic.of(XoNetwork.train(seed.seed)), OneHotPage::of);
    }

    @Command(name = "xo", description = "X or O: clean and deformed letters, and where a network fails (slide L4).")
    void xo(@Mixin LectureOptions options, @Mixin SeedOption seed) {
        options.show(terminal, XoTopic.of(XoNetwork.train(seed.seed)), XoPage::of);
    }

    @Command(name = "all", description = "All topics as pages with pictures, into one folder.")
    void all(
            @Mixin CommonOptions common,
            @Mixin LanguageOption languages,
            @Option(names = "--html", paramLabel = "DIR", required = true, description = "the folder to write into")
                    Path folder) {
        Experiment network = slidesNetwork();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw AtomicFiles.unwritable(folder, e);
        }
        int written = 0;
        for (Language language : languages.all) {
            Page first = Lecture.index(language);
            List<Page> pages = Lecture.pages(language, network);
            HtmlForm.folder(first, pages, languages.all)
                    .forEach((file, html) -> AtomicFiles.write(folder.resolve(file), html));
            written += pages.size();
        }
        Path index = folder.resolve("index.html");
        if (common.json) {
            terminal.json(Map.of("index", index.toString()));
        } else {
            common.progress(terminal).tell("wrote %d pages; open %s%n", written, index);
        }
    }

    private static Experiment slidesNetwork() {
        return ExperimentArguments.read("conf/experiment/mnist-lecture-cnn.yaml", List.of());
    }

    /** What is random comes from here. */
    static final class SeedOption {
        @Option(
                names = "--seed",
                defaultValue = "" + Lecture.USUAL_SEED,
                description = "of everything random (default: 42)")
        long seed;
    }
}
