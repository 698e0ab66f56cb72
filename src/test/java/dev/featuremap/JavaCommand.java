package dev.featuremap;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How tests start a program of this project in a JVM of its own: this one's Java and class path. */
public final class JavaCommand {
    /** The command line itself. */
    public static final String FEATUREMAP = "dev.featuremap.cli.Main";

    private JavaCommand() {}

    /** The words to start the class with the JVM's options and its own arguments. */
    public static List<String> of(List<String> options, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-D" + Logging.CONFIGURATION + "=" + Logging.OURS);
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(arguments);
        return command;
    }

    /** The same words, to hear of Ctrl-C: whoever starts the tests in the background may have them ignore it, which a process hands down. */
    public static List<String> hearingInterrupts(List<String> command) {
        List<String> hearing = new ArrayList<>(List.of("env", "--default-signal=INT"));
        hearing.addAll(command);
        return hearing;
    }
}
