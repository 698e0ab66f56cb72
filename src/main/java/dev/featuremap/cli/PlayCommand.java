package dev.featuremap.cli;

import dev.featuremap.Failure;
import dev.featuremap.data.DataFolder;
import dev.featuremap.page.Edition;
import dev.featuremap.page.Language;
import dev.featuremap.play.OpenedRuns;
import dev.featuremap.run.DirectoryLock;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
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
        List<RunDirectory> runs = Stream.of(first, second)
                .filter(Objects::nonNull)
                .map(RunDirectory::open)
                .toList();
        Path file = out == null ? runs.get(0).playFile() : out;
        try (OpenedRuns opened = OpenedRuns.of(
                runs, DataFolder.withoutFetching(Workspace.current().data()), this::tellOf)) {
            write(file, opened);
        }
    }

    private void tellOf(Failure notHere) {
        common.progress(terminal).tell("the page has no test pictures: %s%n", notHere.getMessage());
    }

    private void write(Path file, OpenedRuns runs) {
        List<String> written = new ArrayList<>();
        for (Language language : languages.all) {
            Edition edition = new Edition(file.getFileName().toString(), language, languages.all);
            Path page = file.resolveSibling(edition.file());
            DirectoryLock.write(page, runs.html(edition));
            written.add(page.toString());
        }
        if (common.json) {
            terminal.json(new Written(written));
        } else {
            written.forEach(page -> terminal.print("page: %s%n", page));
        }
    }
}
