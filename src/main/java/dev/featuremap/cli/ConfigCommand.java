package dev.featuremap.cli;

import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.run.Json;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code featuremap config}: experiment files themselves. */
@Command(
        name = "config",
        description = "Look at experiment files, or list the keys they, comparisons and searches may have.",
        synopsisSubcommandLabel = "(show | keys | schema)")
final class ConfigCommand {
    private final Terminal terminal;

    ConfigCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "show", description = "Print an experiment with every default and override in place.")
    void show(@Mixin CommonOptions common, @Mixin ExperimentArguments arguments) {
        Experiment experiment = arguments.read();
        terminal.print(
                "%s", common.json ? Json.write(ExperimentFile.tree(experiment)) : ExperimentFile.print(experiment));
    }

    @Command(name = "keys", description = "List every key a file may have, with its default and meaning.")
    void keys(
            @Mixin CommonOptions common,
            @Parameters(
                            index = "0",
                            arity = "0..1",
                            paramLabel = "experiment|compare|tune",
                            defaultValue = "experiment",
                            description = "whose file (default: experiment)")
                    FileKind kind,
            @Option(names = "--markdown", description = "as its page in docs, such as docs/experiment-file.md")
                    boolean markdown) {
        if (common.json) {
            terminal.json(Map.of("keys", kind.keys()));
        } else {
            KeysText text = new KeysText(kind.keys());
            terminal.print("%s", markdown ? kind.introduction() + text.markdown() : text.terminal());
        }
    }

    @Command(
            name = "schema",
            description = "Print what such a file may hold as JSON Schema, for editors that complete and check YAML.")
    void schema(
            @Mixin CommonOptions common,
            @Parameters(
                            index = "0",
                            arity = "0..1",
                            paramLabel = "experiment|compare|tune",
                            defaultValue = "experiment",
                            description = "whose file (default: experiment)")
                    FileKind kind) {
        terminal.json(kind.schema());
    }
}
