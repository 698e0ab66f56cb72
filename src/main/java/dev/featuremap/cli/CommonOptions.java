package dev.featuremap.cli;

import picocli.CommandLine.Option;

/** The options every command has. */
final class CommonOptions {
    @Option(names = "--json", description = "print the result as one JSON object on standard output, and nothing else")
    boolean json;

    @Option(names = "--quiet", description = "print no progress")
    boolean quiet;

    @Option(names = "--debug", description = "show stack traces and this project's debug log on standard error")
    boolean debug;

    /** Where progress is told. */
    Terminal progress(Terminal terminal) {
        return quiet ? terminal.silent() : terminal;
    }
}
