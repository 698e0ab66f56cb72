package dev.featuremap.lecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.data.XoDrawing.Letter;
import dev.featuremap.lecture.OneHotTopic.Case;
import dev.featuremap.lecture.XoTopic.Kind;
import dev.featuremap.lecture.XoTopic.Trial;
import dev.featuremap.page.Language;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Slides L4 and L12 on one network, trained here as the command trains it. */
@Tag("slow")
class XoTopicsTest {
    private static final XoNetwork NETWORK = XoNetwork.train(42);

    @Test
    void votesOfTheUnitsThatFireMakeTheAnswer() {
        for (Case of : OneHotTopic.of(NETWORK).cases()) {
            double[] sum = {of.bias().get(0), of.bias().get(1)};
            for (OneHotTopic.Unit unit : of.units()) {
                assertThat(unit.fired()).isEqualTo(unit.activation() > 0);
                sum[0] += unit.votes().get(0);
                sum[1] += unit.votes().get(1);
            }
            assertThat(of.logits()).containsExactly(sum[0], sum[1]);
            XoNetwork.Answer answer = NETWORK.answer(List.of(of.picture())).get(0);
            assertThat(of.probabilities().get(0))
                    .isCloseTo(answer.probabilities().get(0), within(1e-5));
            assertThat(of.answered()).isEqualTo(of.letter());
        }
    }

    /** What one page adds up for the letter it is, and the other for X against O. */
    @Test
    void bothPagesCountTheSameVotes() {
        List<XoTopic.Answered> clean = XoTopic.of(NETWORK).clean();
        List<Case> cases = OneHotTopic.of(NETWORK).cases();
        for (int i = 0; i < 2; i++) {
            double sign = i == 0 ? 1 : -1;
            double votesFor = 0;
            double votesAgainst = 0;
            for (OneHotTopic.Unit unit : cases.get(i).units()) {
                votesFor += Math.max(0, sign * unit.difference());
                votesAgainst += Math.max(0, -sign * unit.difference());
            }
            assertThat(clean.get(i).votesFor()).isCloseTo(votesFor, within(1e-4));
            assertThat(clean.get(i).votesAgainst()).isCloseTo(votesAgainst, within(1e-4));
        }
    }

    @Test
    void bothPagesSayTheNetworksLayers() {
        assertThat(LayerNames.line(NETWORK.shapes(), Language.EN))
                .isEqualTo("1x9x9 → convolution 6x7x7 → subsampling 6x3x3 → dense 12 → output 2");
        assertThat(LayerNames.say("ConvolutionLayer", Language.ZH)).isEqualTo("卷积层（ConvolutionLayer）");
        assertThat(LayerNames.say("BatchNormalization", Language.ZH)).isEqualTo("批归一化层（BatchNormalization）");
    }

    @Test
    void labelsAreOneHot() {
        assertThat(OneHotTopic.of(NETWORK).cases())
                .extracting(Case::letter, Case::oneHot)
                .containsExactly(tuple("X", List.of(1, 0)), tuple("O", List.of(0, 1)));
    }

    @Test
    void knowsLettersLikeThoseItWasTrainedOnAndFailsOnMuchWorseOnes() {
        XoTopic xo = XoTopic.of(NETWORK);
        assertThat(xo.clean()).allMatch(XoTopic.Answered::isRight);
        assertThat(trial(xo, Kind.ROTATION, 15).wrong()).isLessThanOrEqualTo(4);
        assertThat(trial(xo, Kind.MISSING, 0.9).wrong()).isPositive();
        assertThat(trial(xo, Kind.MISSING, 0.9).failures()).noneMatch(XoTopic.Answered::isRight);
    }

    @Test
    void anAnswerIsWrongWhereTheVotesAgainstOutweigh() {
        for (XoTopic.Answered wrong : trial(XoTopic.of(NETWORK), Kind.NOISE, 2).failures()) {
            double bias = Math.abs(NETWORK.bias(Letter.X)) + Math.abs(NETWORK.bias(Letter.O));
            assertThat(wrong.votesAgainst() + bias).isGreaterThan(wrong.votesFor() - 1e-4);
        }
    }

    private static Trial trial(XoTopic xo, Kind kind, double amount) {
        return xo.trials().stream()
                .filter(trial -> trial.kind() == kind && trial.amount() == amount)
                .findFirst()
                .orElseThrow();
    }
}
