package dev.featuremap.cli;

import dev.featuremap.data.XoDrawing.Letter;
import dev.featuremap.lecture.GradientPage;
import dev.featuremap.lecture.GradientStep;
import dev.featuremap.lecture.Homework;
import dev.featuremap.lecture.HomeworkPage;
import dev.featuremap.lecture.Place;
import java.nio.file.Path;
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
    int gradient(
            @Mixin LectureOptions options,
            @Option(names = "--digit", defaultValue = "7", description = "the digit, 0 to 9 (default: 7)") int digit,
            @Option(names = "--seed", defaultValue = "42", description = "of the first W (default: 42)") long seed,
            @Option(names = "--rate", defaultValue = "0.001", description = "the learning rate Lr (default: 0.001)")
                    double rate,
            @Option(names = "--steps", defaultValue = "300", description = "of the long descent (default: 300)")
                    int steps) {
        GradientStep step = GradientStep.of(new GradientStep.Request(digit, seed, rate, steps));
        options.show(terminal, step, language -> GradientPage.of(step, language));
        return 0;
    }

    @Command(name = "homework", description = "The three feature maps of a letter by hand (slides L5, L6).")
    int homework(
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
        options.show(terminal, homework, language -> HomeworkPage.of(homework, language));
        return 0;
    }
}
