package dev.featuremap.lecture;

import dev.featuremap.data.XoDrawing.Letter;
import dev.featuremap.lecture.XoNetwork.Answer;
import dev.featuremap.network.ShapeTable;
import dev.featuremap.page.Grid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which units of a trained network fire for a letter, and how they vote. Source: slide L12.
 *
 * @param seed of the network
 * @param network its layers
 * @param cases the clean X and the clean O
 */
public record OneHotTopic(long seed, ShapeTable network, List<Case> cases) {
    /**
     * One picture.
     *
     * @param letter what it is
     * @param oneHot its label, (1, 0) for X and (0, 1) for O
     * @param picture {@code [9, 9]}, −1 (paper) to +1 (ink)
     * @param bias what X and O start from
     * @param logits the bias and all votes together, for X and for O
     * @param probabilities softmax of the logits
     * @param answered what the network says
     */
    public record Case(
            String letter,
            List<Integer> oneHot,
            Grid picture,
            List<Unit> units,
            List<Double> bias,
            List<Double> logits,
            List<Double> probabilities,
            String answered) {
        public Case {
            oneHot = List.copyOf(oneHot);
            units = List.copyOf(units);
            bias = List.copyOf(bias);
            logits = List.copyOf(logits);
            probabilities = List.copyOf(probabilities);
        }
    }

    /**
     * One unit of the dense layer.
     *
     * @param index from 0
     * @param activation 0 or more
     * @param fired whether it is more
     * @param weights its vote for X and for O when its activation is 1
     * @param votes activation times weight, for X and for O
     */
    public record Unit(int index, double activation, boolean fired, List<Double> weights, List<Double> votes) {
        public Unit {
            weights = List.copyOf(weights);
            votes = List.copyOf(votes);
        }

        /** What it says for X rather than O: above 0 for X, below 0 for O. */
        double difference() {
            return votes.get(0) - votes.get(1);
        }
    }

    public OneHotTopic {
        cases = List.copyOf(cases);
    }

    /** Shows a trained network the clean letters. */
    public static OneHotTopic of(XoNetwork network) {
        List<Case> cases = Arrays.stream(Letter.values())
                .map(letter -> of(network, letter))
                .toList();
        return new OneHotTopic(network.seed(), network.shapes(), cases);
    }

    private static Case of(XoNetwork network, Letter letter) {
        Grid picture = Homework.clean(letter, network.size());
        Answer answer = network.answer(List.of(picture)).get(0);
        double[] logits = {network.bias(Letter.X), network.bias(Letter.O)};
        List<Double> bias = boxed(logits);
        List<Unit> units = new ArrayList<>();
        for (int unit = 0; unit < network.units(); unit++) {
            double activation = answer.units().get(unit);
            List<Double> weights = List.of(network.weight(unit, Letter.X), network.weight(unit, Letter.O));
            List<Double> votes = List.of(activation * weights.get(0), activation * weights.get(1));
            logits[0] += votes.get(0);
            logits[1] += votes.get(1);
            units.add(new Unit(unit, activation, activation > 0, weights, votes));
        }
        return new Case(
                letter.name(),
                letter == Letter.X ? List.of(1, 0) : List.of(0, 1),
                picture,
                units,
                bias,
                boxed(logits),
                boxed(softmax(logits)),
                answer.letter().name());
    }

    private static double[] softmax(double[] logits) {
        double largest = Arrays.stream(logits).max().orElseThrow();
        double[] powers =
                Arrays.stream(logits).map(logit -> Math.exp(logit - largest)).toArray();
        double sum = Arrays.stream(powers).sum();
        return Arrays.stream(powers).map(power -> power / sum).toArray();
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
