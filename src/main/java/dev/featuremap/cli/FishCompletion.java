package dev.featuremap.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The commands as lines of fish's {@code complete}, for which picocli has none. */
final class FishCompletion {
    private static final String RUNS =
            "(echo latest; set -q FEATUREMAP_HOME_DIR; and command ls $FEATUREMAP_HOME_DIR/runs 2>/dev/null;"
                    + " or command ls runs 2>/dev/null)";

    private final StringBuilder lines = new StringBuilder();

    private FishCompletion() {}

    static String of(CommandLine root) {
        FishCompletion fish = new FishCompletion();
        List<String> takingRuns = CompletionCommand.takingRuns(root);
        root.getSubcommands().forEach((name, line) -> {
            fish.add("__fish_use_subcommand", "-f -a " + name, line.getCommandSpec());
            String seen = "__fish_seen_subcommand_from " + name;
            fish.addArguments(seen, line.getCommandSpec());
            line.getSubcommands().forEach((nested, nestedLine) -> {
                fish.add(seen, "-f -a " + nested, nestedLine.getCommandSpec());
                fish.addArguments(seen + "; and __fish_seen_subcommand_from " + nested, nestedLine.getCommandSpec());
            });
            if (takingRuns.contains(name)) {
                fish.add(seen, "-a " + quoted(RUNS), "a run");
            }
        });
        return fish.lines.toString();
    }

    private void addArguments(String when, CommandSpec command) {
        for (OptionSpec option : command.options()) {
            String value = option.arity().max() > 0 ? " -r" : "";
            String words = option.completionCandidates() == null ? "" : " -f -a " + quoted(words(option));
            if (CompletionCommand.isRun(option)) {
                words = " -a " + quoted(RUNS);
            }
            add(when, "-l " + option.longestName().replaceFirst("^-+", "") + value + words, first(option));
        }
        for (ArgSpec positional : command.positionalParameters()) {
            if (positional.completionCandidates() != null) {
                add(when, "-a " + quoted(words(positional)), positional.paramLabel());
            }
        }
    }

    private void add(String when, String what, CommandSpec command) {
        String[] description = command.usageMessage().description();
        add(when, what, description.length == 0 ? "" : description[0]);
    }

    private void add(String when, String what, String description) {
        lines.append("complete -c featuremap -n ")
                .append(quoted(when))
                .append(' ')
                .append(what);
        lines.append(" -d ").append(quoted(description)).append('\n');
    }

    private static String words(ArgSpec argument) {
        return StreamSupport.stream(argument.completionCandidates().spliterator(), false)
                .collect(Collectors.joining(" "));
    }

    private static String first(ArgSpec argument) {
        return argument.description().length == 0 ? "" : argument.description()[0];
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
