package dev.featuremap.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.page.IntervalChart.Bar;
import dev.featuremap.run.ComparisonResult.Difference;
import dev.featuremap.run.ComparisonResult.Member;
import dev.featuremap.run.ComparisonResult.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RankingTest {
    /**
     * Members a, b, c, … each a little better than the next.
     *
     * @param verdicts of each one against those before it: b to a; c to a, c to b; …
     */
    private static Ranking of(Verdict... verdicts) {
        Map<String, Double> means = new LinkedHashMap<>();
        List<Difference> differences = new ArrayList<>();
        int next = 0;
        for (char member = 'a'; next < verdicts.length || means.isEmpty(); member++) {
            for (char against = 'a'; against < member; against++) {
                if (verdicts[next++] != null) {
                    differences.add(SampleComparison.difference(
                            "" + member, "" + against, "accuracy", -0.01, null, verdicts[next - 1], 0.5));
                }
            }
            means.put("" + member, 0.9 - 0.01 * (member - 'a'));
        }
        return Ranking.of(SampleComparison.ranked("accuracy", means, differences.toArray(Difference[]::new)));
    }

    @Test
    void putsTheBestFirstWhicheverWayIsBetter() {
        Map<String, Double> means = new LinkedHashMap<>(Map.of("low", 0.1));
        means.put("high", 0.9);
        assertThat(Ranking.of(SampleComparison.ranked("accuracy", means)).members())
                .extracting(Member::name)
                .containsExactly("high", "low");
        assertThat(Ranking.of(SampleComparison.ranked("mse", means)).members())
                .extracting(Member::name)
                .containsExactly("low", "high");
    }

    @Test
    void joinsNeighboursOfWhichNoneIsShownToBeatAnother() {
        // a beats c; nothing else is shown.
        assertThat(of(Verdict.OPEN, Verdict.WORSE, Verdict.OPEN).bars())
                .containsExactly(new Bar(0, 1, false), new Bar(1, 2, false));
        assertThat(of(Verdict.OPEN, Verdict.OPEN, Verdict.OPEN).bars()).containsExactly(new Bar(0, 2, false));
        assertThat(of(Verdict.WORSE, Verdict.WORSE, Verdict.WORSE).bars()).isEmpty();
    }

    @Test
    void joinsEqualNeighboursTwice() {
        assertThat(of(Verdict.EQUAL, Verdict.OPEN, Verdict.OPEN).bars())
                .containsExactly(new Bar(0, 2, false), new Bar(0, 1, true));
        assertThat(of(Verdict.EQUAL, Verdict.EQUAL, Verdict.EQUAL).bars()).containsExactly(new Bar(0, 2, true));
    }

    @Test
    void doesNotJoinWhatIsNotPaired() {
        assertThat(of((Verdict) null).bars()).isEmpty();
    }

    @Test
    void namesEveryPairWithTheBetterRankedFirst() {
        assertThat(of(Verdict.OPEN, Verdict.WORSE, Verdict.OPEN).pairs())
                .extracting(pair -> pair.member() + pair.against() + " " + VerdictMark.of(pair).word)
                .containsExactly("ab open", "ac better", "bc open");
    }
}
