package dev.featuremap.cli;

import dev.featuremap.run.Workspace;
import dev.featuremap.workspace.RunName;
import dev.featuremap.workspace.RunsFolder;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;

/** A run as the command line names it, as the folder that is meant: see {@link RunName}. */
final class RunConverter implements ITypeConverter<Path> {
    /** What a run may be named by, for descriptions. */
    static final String WAYS = "its folder, the beginning of its name in runs, latest, or best:accuracy";

    @Override
    public Path convert(String written) {
        return find(written);
    }

    static Path find(String written) {
        return new RunName(new RunsFolder(Workspace.current().runs())).find(written);
    }
}
