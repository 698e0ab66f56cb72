package dev.featuremap.scale;

import dev.featuremap.Failure;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.Workspace;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * What a run left, on its way back: the files of its directory, and why it failed if it did.
 *
 * @param failure null when there was none
 */
record ReturnedRun(FileBundle files, Failure failure) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** By this a run counts as ended. */
    private static final String RESULT = "result.json";

    /**
     * Makes the run directory.
     *
     * @throws Failure with which the run ended, if it did
     */
    void writeTo(Path folder, Workspace workspace) {
        RunDirectory run = RunDirectory.create(folder);
        files.writeTo(folder, name -> !name.equals(RESULT));
        run.provenance().ifPresent(there -> run.writeProvenance(there.withSources(workspace.home())));
        files.writeTo(folder, RESULT::equals);
        if (failure != null) {
            throw failure;
        }
    }
}
