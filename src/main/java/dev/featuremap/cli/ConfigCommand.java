package dev.featuremap.cli;

import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.experiment.ExperimentKeys;
import dev.featuremap.experiment.KeyDescription;
import dev.featuremap.run.Json;
import dev.featuremap.run.Workspace;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code featuremap config}: experiment files themselves. */
@Command(
        name = "config",
        description = "Look at experiment files, or list the keys they may have.",
        synopsisSubcommandLabel = "(show | keys)")
final class ConfigCommand {
    private final Terminal terminal;

    ConfigCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "show", description = "Print an experiment with every default and override in place.")
    int show(@Mixin CommonOptions common, @Mixin ExperimentArguments arguments) {
        Experiment experiment = arguments.read(Workspace.current());
        terminal.print(
                "%s", common.json ? Json.write(ExperimentFile.tree(experiment)) : ExperimentFile.print(experiment));
        return 0;
    }

    @Command(name = "keys", description = "List every key an experiment file may have, with its default and meaning.")
    int keys(
            @Mixin CommonOptions common,
            @Option(names = "--markdown", description = "as the page docs/experiment-file.md") boolean markdown) {
        List<KeyDescription> keys = ExperimentKeys.all();
        if (common.json) {
            terminal.print("%s", Json.write(Map.of("keys", keys)));
        } else {
            KeysText text = new KeysText(keys);
            terminal.print("%s", markdown ? text.markdown() : text.terminal());
        }
        return 0;
    }
}
