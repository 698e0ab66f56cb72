package dev.featuremap.cli;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.run.Workspace;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Parameters;

/** An experiment as it is named on the command line: a file, and what to change in it. */
final class ExperimentArguments {
    static final String DEFAULT = "conf/experiment/xo-cnn.yaml";

    @Parameters(
            arity = "0..*",
            paramLabel = "[CONF] [key=value...]",
            description = {
                "the experiment's file (default: " + DEFAULT + ") and values to use instead of the file's,",
                "such as training.epochs=1 loss=mae network.layers[0].filters=8"
            })
    private List<String> arguments = List.of();

    Experiment read(Workspace workspace) {
        boolean named = !arguments.isEmpty() && !arguments.get(0).contains("=");
        String file = named ? arguments.get(0) : DEFAULT;
        return ExperimentFile.read(workspace.find(file), named ? arguments.subList(1, arguments.size()) : arguments);
    }

    /**
     * The values to use in place of a run's own.
     *
     * @throws Failure (usage) when a file is named too
     */
    List<String> overridesOf(Path run) {
        arguments.stream()
                .filter(argument -> !argument.contains("="))
                .findFirst()
                .ifPresent(file -> {
                    throw Failure.usage(
                            file + " and --resume " + run
                                    + " are both given, but a run goes on with its own experiment",
                            "leave " + file + " away, or train it without --resume");
                });
        return arguments;
    }

    /** The experiment of one file, as it stands. */
    static Experiment read(Workspace workspace, String conf) {
        return ExperimentFile.read(workspace.find(conf), List.of());
    }
}
