package dev.featuremap.cli;

import dev.featuremap.data.DataFolder;
import dev.featuremap.data.DataProgress;
import dev.featuremap.run.Workspace;
import java.util.function.LongSupplier;

/** A workspace's data folder; what takes its time there is told on standard error, in tenths. */
final class WorkspaceData implements DataProgress {
    /** What is done sooner is not told. */
    private static final long NOTEWORTHY_NANOSECONDS = 500_000_000;

    private final Terminal terminal;
    private final LongSupplier nanoTime;
    private String work = "";
    private long start;
    private long told;

    private WorkspaceData(Terminal terminal) {
        this(terminal, System::nanoTime);
    }

    /** @param nanoTime a clock in nanoseconds, of which only differences count */
    WorkspaceData(Terminal terminal, LongSupplier nanoTime) {
        this.terminal = terminal;
        this.nanoTime = nanoTime;
    }

    static DataFolder in(Workspace workspace, Terminal progress) {
        return DataFolder.in(workspace.data(), new WorkspaceData(progress));
    }

    @Override
    public void noted(String line) {
        terminal.tell("%s%n", line);
    }

    @Override
    public void advanced(String now, long done, long total) {
        if (!now.equals(work)) {
            work = now;
            start = nanoTime.getAsLong();
            told = -1;
        }
        long tenths = 10 * done / Math.max(1, total);
        boolean began = told >= 0;
        if (tenths == told || (!began && nanoTime.getAsLong() - start < NOTEWORTHY_NANOSECONDS)) {
            return;
        }
        if (!began) {
            terminal.tell("%s%n", work);
        }
        told = tenths;
        terminal.tell(
                terminal.isInteractive() ? "\r%3d %%%s" : "%3d %%%s",
                10 * tenths,
                tenths == 10 || !terminal.isInteractive() ? "\n" : "");
    }
}
