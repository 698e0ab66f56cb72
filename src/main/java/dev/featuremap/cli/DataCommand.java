package dev.featuremap.cli;

import dev.featuremap.Failure;
import dev.featuremap.UserPath;
import dev.featuremap.data.DataCache;
import dev.featuremap.data.DataFolder;
import dev.featuremap.data.Datasets;
import dev.featuremap.data.ExampleSet;
import dev.featuremap.data.LabelledPicture;
import dev.featuremap.data.MnistFiles;
import dev.featuremap.data.SampleSheet;
import dev.featuremap.experiment.Augmentation;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.page.Block.Picture;
import dev.featuremap.page.Grid;
import dev.featuremap.page.Palette;
import dev.featuremap.page.TextForm;
import dev.featuremap.run.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code featuremap data}: the data sets there are, fetching MNIST, a look at the examples, and what is kept of them. */
@Command(
        name = "data",
        description = "List, fetch or look at data sets, and what is kept of them.",
        synopsisSubcommandLabel = "(list | fetch | show | cache)")
final class DataCommand {
    private static final int SHEET_COLUMNS = 10;
    private static final int AS_CHARACTERS = 3;
    private static final double MIB = 1 << 20;

    private final Terminal terminal;

    DataCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "list", description = "Tell which data sets there are, and whether their files are here.")
    void list(@Mixin CommonOptions common) {
        Workspace workspace = Workspace.current();
        Map<String, String> sets = new LinkedHashMap<>();
        sets.put(
                "mnist",
                WorkspaceData.in(workspace, terminal).mnist().areHere()
                        ? "60,000 training and 10,000 test digits of 28x28, in " + workspace.mnist()
                        : "60,000 training and 10,000 test digits of 28x28, not here yet: featuremap data fetch mnist");
        sets.put("xo", "letters X and O drawn from the seed, 9x9 and up; needs no files");
        sets.put("idx", "your own IDX files, named in the experiment's file");
        sets.put("images", "your own folder of PNG or JPEG files, one sub-folder per class");
        if (common.json) {
            terminal.json(Map.of("data_sets", sets));
        } else {
            sets.forEach((name, text) -> terminal.print("%-8s %s%n", name, text));
        }
    }

    @Command(name = "fetch", description = "Fetch a data set's files and check them; mnist is the one to fetch.")
    void fetch(@Mixin CommonOptions common, @Parameters(paramLabel = "NAME", description = "mnist") String name) {
        if (!name.equals("mnist")) {
            throw Failure.usage("no data set to fetch is called " + name, "featuremap data fetch mnist");
        }
        DataFolder data = WorkspaceData.in(Workspace.current(), common.progress(terminal));
        MnistFiles.Opened files = data.mnist().open(Optional.empty(), data.cache());
        Map<String, String> hashes = new LinkedHashMap<>();
        files.all().forEach(file -> hashes.put(file.file().toString(), file.sha256()));
        if (common.json) {
            terminal.json(Map.of("name", name, "files", hashes));
        } else {
            hashes.forEach((file, hash) -> terminal.print("%s  %s%n", hash, file));
        }
    }

    @Command(name = "show", description = "Draw labelled examples on a sheet, and some as characters.")
    void show(
            @Mixin CommonOptions common,
            @Parameters(index = "0", paramLabel = "NAME", description = "mnist, xo, or an experiment's file")
                    String name,
            @Parameters(
                            index = "1..*",
                            paramLabel = "key=value",
                            description = "values to use instead of the file's, such as data.augment.rotation=15")
                    List<String> overrides,
            @Option(names = "--png", paramLabel = "FILE", description = "the sheet; default: NAME-samples.png")
                    Path png,
            @Option(names = "--count", defaultValue = "100", description = "examples on the sheet (default: 100)")
                    int count,
            @Option(names = "--test", description = "show test examples instead of training ones") boolean test,
            @Option(
                            names = "--augmented",
                            description = "show training examples as the first epoch varies them: data.augment")
                    boolean augmented) {
        CommonOptions.requirePlaceForFile(png, "--png");
        if (count < 1) {
            throw Failure.usage("--count is " + count, "give at least 1");
        }
        Workspace workspace = Workspace.current();
        Experiment experiment = experiment(name, overrides == null ? List.of() : overrides);
        Augmentation augment = experiment.data().augment();
        if (augmented && (test || !augment.isAny())) {
            throw Failure.usage(
                    "--augmented: " + (test ? "test examples are never varied" : name + " varies no pictures"),
                    test ? "leave out --test" : "set some of data.augment, such as data.augment.rotation=10");
        }
        Datasets data = Datasets.open(
                        experiment.data(), experiment.seed(), WorkspaceData.in(workspace, common.progress(terminal)))
                .withLabelNoise(experiment.data().labelNoise(), experiment.seed());
        ExampleSet examples =
                test ? data.test() : augmented ? data.train().augmented(augment, experiment.seed(), 1) : data.train();
        Path sheet = png == null ? Path.of(experiment.name() + "-samples.png") : png;
        try {
            Files.createDirectories(sheet.toAbsolutePath().getParent());
            ImageIO.write(SampleSheet.draw(examples, count, SHEET_COLUMNS), "png", sheet.toFile());
        } catch (IOException e) {
            throw Failure.environment(
                    "cannot write " + sheet + ": " + e.getMessage(), "name another file with --png", e);
        }
        if (common.json) {
            terminal.json(Map.of("sheet", sheet.toString(), "examples", Math.min(count, examples.size())));
            return;
        }
        for (int i = 0; i < Math.min(AS_CHARACTERS, examples.size()); i++) {
            terminal.print("%s%n", TextForm.of(shown(examples.picture(i)), terminal.screen()));
        }
        terminal.print("%d of %d examples drawn: %s%n", Math.min(count, examples.size()), examples.size(), sheet);
        RunText.labelNoise(experiment.data()).ifPresent(noise -> terminal.print("%s%n", noise));
    }

    @Command(
            name = "cache",
            description = "Tell what was unpacked or decoded and is kept for the next time, the latest used first.")
    void cache(
            @Mixin CommonOptions common,
            @Option(names = "--clear", description = "remove it all; what is needed again is made again")
                    boolean clear) {
        DataCache cache = WorkspaceData.in(Workspace.current(), terminal).cache();
        List<DataCache.Kept> told = clear ? cache.clear() : cache.kept();
        long bytes = told.stream().mapToLong(DataCache.Kept::bytes).sum();
        if (common.json) {
            List<Map<String, Object>> entries =
                    told.stream().map(DataCommand::entry).toList();
            terminal.json(
                    Map.of("folder", cache.folder().toString(), "bytes", bytes, clear ? "removed" : "kept", entries));
            return;
        }
        for (DataCache.Kept kept : told) {
            terminal.print(
                    "%9.1f MiB  %s  %s%s%n",
                    kept.bytes() / MIB,
                    lastUse(kept),
                    kept.what(),
                    kept.from().isEmpty() ? "" : ", from " + kept.from());
        }
        terminal.print("%9.1f MiB %s %s%n", bytes / MIB, clear ? "removed from" : "in", cache.folder());
        if (clear && !cache.kept().isEmpty()) {
            terminal.print("what is in use by another process stays: featuremap data cache lists it%n");
        }
    }

    private static Map<String, Object> entry(DataCache.Kept kept) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("what", kept.what());
        entry.put("from", kept.from());
        entry.put("bytes", kept.bytes());
        entry.put("last_use", lastUse(kept));
        return entry;
    }

    private static String lastUse(DataCache.Kept kept) {
        return kept.lastUse().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static Picture shown(LabelledPicture picture) {
        List<Grid> channels = IntStream.range(0, picture.channels() >= 3 ? 3 : 1)
                .mapToObj(channel -> Grid.of(
                        picture.height(), picture.width(), (row, column) -> picture.brightness(channel, row, column)))
                .toList();
        return new Picture(picture.label(), channels, Palette.LIGHT, 1);
    }

    private static Experiment experiment(String name, List<String> overrides) {
        return switch (name) {
            case "mnist" ->
                ExperimentFile.read(UserPath.find("conf/experiment/mnist-lenet.yaml"), called("mnist", overrides));
            case "xo" -> ExperimentFile.read(UserPath.find(ExperimentArguments.DEFAULT), called("xo", overrides));
            default -> ExperimentFile.read(UserPath.find(name), overrides);
        };
    }

    private static List<String> called(String name, List<String> overrides) {
        return Stream.concat(Stream.of("name=" + name), overrides.stream()).toList();
    }
}
