package dev.featuremap.cli;

import dev.featuremap.Failure;
import dev.featuremap.data.ExampleSet;
import dev.featuremap.data.Picture;
import dev.featuremap.data.PictureFiles;
import dev.featuremap.experiment.Split;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.PicturePreparation;
import dev.featuremap.train.PicturePreparation.Fit;
import dev.featuremap.train.PicturePreparation.Inversion;
import dev.featuremap.train.PreparedPicture;
import dev.featuremap.train.SavedRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A run, and the pictures that are shown to it, as the command lines of {@code predict} and {@code explain} name them. */
final class PictureArguments {
    private static final Pattern EXAMPLE = Pattern.compile("(.*)#(\\d{1,9})", Pattern.DOTALL);

    @Parameters(
            index = "0",
            paramLabel = "RUN[#INDEX]",
            description = {
                "a run, by " + RunConverter.WAYS + ";",
                "with #INDEX also the first picture: that example of the run's data, from 0"
            })
    private String run;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "PICTURE",
            description = {
                "a PNG or JPEG file; a folder, for all pictures in it and its sub-folders in natural order;",
                "- for a picture on standard input; RUN#INDEX or '#INDEX' for an example of the run's data"
            })
    private List<String> pictures = List.of();

    @Option(
            names = "--split",
            paramLabel = "train|validation|test",
            defaultValue = "test",
            description = "the split that #INDEX counts in (default: test)")
    private Split split;

    @Option(
            names = "--invert",
            paramLabel = "auto|yes|no",
            defaultValue = "auto",
            description = {
                "whether light and dark change places; auto does so when a picture's ink stands on light paper and",
                "that of the training pictures on dark, or the other way round (default: auto)"
            })
    private Inversion invert;

    @Option(
            names = "--fit",
            paramLabel = "auto|mnist|none",
            defaultValue = "auto",
            description = {
                "mnist: a drawing's ink is cut out and fitted as MNIST's digits were; none: pictures of another size are",
                "resized as a whole; auto fits them for runs trained on MNIST (default: auto)"
            })
    private Fit fit;

    private Terminal terminal;
    private PicturePreparation preparation;
    private Supplier<ExampleSet> examples;

    /** Opens the run that is named. */
    SavedRun open() {
        return SavedRun.open(RunDirectory.open(directory()));
    }

    /**
     * The pictures in the order of the command line, each read when it is asked for; what was done to it is told then.
     *
     * @throws Failure (usage) when none is named
     */
    List<Supplier<PreparedPicture>> read(SavedRun saved, Terminal to) {
        terminal = to;
        preparation = saved.preparation(fit);
        examples = once(() -> saved.examples(split, WorkspaceData.in(Workspace.current(), to.silent())));
        List<Supplier<PreparedPicture>> all = new ArrayList<>();
        if (!Files.exists(found(run))) {
            all.add(example(run));
        }
        pictures.forEach(picture -> all.addAll(named(picture)));
        if (all.isEmpty()) {
            throw Failure.usage(
                    "no picture is named", "name a PNG or JPEG file, a folder of them, -, or " + run + "#0");
        }
        return all.stream().map(this::telling).toList();
    }

    private Path directory() {
        Path whole = found(run);
        Matcher example = EXAMPLE.matcher(run);
        return Files.exists(whole) || !example.matches() ? whole : found(example.group(1));
    }

    private static Path found(String named) {
        Path path = path(named);
        return Files.exists(path) ? path : RunConverter.find(named);
    }

    /** A file whose name looks like something else is a file. */
    private List<Supplier<PreparedPicture>> named(String picture) {
        Path path = path(picture);
        if (Files.isDirectory(path)) {
            return PictureFiles.in(path).stream().map(this::file).toList();
        }
        if (!Files.exists(path)) {
            if (picture.equals("-")) {
                return List.of(
                        () -> preparation.prepare("standard input", Picture.read("standard input", System.in), invert));
            }
            if (EXAMPLE.matcher(picture).matches()) {
                return List.of(example(picture));
            }
        }
        return List.of(file(path));
    }

    private Supplier<PreparedPicture> file(Path file) {
        return () -> preparation.prepare(file, invert);
    }

    private Supplier<PreparedPicture> example(String named) {
        Matcher example = EXAMPLE.matcher(named);
        if (!example.matches()) {
            throw new IllegalArgumentException(named);
        }
        String of = example.group(1);
        if (!of.isEmpty() && !found(of).normalize().equals(directory().normalize())) {
            throw Failure.usage(
                    named + ": examples are taken from the run that answers, " + directory(),
                    "write '#" + example.group(2) + "', or name a picture's file");
        }
        int index = Integer.parseInt(example.group(2));
        return () -> {
            int count = examples.get().size();
            if (index >= count) {
                throw Failure.usage(
                        named + ": there are " + count + " " + split.word() + " examples, 0 to " + (count - 1),
                        "name one of them, or another split with --split");
            }
            return preparation.prepare(examples.get(), index, invert);
        };
    }

    private Supplier<PreparedPicture> telling(Supplier<PreparedPicture> picture) {
        return () -> {
            PreparedPicture prepared = picture.get();
            PreparedPicture.Done done = prepared.done();
            terminal.tell("%s: %s%s%n", done.image(), done.said(), otherwise(done));
            return prepared;
        };
    }

    /** How to have it otherwise, where nobody asked for it. */
    private String otherwise(PreparedPicture.Done done) {
        List<String> options = new ArrayList<>();
        if (done.inverted() && invert == Inversion.AUTO) {
            options.add("--invert no keeps them");
        }
        if (done.fittedInk() != null && fit == Fit.AUTO) {
            options.add("--fit none takes the whole picture");
        }
        return options.isEmpty() ? "" : " (" + String.join("; ", options) + ")";
    }

    private static Path path(String named) {
        Path path = Path.of(named);
        if (Files.exists(path) || !(named.equals("~") || named.startsWith("~/"))) {
            return path;
        }
        return Path.of(System.getProperty("user.home")).resolve(named.substring(Math.min(2, named.length())));
    }

    private static <T> Supplier<T> once(Supplier<T> value) {
        List<T> known = new ArrayList<>();
        return () -> {
            if (known.isEmpty()) {
                known.add(value.get());
            }
            return known.get(0);
        };
    }
}
