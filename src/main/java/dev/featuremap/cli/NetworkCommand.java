package dev.featuremap.cli;

import dev.featuremap.Failure;
import dev.featuremap.data.Datasets;
import dev.featuremap.experiment.ClassWeights;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.network.NetworkBuilder;
import dev.featuremap.network.SavedNetwork;
import dev.featuremap.network.ShapeTable;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code featuremap network}: a network's shapes, before anything is trained, and its form as DL4J's own JSON. */
@Command(
        name = "network",
        description = "Look at an experiment's network, or save it as DL4J's JSON.",
        synopsisSubcommandLabel = "(summary | save)")
final class NetworkCommand {
    /** Characters that most layers' names fit in. */
    private static final int NAME = 18;

    private final Terminal terminal;

    NetworkCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "summary", description = "Print each layer's output shape and parameters, with their arithmetic.")
    void summary(@Mixin CommonOptions common, @Mixin ExperimentArguments arguments) {
        Experiment experiment = arguments.read();
        ShapeTable table = ShapeTable.of(experiment, Datasets.shapeOf(experiment.data()));
        if (common.json) {
            terminal.json(table);
        } else {
            print(table);
        }
    }

    @Command(name = "save", description = "Write an experiment's network as DL4J's MultiLayerConfiguration JSON.")
    void save(
            @Mixin CommonOptions common,
            @Parameters(index = "0", paramLabel = "CONF", description = "the experiment's file") String conf,
            @Parameters(index = "1", paramLabel = "FILE", description = "the JSON file to write") Path file,
            @Parameters(
                            index = "2..*",
                            paramLabel = "[key=value...]",
                            completionCandidates = KeyCandidates.OfExperiment.class,
                            description = "values to use instead of the file's")
                    List<String> overrides) {
        CommonOptions.requirePlaceForFile(file, "FILE");
        Experiment experiment = ExperimentArguments.read(conf, overrides == null ? List.of() : overrides);
        if (experiment
                .training()
                .classWeights()
                .filter(ClassWeights::isBalanced)
                .isPresent()) {
            throw Failure.usage(
                    "training.classWeights: balanced weights are known once the training data are read, which this command"
                            + " does not do",
                    "Give a number for each class, or take network.json of a run.");
        }
        SavedNetwork.write(NetworkBuilder.configuration(experiment, Datasets.shapeOf(experiment.data())), file);
        common.progress(terminal).tell("wrote %s%n", file);
    }

    private void print(ShapeTable table) {
        int longest =
                table.rows().stream().mapToInt(row -> row.type().length()).max().orElse(0);
        String row = "%3s  %-" + Math.max(NAME, longest) + "s  %-12s";
        terminal.print(row + "  %12s  %s%n", "", "layer", "output", "parameters", "arithmetic");
        terminal.print(row + "%n", "", "input", table.input());
        for (ShapeTable.Row layer : table.rows()) {
            String arithmetic = Stream.of(layer.arithmetic(), layer.parameterArithmetic())
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.joining(";  "));
            terminal.print(
                    row + "  %,12d  %s%n", layer.index(), layer.type(), layer.output(), layer.parameters(), arithmetic);
        }
        terminal.print(row + "  %,12d%n", "", "all", table.output(), table.parameters());
    }
}
