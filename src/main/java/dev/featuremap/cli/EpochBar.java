package dev.featuremap.cli;

import dev.featuremap.page.PartedLine;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;

/** An epoch as a line that moves: as much of it as a terminal has room for, each part whole or not there. */
final class EpochBar implements ProgressBarRenderer {
    private static final int MARKS = 20;

    @Override
    public String render(ProgressState state, int width) {
        return line(
                state.getTaskName(),
                state.getCurrent(),
                state.getMax(),
                state.getElapsedAfterStart().toMillis() / 1e3,
                state.getExtraMessage(),
                width);
    }

    /**
     * The line.
     *
     * @param examples trained in this epoch, of {@code all}
     * @param seconds since its first step
     */
    static String line(String epoch, long examples, long all, double seconds, String loss, int width) {
        double share = all == 0 ? 0 : Math.min(1, (double) examples / all);
        double perSecond = seconds > 0 ? examples / seconds : 0;
        int marks = (int) (MARKS * share);
        return PartedLine.fitting(
                List.of(
                        epoch,
                        String.format(Locale.ROOT, "%3.0f %%", 100 * share),
                        loss == null ? "" : loss,
                        perSecond > 0 ? RunsTable.time((all - examples) / perSecond) + " left" : "",
                        String.format(Locale.ROOT, "%.0f examples/s", perSecond),
                        "[" + "=".repeat(marks) + " ".repeat(MARKS - marks) + "]",
                        examples + "/" + all),
                width);
    }
}
