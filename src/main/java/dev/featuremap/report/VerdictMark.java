package dev.featuremap.report;

import dev.featuremap.page.IntervalChart.Form;
import dev.featuremap.run.ComparisonResult.Difference;
import dev.featuremap.run.ComparisonResult.Verdict;
import java.util.Optional;

/** How a verdict is shown, in every picture and table of a comparison alike. */
enum VerdictMark {
    BETTER("▲", "better", Form.FILLED, "series-1"),
    WORSE("▼", "worse", Form.FILLED, "series-2"),
    /** Only if this pair were the only question. */
    MAYBE_BETTER("△", "may be better", Form.HOLLOW, "series-1"),
    MAYBE_WORSE("▽", "may be worse", Form.HOLLOW, "series-2"),
    EQUAL("=", "equal", Form.SQUARE, "series-3"),
    OPEN("○", "open", Form.SMALL, "soft");

    final String symbol;
    final String word;
    final Form form;
    final String token;

    VerdictMark(String symbol, String word, Form form, String token) {
        this.symbol = symbol;
        this.word = word;
        this.form = form;
        this.token = token;
    }

    /** Of the member of a difference against the other. */
    static VerdictMark of(Difference difference) {
        if (difference.holdsAlone()) {
            boolean better = (difference.mean() > 0)
                    == MetricFigures.of(difference.metric()).higherIsBetter();
            return better ? MAYBE_BETTER : MAYBE_WORSE;
        }
        return of(difference.verdict());
    }

    static VerdictMark of(Verdict verdict) {
        return valueOf(Optional.ofNullable(verdict).orElse(Verdict.OPEN).name());
    }

    /** Whether one member is shown to be ahead of the other. */
    boolean isShown() {
        return this == BETTER || this == WORSE;
    }
}
