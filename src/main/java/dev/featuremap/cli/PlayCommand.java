package dev.featuremap.cli;

import dev.featuremap.Failure;
import dev.featuremap.data.DataFolder;
import dev.featuremap.data.ExampleSet;
import dev.featuremap.data.LabelledPicture;
import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.Split;
import dev.featuremap.page.Edition;
import dev.featuremap.page.Language;
import dev.featuremap.play.PlayPage;
import dev.featuremap.play.PlayPicture;
import dev.featuremap.play.PlayedRun;
import dev.featuremap.run.DirectoryLock;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.SavedRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code featuremap play}: a trained network, or two, as a page that computes in the browser. */
@Command(
        name = "play",
        description = "Make a page to play with a trained network: draw, and watch each layer; it works offline.")
final class PlayCommand implements Runnable {
    private final Terminal terminal;

    @Mixin
    private CommonOptions common;

    @Mixin
    private LanguageOption languages;

    @Parameters(
            index = "0",
            paramLabel = "RUN",
            converter = RunConverter.class,
            description = "a run, by " + RunConverter.WAYS)
    private Path first;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "RUN2",
            converter = RunConverter.class,
            description = "another run on the same pictures, whose answers stand beside those of the first")
    private Path second;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "where the page goes; default: play.html in the directory of the first run")
    private Path out;

    /** What {@code --json} prints: the page of each language. */
    private record Written(List<String> pages) {}

    PlayCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        CommonOptions.requirePlaceForFile(out, "--out");
        List<PlayedRun> runs = new ArrayList<>();
        List<SavedRun> open = new ArrayList<>();
        try {
            List<PlayPicture> tests = List.of();
            for (Path path : second == null ? List.of(first) : List.of(first, second)) {
                RunDirectory directory = RunDirectory.open(path);
                SavedRun saved = SavedRun.open(directory);
                open.add(saved);
                Optional<ExampleSet> examples = testExamples(saved);
                if (runs.isEmpty()) {
                    tests = examples.map(all -> first(all, PlayPage.testPictures(saved.input())))
                            .orElse(List.of());
                }
                runs.add(new PlayedRun(
                        saved.name(),
                        saved.network(),
                        saved.input(),
                        mistakes(directory, examples),
                        saved.epoch(),
                        saved.otherEpochs()));
            }
            Path file = out == null ? RunDirectory.open(first).playFile() : out;
            boolean fitting = open.get(0).experiment().data() instanceof DataSpec.Mnist;
            write(file, runs, tests, fitting);
        } finally {
            open.forEach(SavedRun::close);
        }
    }

    private void write(Path file, List<PlayedRun> runs, List<PlayPicture> tests, boolean fitting) {
        List<String> written = new ArrayList<>();
        for (Language language : languages.all) {
            Edition edition = new Edition(file.getFileName().toString(), language, languages.all);
            Path page = file.resolveSibling(edition.file());
            DirectoryLock.write(page, PlayPage.html(runs, tests, fitting, edition));
            written.add(page.toString());
        }
        if (common.json) {
            terminal.json(new Written(written));
        } else {
            written.forEach(page -> terminal.print("page: %s%n", page));
        }
    }

    /** The run's own test data, as far as they are here: nothing is fetched for a page. */
    private Optional<ExampleSet> testExamples(SavedRun saved) {
        try {
            return Optional.of(saved.examples(
                    Split.TEST, DataFolder.withoutFetching(Workspace.current().data())));
        } catch (Failure notHere) {
            common.progress(terminal).tell("the page has no test pictures: %s%n", notHere.getMessage());
            return Optional.empty();
        }
    }

    private static List<PlayPicture> mistakes(RunDirectory run, Optional<ExampleSet> examples) {
        return examples.stream()
                .flatMap(all -> run.mistakes().stream()
                        .flatMap(mistakes -> mistakes.worst().stream())
                        .map(mistake -> picture(all, mistake.index())))
                .toList();
    }

    private static List<PlayPicture> first(ExampleSet examples, int most) {
        return IntStream.range(0, Math.min(most, examples.size()))
                .mapToObj(index -> picture(examples, index))
                .toList();
    }

    private static PlayPicture picture(ExampleSet examples, int index) {
        LabelledPicture picture = examples.picture(index);
        return new PlayPicture(picture.identity(), picture.label(), picture.levels());
    }
}
