package dev.featuremap.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.featuremap.Failure;
import dev.featuremap.UserPath;
import dev.featuremap.data.MnistFiles;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.experiment.Split;
import dev.featuremap.run.Json;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.Scores;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.SavedRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code featuremap evaluate}: a trained run's model scored on a split of its own or another data set. */
@Command(name = "evaluate", description = "Score a trained run on its own test data, or on another data set's.")
final class EvaluateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "RUN", description = "a run directory")
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

    /**
     * What {@code --json} prints.
     *
     * @param ownData whether the data are those the run was made with
     * @param data as in an experiment file
     */
    private record Evaluation(
            String split,
            boolean ownData,
            Object data,
            @JsonUnwrapped Scores scores) {}

    EvaluateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Workspace workspace = Workspace.current();
        RunDirectory directory = RunDirectory.open(run);
        if (data != null && split == Split.VALIDATION) {
            throw Failure.usage(
                    "--split validation is of the run's own data, but --data names others",
                    "score those on --split test or train, or leave --data away");
        }
        Experiment experiment = withData(directory);
        Scores scores = scores(directory, experiment, Mnist.files(workspace, terminal, common.quiet));
        if (common.json) {
            Object tree = ((Map<?, ?>) ExperimentFile.tree(experiment)).get("data");
            terminal.print("%s", Json.write(new Evaluation(split.word(), data == null, tree, scores)));
        } else {
            RunText.print(terminal, scores, split, data == null ? " of the run's own data" : " of other data: " + data);
        }
        return 0;
    }

    private Scores scores(RunDirectory directory, Experiment experiment, MnistFiles mnist) {
        try (SavedRun saved = SavedRun.open(directory)) {
            return data == null ? saved.score(split, mnist) : saved.score(experiment.data(), split, mnist);
        }
    }

    private Experiment withData(RunDirectory directory) {
        if (data == null) {
            return directory.experiment();
        }
        Path file = data.startsWith("{") ? directory.path() : UserPath.find(data);
        if (Files.isRegularFile(file)) {
            return ExperimentFile.read(file, List.of());
        }
        String spec = data.startsWith("{") ? data : "{source: " + data + "}";
        return directory.experiment(List.of("data=" + spec));
    }
}
