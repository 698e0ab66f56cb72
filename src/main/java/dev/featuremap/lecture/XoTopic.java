package dev.featuremap.lecture;

import dev.featuremap.data.ExampleSet;
import dev.featuremap.data.LabelledPicture;
import dev.featuremap.data.XoDrawing.Letter;
import dev.featuremap.experiment.Deformation;
import dev.featuremap.lecture.XoNetwork.Answer;
import dev.featuremap.network.ShapeTable;
import dev.featuremap.page.Grid;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Letters that differ from the clean ones, and how a trained network answers them. Source: slide L4.
 *
 * @param network its layers
 * @param trainedOn how far its own letters were deformed
 * @param clean its answers to the clean X and O
 * @param trials one for each kind and amount of deformation
 */
public record XoTopic(long seed, ShapeTable network, Deformation trainedOn, List<Answered> clean, List<Trial> trials) {
    private static final int DRAWINGS = 200;
    /** Drawings shown of each trial. */
    static final int SHOWN = 3;

    /** What is done to the letters, everything else left clean. */
    public enum Kind {
        SHIFT,
        ROTATION,
        SCALE,
        THICKNESS,
        NOISE,
        MISSING;

        Deformation of(double amount) {
            return new Deformation(
                    this == SHIFT ? amount : 0,
                    this == ROTATION ? amount : 0,
                    this == SCALE ? amount : 0,
                    this == THICKNESS ? amount : 0,
                    this == NOISE ? amount : 0,
                    this == MISSING ? amount : 0);
        }

        /** A little, as in training or less, and ever more. */
        List<Double> amounts() {
            return switch (this) {
                case SHIFT -> List.of(0.5, 1.0);
                case ROTATION -> List.of(15.0, 30.0, 45.0);
                case SCALE -> List.of(0.2, 0.5);
                case THICKNESS -> List.of(0.5, 1.0, 2.0);
                case NOISE -> List.of(0.15, 0.5, 1.0, 2.0);
                case MISSING -> List.of(0.15, 0.5, 0.9);
            };
        }
    }

    /**
     * Drawings of one kind.
     *
     * @param amount the most each is deformed, in the units of an experiment's {@code data.deform}
     * @param wrong how many were answered wrongly
     * @param examples the first drawings
     * @param failures those answered wrongly
     */
    public record Trial(
            Kind kind, double amount, int drawings, int wrong, List<Answered> examples, List<Answered> failures) {
        public Trial {
            examples = List.copyOf(examples);
            failures = List.copyOf(failures);
        }
    }

    /**
     * One drawing and the answer.
     *
     * @param answered X or O
     * @param probability of that answer
     * @param votesFor what units say for the letter it is rather than the other, all together, 0 or more
     * @param votesAgainst what other units say for the other letter, 0 or more
     */
    public record Answered(
            String letter, Grid picture, String answered, double probability, double votesFor, double votesAgainst) {
        public boolean isRight() {
            return letter.equals(answered);
        }
    }

    public XoTopic {
        clean = List.copyOf(clean);
        trials = List.copyOf(trials);
    }

    /** Draws letters of every kind for a trained network. */
    public static XoTopic of(XoNetwork network) {
        List<Letter> letters = List.of(Letter.values());
        List<Grid> pictures = letters.stream()
                .map(letter -> Homework.clean(letter, network.size()))
                .toList();
        List<Trial> trials = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (double amount : kind.amounts()) {
                trials.add(trial(network, kind, amount));
            }
        }
        return new XoTopic(
                network.seed(), network.shapes(), network.trainedOn(), answered(network, letters, pictures), trials);
    }

    private static Trial trial(XoNetwork network, Kind kind, double amount) {
        ExampleSet drawings = network.drawings(DRAWINGS, kind.of(amount));
        List<Letter> letters = new ArrayList<>();
        List<Grid> pictures = new ArrayList<>();
        for (int i = 0; i < DRAWINGS; i++) {
            letters.add(Letter.valueOf(drawings.picture(i).label()));
            pictures.add(inked(drawings.picture(i)));
        }
        List<Answered> all = answered(network, letters, pictures);
        List<Answered> wrong = all.stream().filter(answer -> !answer.isRight()).toList();
        return new Trial(kind, amount, DRAWINGS, wrong.size(), all.subList(0, SHOWN), wrong);
    }

    private static List<Answered> answered(XoNetwork network, List<Letter> letters, List<Grid> pictures) {
        List<Answer> answers = network.answer(pictures);
        return IntStream.range(0, pictures.size())
                .mapToObj(i -> answered(network, letters.get(i), pictures.get(i), answers.get(i)))
                .toList();
    }

    private static Answered answered(XoNetwork network, Letter letter, Grid picture, Answer answer) {
        Letter other = letter == Letter.X ? Letter.O : Letter.X;
        double votesFor = 0;
        double votesAgainst = 0;
        for (int unit = 0; unit < network.units(); unit++) {
            double vote = answer.units().get(unit) * (network.weight(unit, letter) - network.weight(unit, other));
            votesFor += Math.max(0, vote);
            votesAgainst += Math.max(0, -vote);
        }
        return new Answered(
                letter.name(),
                picture,
                answer.letter().name(),
                answer.probability(answer.letter()),
                votesFor,
                votesAgainst);
    }

    private static Grid inked(LabelledPicture picture) {
        return Grid.of(picture.height(), picture.width(), (row, column) -> 2 * picture.brightness(0, row, column) - 1);
    }
}
