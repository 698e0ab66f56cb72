package dev.featuremap.cli;

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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code featuremap evaluate}: a trained run's model scored on the test split of its own or another data set. */
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

    EvaluateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Workspace workspace = Workspace.current();
        RunDirectory directory = RunDirectory.open(run);
        Experiment experiment = withData(directory, workspace);
        Scores scores;
        try (SavedRun saved = SavedRun.open(directory)) {
            scores = saved.score(experiment.data(), Mnist.files(workspace, terminal, common.quiet));
        }
        if (common.json) {
            terminal.print("%s", Json.write(scores));
        } else {
            RunText.print(terminal, scores, Split.TEST);
        }
        return 0;
    }

    private Experiment withData(RunDirectory directory, Workspace workspace) {
        if (data == null) {
            return directory.experiment();
        }
        Path file = data.startsWith("{") ? directory.path() : workspace.find(data);
        if (Files.isRegularFile(file)) {
            return ExperimentFile.read(file, List.of());
        }
        String spec = data.startsWith("{") ? data : "{source: " + data + "}";
        return directory.experiment(List.of("data=" + spec));
    }
}
