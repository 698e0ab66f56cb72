package dev.featuremap.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.featuremap.Failure;
import dev.featuremap.UserPath;
import dev.featuremap.data.DataFolder;
import dev.featuremap.experiment.Augmentation;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.experiment.Split;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.Scores;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.PicturePreparation.Fit;
import dev.featuremap.train.SavedRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code featuremap evaluate}: a trained run's model scored on a split of its own or another data set. */
@Command(name = "evaluate", description = "Score a trained run on its own test data, or on another data set's.")
final class EvaluateCommand implements Runnable {
    private static final Set<String> SOURCES = Set.of("mnist", "xo", "idx", "images");

    private final Terminal terminal;

    @Mixin
    private CommonOptions common;

    @Parameters(
            paramLabel = "RUN",
            converter = RunConverter.class,
            description = {
                "a run, by " + RunConverter.WAYS + ";",
                "of one that has not ended, the newest sound checkpoint is scored"
            })
    private Path run;

    @Option(
            names = "--data",
            paramLabel = "SPEC",
            description = {
                "another data set: a source (mnist, xo), a spec such as '{source: images, folder: my/pictures}',",
                "or an experiment's file, of which the data is taken"
            })
    private String data;

    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            defaultValue = "test",
            description = "train, validation (what the run held out) or test; default: ${DEFAULT-VALUE}")
    private Split split;

    @Option(
            names = "--fit",
            paramLabel = "auto|mnist|none",
            defaultValue = "auto",
            description = {
                "how pictures of --data are taken: mnist: a drawing's ink is cut out and fitted as MNIST's digits were; none:",
                "each as a whole; auto fits, for runs trained on MNIST, picture files of another size (default: auto)"
            })
    private Fit fit;

    @Option(
            names = "--augment",
            paramLabel = "SPEC",
            description = {
                "score varied pictures, the same ones for every run: what data.augment takes, such as",
                "'{rotation: 20, shift: 3}'"
            })
    private String augment;

    /**
     * What {@code --json} prints.
     *
     * @param ownData whether the data are those the run was made with
     * @param data as in an experiment file
     * @param augmented how the scored pictures were varied; null where they were not
     * @param fit mnist where drawings were fitted as MNIST's digits were
     * @param partial what was scored of a run that has no result yet
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Evaluation(
            String split,
            boolean ownData,
            Object data,
            Object augmented,
            String fit,
            SavedRun.Partial partial,
            @JsonUnwrapped Scores scores) {}

    EvaluateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        Workspace workspace = Workspace.current();
        RunDirectory directory = RunDirectory.openBegun(run);
        if (directory.partial().isEmpty()) {
            directory = RunDirectory.open(run);
        }
        if (data != null && split == Split.VALIDATION) {
            throw Failure.usage(
                    "--split validation is of the run's own data, but --data names others",
                    "score those on --split test or train, or leave --data away");
        }
        if (data == null && fit == Fit.MNIST) {
            throw Failure.usage(
                    "--fit mnist is for drawings of --data: the run's own data are taken as they were trained on",
                    "name the drawings with --data '{source: images, folder: my/pictures}'");
        }
        Experiment experiment = withData(directory);
        try (SavedRun saved = SavedRun.open(directory)) {
            DataFolder dataFolder = WorkspaceData.in(workspace, common.progress(terminal));
            if (data == null) {
                print(saved, experiment, null, saved.score(split, dataFolder, varied(experiment)));
                return;
            }
            boolean fitted = saved.preparation(fit).mayFit(experiment.data());
            if (fitted) {
                terminal.tell(
                        "%s: %s%n",
                        data,
                        fit == Fit.MNIST
                                ? "the ink of all pictures fitted as MNIST's digits"
                                : "the ink of pictures of another size fitted as MNIST's digits (--fit none takes them whole)");
            }
            Scores scores = saved.score(experiment.data(), split, dataFolder, fit, varied(experiment));
            print(saved, experiment, fitted ? "mnist" : "none", scores);
        }
    }

    private Augmentation varied(Experiment experiment) {
        return augment == null ? Augmentation.NONE : experiment.data().augment();
    }

    private void print(SavedRun saved, Experiment experiment, String fitted, Scores scores) {
        if (common.json) {
            Map<?, ?> tree = (Map<?, ?>) ((Map<?, ?>) ExperimentFile.tree(experiment)).get("data");
            Object augmented = augment == null ? null : tree.get("augment");
            terminal.json(new Evaluation(
                    split.word(),
                    data == null,
                    tree,
                    augmented,
                    fitted,
                    saved.partial().orElse(null),
                    scores));
            return;
        }
        saved.partial().ifPresent(partial -> terminal.print("partial: %s%n", partial));
        String of = data == null ? " of the run's own data" : " of other data: " + data;
        RunText.print(terminal, scores, split, augment == null ? of : of + ", varied by " + augment);
    }

    private Experiment withData(RunDirectory directory) {
        List<String> varied = augment == null ? List.of() : List.of("data.augment=" + augment);
        if (data == null) {
            return directory.changed(varied).asked();
        }
        Path file = data.startsWith("{") ? directory.path() : UserPath.find(data);
        if (Files.isRegularFile(file)) {
            return ExperimentFile.read(file, varied);
        }
        if (!data.startsWith("{") && !SOURCES.contains(data) && Files.isDirectory(file)) {
            throw Failure.usage(
                    "--data " + data + " is a folder",
                    "for pictures in one sub-folder per class: --data '{source: images, folder: " + data + "}'");
        }
        String spec = data.startsWith("{") ? data : "{source: " + data + "}";
        return directory
                .changed(Stream.concat(Stream.of("data=" + spec), varied.stream())
                        .toList())
                .asked();
    }
}
