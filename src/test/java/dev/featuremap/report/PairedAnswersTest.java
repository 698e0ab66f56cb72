package dev.featuremap.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.run.Predictions;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairedAnswersTest {
    private static final List<String> LETTERS = List.of("X", "O");

    @Test
    void countsWhoIsRightAndTestsByMcNemar() {
        PairedAnswers pair = PairedAnswers.of("1 a", classes("+++-++++++++--"), "2 b", classes("++++----------"));

        assertThat(pair.rights()).isEqualTo(new PairedAnswers.Rights(3, 8, 1, 2));
        // 2 · (C(9, 0) + C(9, 1)) / 2⁹
        assertThat(pair.p()).isCloseTo(20.0 / 512, within(1e-12));
        assertThat(pair.ahead()).isEqualTo("1 a");
        assertThat(pair.sentence())
                .isEqualTo(
                        "1 a is ahead of 2 b on these examples: of 14 test examples 1 a alone is right on 8, 2 b alone"
                                + " on 1 (McNemar's exact test: p = 0.0391).");
    }

    @Test
    void tellsNoneAheadOfWhatChanceMayDo() {
        PairedAnswers pair = PairedAnswers.of("1 a", classes("++++---"), "2 b", classes("-++-++-"));

        assertThat(pair.p()).isEqualTo(1);
        assertThat(pair.ahead()).isNull();
        assertThat(pair.sentence())
                .isEqualTo(
                        "1 a and 2 b can't be told apart on these examples: of 7 test examples 1 a alone is right on 2,"
                                + " 2 b alone on 2 (McNemar's exact test: p = 1.0000).");
        assertThat(PairedAnswers.of("1 a", classes("++-"), "2 b", classes("++-"))
                        .sentence())
                .isEqualTo("1 a and 2 b can't be told apart on these examples: both are right on the same 2 of 3 test"
                        + " examples.");
    }

    @Test
    void comparesValuesByTheirSquaredErrors() {
        // Squared errors 9, 16, 1 and 4 against 0, 1, 0 and 1: differences 9, 15, 1 and 3.
        PairedAnswers pair = PairedAnswers.of("1 a", values(3, 4, 1, 2), "2 b", values(0, 1, 0, 1));

        assertThat(pair.errors().mean()).isCloseTo(7, within(1e-12));
        // sd √40, t(0.975, 3) = 3.182446305284263
        assertThat(pair.errors().interval().low()).isCloseTo(7 - 3.182446305284263 * Math.sqrt(10), within(1e-8));
        assertThat(pair.errors().interval().high()).isCloseTo(7 + 3.182446305284263 * Math.sqrt(10), within(1e-8));
        assertThat(pair.ahead()).isNull();
        assertThat(PairedAnswers.of("1 a", values(3, 3.1f, 2.9f, 3), "2 b", values(0, 0, 0, 0))
                        .sentence())
                .startsWith(
                        "2 b is ahead of 1 a on these examples: over 4 test examples the squared error of 1 a minus that"
                                + " of 2 b is 9.0050 on average, 95 % interval 8.");
        assertThat(PairedAnswers.of("1 a", values(1, 1), "2 b", values(1, 1)).sentence())
                .endsWith("their squared errors differ by 0.0000 on each of 2 test examples.");
    }

    @Test
    void whatHoldsOfOnePairMayNotHoldAmongMany() {
        PairedAnswers pair = PairedAnswers.of("1 a", classes("++++++++-"), "2 b", classes("--------+"));
        PairedAnswers none = PairedAnswers.of("1 a", classes("++"), "3 c", classes("++"));
        List<PairedAnswers> corrected = PairedAnswers.corrected(List.of(none, pair));

        assertThat(pair.ahead()).isEqualTo("1 a");
        assertThat(corrected.get(1).corrected()).isCloseTo(2 * pair.p(), within(1e-12));
        assertThat(corrected.get(1).p()).isEqualTo(pair.p());
        assertThat(corrected.get(1).ahead()).isNull();
        assertThat(corrected.get(0).corrected()).isEqualTo(1);
    }

    /** Labels X and O by turns, with a right answer for each plus. */
    private static Predictions classes(String rights) {
        float[] labels = new float[rights.length()];
        float[][] outputs = new float[rights.length()][];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 2;
            boolean saysX = (rights.charAt(i) == '+') == (i % 2 == 0);
            outputs[i] = saysX ? new float[] {0.9f, 0.1f} : new float[] {0.1f, 0.9f};
        }
        return new Predictions(LETTERS, List.of(), labels, outputs);
    }

    /** Answers to labels of 0. */
    private static Predictions values(float... answers) {
        float[][] outputs = new float[answers.length][];
        for (int i = 0; i < answers.length; i++) {
            outputs[i] = new float[] {answers[i]};
        }
        return new Predictions(List.of(), List.of(), new float[answers.length], outputs);
    }
}
