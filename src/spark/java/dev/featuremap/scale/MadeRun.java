package dev.featuremap.scale;

import dev.featuremap.AtomicFiles;
import dev.featuremap.Failure;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.Workspace;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.HashMap;

/**
 * What a run left, on its way back: the files of its directory, and why it failed if it did.
 *
 * @param files by name
 * @param failure null when there was none
 */
record MadeRun(HashMap<String, byte[]> files, Failure failure) implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String RESULT = "result.json";

    /** Makes the run directory; {@code result.json}, by which a run counts as ended, comes last. */
    void writeTo(Path folder, Workspace workspace) {
        RunDirectory run = RunDirectory.create(folder);
        files.forEach((name, bytes) -> {
            if (!name.equals(RESULT)) {
                AtomicFiles.write(folder.resolve(name), out -> out.write(bytes));
            }
        });
        run.provenance().ifPresent(there -> run.writeProvenance(there.withSources(workspace.home())));
        byte[] result = files.get(RESULT);
        if (result != null) {
            AtomicFiles.write(folder.resolve(RESULT), out -> out.write(result));
        }
    }

    void throwFailure() {
        if (failure != null) {
            throw failure;
        }
    }
}
