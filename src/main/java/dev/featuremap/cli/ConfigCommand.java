package dev.featuremap.cli;

import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.run.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code featuremap config}: experiment files themselves. */
@Command(name = "config", description = "Look at experiment files.", synopsisSubcommandLabel = "show")
final class ConfigCommand {
    private final Terminal terminal;

    ConfigCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "show", description = "Print an experiment with every default and override in place.")
    int show(@Mixin ExperimentArguments arguments) {
        terminal.print("%s", ExperimentFile.print(arguments.read(Workspace.current())));
        return 0;
    }
}
