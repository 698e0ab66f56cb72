package dev.featuremap.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code featuremap completion}: picocli's script for Bash, which Zsh reads too, and one for fish. */
@Command(
        name = CompletionCommand.NAME,
        description = "Print what makes a shell complete commands, options, keys of key=value, files, and runs.",
        footer = {
            "",
            "For good, one of these:",
            "  featuremap completion bash > \\",
            "    ~/.local/share/bash-completion/completions/featuremap",
            "  featuremap completion zsh >> ~/.zshrc",
            "  featuremap completion fish > \\",
            "    ~/.config/fish/completions/featuremap.fish",
            "Runs are completed in runs of the folder one is in, or of FEATUREMAP_HOME_DIR;",
            "values of keys and of key paths with a place in a list, such as",
            "network.layers.0.filters, are not."
        })
final class CompletionCommand implements Runnable {
    static final String NAME = "completion";

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "bash|zsh|fish", description = "which shell")
    private Shell shell;

    enum Shell {
        BASH,
        ZSH,
        FISH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        CommandLine root = spec.root().commandLine();
        terminal.print("%s", shell == Shell.FISH ? FishCompletion.of(root) : bash(root));
    }

    /**
     * Picocli's script, which offers no files beside words and switches off that the shell does where there are none; and the names of
     * runs. Behind a whole key comes no blank.
     */
    private static String bash(CommandLine root) {
        return AutoComplete.bash("featuremap", root) + """

                function _complete_featuremap_and_runs() {
                  _complete_featuremap "$@"
                  compopt -o default 2>/dev/null
                  local IFS=$'\\n' run word=${COMP_WORDS[COMP_CWORD]//[\\\\\\'\\"]/}
                  case ${COMP_WORDS[1]-},${COMP_WORDS[COMP_CWORD-1]-} in
                    RUNS)
                      compopt -o filenames 2>/dev/null
                      while read -r run; do
                        case $run in "$word"*) COMPREPLY+=( "$run" ) ;; esac
                      done <<<"latest"$'\\n'"$(command ls "${FEATUREMAP_HOME_DIR:-.}/runs" 2>/dev/null)" ;;
                  esac
                  case ${COMPREPLY[*]-} in
                    *=)
                      compopt -o nospace 2>/dev/null
                      COMPREPLY+=( $(compgen -f -- "${COMP_WORDS[COMP_CWORD]}") ) ;;
                  esac
                }
                complete -F _complete_featuremap_and_runs -o default featuremap
                """.replace("RUNS", runPatterns(root));
    }

    private static String runPatterns(CommandLine root) {
        Stream<String> commands = takingRuns(root).stream().map(name -> name + ",*");
        Stream<String> options = root.getSubcommands().values().stream()
                .flatMap(line -> line.getCommandSpec().options().stream()
                        .filter(CompletionCommand::isRun)
                        .map(option -> line.getCommandName() + "," + option.longestName()));
        return Stream.concat(commands, options).collect(Collectors.joining(" | "));
    }

    /** The commands that are given a run. */
    static List<String> takingRuns(CommandLine root) {
        return root.getSubcommands().values().stream()
                .filter(line -> isGivenRun(line)
                        || line.getSubcommands().values().stream().anyMatch(CompletionCommand::isGivenRun))
                .map(CommandLine::getCommandName)
                .toList();
    }

    private static boolean isGivenRun(CommandLine line) {
        return line.getCommandSpec().positionalParameters().stream().anyMatch(CompletionCommand::isRun);
    }

    static boolean isRun(ArgSpec argument) {
        return argument.paramLabel().startsWith("RUN");
    }
}
