package dev.featuremap.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.featuremap.Failure;
import dev.featuremap.Logging;
import dev.featuremap.Spelling;
import dev.featuremap.UserPath;
import dev.featuremap.jobs.ChildProcessRunMaker;
import dev.featuremap.run.ToldFailure;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code featuremap}; its sub-commands are the classes of this package. */
@Command(
        name = "featuremap",
        description = "Train, evaluate and compare CNNs with Deeplearning4j, from one configuration file.",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Exit codes: 0 done, 2 usage or configuration, 3 data, 4 model refused, 5 environment, 6 training diverged,",
            "130 interrupted, 143 terminated.",
            "The first run:  featuremap train"
        })
public final class Main implements Runnable {
    private static final List<Class<?>> SUB_COMMANDS = List.of(
            TrainCommand.class,
            EvaluateCommand.class,
            PredictCommand.class,
            CompareCommand.class,
            TuneCommand.class,
            DataCommand.class,
            NetworkCommand.class,
            ConfigCommand.class,
            LectureCommand.class,
            ExplainCommand.class,
            PlayCommand.class,
            ExportCommand.class,
            ReportCommand.class,
            RunsCommand.class,
            UiCommand.class,
            BenchCommand.class,
            DoctorCommand.class,
            CompletionCommand.class);

    /** How picocli tells the words to choose from, which are typed in lower case. */
    private static final Pattern CONSTANTS = Pattern.compile("\\[([A-Z, ]+)] \\(case-insensitive\\)");

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    Main(Terminal terminal) {
        this.terminal = terminal;
    }

    public static void main(String[] args) {
        // The same bytes out whatever the user's locale: DL4J and others format with the default one.
        Locale.setDefault(Locale.ROOT);
        DeserializationFilter.forbid(args);
        Logging.configure();
        Terminal terminal = Terminal.ofProcess();
        Interruption interruption = new Interruption(terminal);
        interruption.takeSignals();
        if (Boolean.getBoolean(ChildProcessRunMaker.END_WITH_INPUT)) {
            interruption.endWithInput();
        }
        System.exit(run(terminal, interruption, args));
    }

    /** Runs one command line and returns its exit code; {@code System.exit} is left to {@link #main}. */
    public static int run(Terminal terminal, String... args) {
        return run(terminal, new Interruption(terminal), args);
    }

    private static int run(Terminal terminal, Interruption interruption, String... args) {
        CommandLine commandLine = new CommandLine(new Main(terminal), new Commands(terminal, interruption));
        if (hasFlag(args, "--version")
                || hasFlag(args, "-V")) { // each sub-command asks it when it is added, and it asks git
            commandLine.getCommandSpec().versionProvider(new Version());
        }
        addSubCommands(commandLine, List.of(args));
        commandLine.registerConverter(Path.class, UserPath::of);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setExpandAtFiles(false);
        commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.AUTO));
        commandLine.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        commandLine.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        commandLine.setExecutionStrategy(Main::execute);
        commandLine.setExecutionExceptionHandler((e, line, parsed) -> explain(terminal, e, args));
        commandLine.setParameterExceptionHandler((e, arguments) -> explain(terminal, usage(e), args));
        int code;
        try {
            code = commandLine.execute(args);
        } catch (Error e) { // picocli hands on exceptions only
            code = explain(terminal, e, args);
        }
        Optional<Failure> unwritten = terminal.unwritten();
        if (code == 0 && unwritten.isPresent()) {
            tell(terminal, unwritten.get());
            return unwritten.get().kind().exitCode();
        }
        return code;
    }

    /** Each takes a while to make: of those that are not named, there is only what the list of commands shows. */
    private static void addSubCommands(CommandLine line, List<String> args) {
        boolean all = args.contains(CompletionCommand.NAME);
        for (Class<?> type : SUB_COMMANDS) {
            Command command = type.getAnnotation(Command.class);
            CommandSpec shown = CommandSpec.create();
            shown.usageMessage().description(command.description());
            line.addSubcommand(command.name(), all || args.contains(command.name()) ? type : shown);
        }
        line.addSubcommand(new HelpCommand());
    }

    @Override
    public void run() {
        spec.commandLine().usage(terminal.out());
    }

    private static int execute(CommandLine.ParseResult parsed) {
        if (hasFlag(parsed.originalArgs().toArray(String[]::new), "--debug")) {
            ((Logger) LoggerFactory.getLogger("dev.featuremap")).setLevel(Level.DEBUG);
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static Failure usage(ParameterException e) {
        if (e.getCause() instanceof Failure failure) {
            return failure;
        }
        String line = CONSTANTS
                .matcher(e.getMessage().lines().findFirst().orElse("wrong usage"))
                .replaceFirst(constants -> constants.group(1).toLowerCase(Locale.ROOT));
        CommandSpec command = e.getCommandLine().getCommandSpec();
        String help = "see " + command.qualifiedName() + " --help";
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
            String found = unmatched.getUnmatched().get(0);
            return Failure.usage(
                    line
                            + Spelling.didYouMean(
                                    found.startsWith("-")
                                            ? command.optionsMap().keySet()
                                            : command.subcommands().keySet(),
                                    found),
                    help);
        }
        if (e.getMessage().startsWith("Missing required subcommand")) {
            return Failure.usage(
                    command.qualifiedName() + " needs one of: "
                            + String.join(", ", command.subcommands().keySet()),
                    help);
        }
        return Failure.usage(line, help);
    }

    /** One line of cause, one of remedy; with {@code --json} the same as an object on standard output. */
    private static int explain(Terminal terminal, Throwable thrown, String[] args) {
        Failure failure = Failures.of(thrown);
        if (hasFlag(args, "--debug")) {
            thrown.printStackTrace(terminal.err());
        }
        if (hasFlag(args, "--json")) {
            terminal.json(Map.of("error", ToldFailure.of(failure)));
        } else {
            tell(terminal, failure);
        }
        return failure.kind().exitCode();
    }

    private static void tell(Terminal terminal, Failure failure) {
        // Not broken to the terminal's width: a command is copied from it whole.
        terminal.err().printf(Locale.ROOT, "error: %s%nremedy: %s%n", failure.getMessage(), failure.remedy());
    }

    private static boolean hasFlag(String[] args, String flag) {
        return Arrays.asList(args).contains(flag);
    }
}
