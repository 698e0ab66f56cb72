package dev.featuremap.cli;

import dev.featuremap.Failure;
import dev.featuremap.run.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options every command has. */
final class CommonOptions {
    @Option(names = "--json", description = "print the result as one JSON object on standard output, and nothing else")
    boolean json;

    @Option(names = "--quiet", description = "print no progress")
    boolean quiet;

    @Option(names = "--debug", description = "show stack traces and this project's debug log on standard error")
    boolean debug;

    /**
     * Lets an option name a file that is there or can be, but no folder, FIFO or device, which a written file would replace, and none
     * of a run's own files but its pages and pictures.
     *
     * @param file null where the option is not given
     * @throws Failure (usage) naming the option
     */
    static void requirePlaceForFile(Path file, String option) {
        if (file != null && (file.toString().isEmpty() || (Files.exists(file) && !Files.isRegularFile(file)))) {
            throw Failure.usage(
                    option + ": '" + file + "' is neither a file nor a place for one", "name a file to write");
        }
        if (file != null && Files.exists(file) && isARunsOwn(file.toAbsolutePath())) {
            throw Failure.usage(option + ": '" + file + "' is one of a run's own files", "name another file to write");
        }
    }

    private static boolean isARunsOwn(Path file) {
        return Files.exists(file.resolveSibling(RunDirectory.EXPERIMENT))
                && Stream.of(".html", ".png", ".onnx")
                        .noneMatch(file.getFileName().toString()::endsWith);
    }

    /** Where progress is told. */
    Terminal progress(Terminal terminal) {
        return quiet ? terminal.silent() : terminal;
    }
}
