package dev.featuremap.cli;

import dev.featuremap.Failure;
import dev.featuremap.UserPath;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Parameters;

/** An experiment as it is named on the command line: a file, and what to change in it. */
final class ExperimentArguments {
    static final String DEFAULT = "conf/experiment/xo-cnn.yaml";

    @Parameters(
            arity = "0..*",
            paramLabel = "[CONF] [key=value...]",
            completionCandidates = KeyCandidates.OfExperiment.class,
            description = {
                "the experiment's file (default: " + DEFAULT + ") and values to use instead of the file's,",
                "such as training.epochs=1 loss=mae network.layers.0.filters=8;",
                "a file that is there is the file, whatever its name; lists and maps are YAML in brackets"
            })
    private List<String> arguments = List.of();

    Experiment read() {
        boolean named = !arguments.isEmpty() && isFile(arguments.get(0));
        String file = named ? arguments.get(0) : DEFAULT;
        return ExperimentFile.read(UserPath.find(file), named ? arguments.subList(1, arguments.size()) : arguments);
    }

    /** What is there is the file, even where its name reads as {@code key=value}. */
    private static boolean isFile(String argument) {
        return !ExperimentFile.isOverride(argument) || Files.isRegularFile(UserPath.find(argument));
    }

    /**
     * The values to use in place of a run's own.
     *
     * @throws Failure (usage) when a file is named too
     */
    List<String> overridesOf(Path run) {
        arguments.stream()
                .filter(argument -> !ExperimentFile.isOverride(argument))
                .findFirst()
                .ifPresent(file -> {
                    throw Failure.usage(
                            file + " and --resume " + run
                                    + " are both given, but a run goes on with its own experiment",
                            "leave " + file + " away, or train it without --resume");
                });
        return arguments;
    }

    /** The experiment of one file, with values to use in place of the file's. */
    static Experiment read(String conf, List<String> overrides) {
        return ExperimentFile.read(UserPath.find(conf), overrides);
    }
}
