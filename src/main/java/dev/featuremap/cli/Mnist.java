package dev.featuremap.cli;

import dev.featuremap.data.FetchProgress;
import dev.featuremap.data.MnistFile;
import dev.featuremap.data.MnistFiles;
import dev.featuremap.run.Workspace;
import java.util.List;

/** The MNIST files of this workspace, their download told on standard error. */
final class Mnist {
    private static final long MIB = 1 << 20;

    private Mnist() {}

    static MnistFiles files(Workspace workspace, Terminal progress) {
        return MnistFiles.in(workspace.mnist(), told(progress));
    }

    /** Those that are there already: nothing is fetched. */
    static MnistFiles here(Workspace workspace) {
        return new MnistFiles(workspace.mnist(), List.of(), MnistFile.ALL, FetchProgress.SILENT);
    }

    private static FetchProgress told(Terminal terminal) {
        long[] lastTold = {-1};
        return (done, total) -> {
            if (lastTold[0] < 0) {
                terminal.tell("fetching MNIST: %d MiB unpacked, each file's SHA-256 checked%n", total / MIB);
            }
            long tenths = 10 * done / Math.max(1, total);
            if (tenths != lastTold[0]) {
                lastTold[0] = tenths;
                terminal.tell(
                        terminal.isInteractive() ? "\r%3d %%%s" : "%3d %%%s",
                        10 * tenths,
                        tenths == 10 || !terminal.isInteractive() ? "\n" : "");
            }
        };
    }
}
