package dev.featuremap.lecture;

import dev.featuremap.backend.Backend;
import dev.featuremap.data.Datasets;
import dev.featuremap.data.ExampleSet;
import dev.featuremap.data.XoDrawing.Letter;
import dev.featuremap.engine.Nd4jEngine;
import dev.featuremap.engine.StepSeed;
import dev.featuremap.experiment.Activation;
import dev.featuremap.experiment.Augmentation;
import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.Deformation;
import dev.featuremap.experiment.LayerSpec;
import dev.featuremap.experiment.LearningRate;
import dev.featuremap.experiment.Loss;
import dev.featuremap.experiment.NetworkSpec;
import dev.featuremap.experiment.UpdaterSpec;
import dev.featuremap.network.NetworkBuilder;
import dev.featuremap.network.ShapeTable;
import dev.featuremap.page.Grid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** A small network that tells the lecture's 9x9 letters apart, trained in memory in a few seconds. Source: slides L4, L12. */
public final class XoNetwork {
    private static final DataSpec.Xo LETTERS = new DataSpec.Xo(
            9, 1500, 300, new Deformation(1, 15, 0.2, 0.5, 0.15, 0.15), Optional.empty(), 0, Augmentation.NONE);

    private static final NetworkSpec.Layers LAYERS = new NetworkSpec.Layers(List.of(
            new LayerSpec.Convolution(6, 3, Activation.RELU),
            new LayerSpec.Subsampling(LayerSpec.Pooling.MAX, 2),
            new LayerSpec.Dense(12, Activation.RELU),
            new LayerSpec.Output(2, Activation.SOFTMAX)));

    private static final UpdaterSpec UPDATER = new UpdaterSpec.Adam(new LearningRate.Constant(0.005), 0.9, 0.999, 1e-8);

    private static final int EPOCHS = 6;
    private static final int BATCH_SIZE = 32;
    private static final int UNITS_LAYER = 2;
    private static final int OUTPUT_LAYER = 3;

    private final long seed;
    private final MultiLayerNetwork network;

    private XoNetwork(long seed, MultiLayerNetwork network) {
        this.seed = seed;
        this.network = network;
    }

    /** Trains on letters that are moved, turned, resized, thickened, noisy and broken a little. */
    public static XoNetwork train(long seed) {
        Datasets data = Datasets.draw(LETTERS, seed);
        Backend.start();
        MultiLayerNetwork network =
                NetworkBuilder.network(NetworkBuilder.configuration(LAYERS, Loss.MCXENT, UPDATER, seed, data.shape()));
        try (Nd4jEngine engine = new Nd4jEngine(network)) {
            long step = 0;
            for (int epoch = 1; epoch <= EPOCHS; epoch++) {
                DataSetIterator batches = data.train().shuffled(BATCH_SIZE, seed, epoch);
                while (batches.hasNext()) {
                    DataSet batch = batches.next();
                    engine.step(batch, StepSeed.of(seed, step++));
                }
                engine.endEpoch();
            }
        }
        return new XoNetwork(seed, network);
    }

    long seed() {
        return seed;
    }

    /** Rows and columns of a letter. */
    int size() {
        return LETTERS.size();
    }

    /** What the letters it was trained on look like. */
    Deformation trainedOn() {
        return LETTERS.deform();
    }

    /** Its layers and what each gives. */
    ShapeTable shapes() {
        return ShapeTable.of(LAYERS, Loss.MCXENT, Datasets.shapeOf(LETTERS));
    }

    int units() {
        return (int) outputWeights().size(0);
    }

    /** Drawings deformed in another way, none of which it was trained on, X and O by turns. */
    ExampleSet drawings(int count, Deformation by) {
        DataSpec.Xo spec = new DataSpec.Xo(
                LETTERS.size(),
                LETTERS.trainExamples(),
                count,
                LETTERS.deform(),
                Optional.of(by),
                0,
                Augmentation.NONE);
        return Datasets.draw(spec, seed).test();
    }

    /** The answers to pictures {@code [9, 9]} of −1 (paper) to +1 (ink). */
    List<Answer> answer(List<Grid> pictures) {
        List<INDArray> activations = network.feedForward(NdGrids.features(pictures), false);
        INDArray units = activations.get(UNITS_LAYER + 1);
        INDArray probabilities = activations.get(OUTPUT_LAYER + 1);
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            answers.add(new Answer(NdGrids.row(units, i), NdGrids.row(probabilities, i)));
        }
        return answers;
    }

    /** What one unit's activation of 1 says for a letter. */
    double weight(int unit, Letter letter) {
        return outputWeights().getDouble(unit, output(letter));
    }

    /** What a letter starts from. */
    double bias(Letter letter) {
        return network.getParam(OUTPUT_LAYER + "_b").getDouble(output(letter));
    }

    /** The output that stands for a letter. */
    private static int output(Letter letter) {
        return letter == Letter.X ? 0 : 1;
    }

    private INDArray outputWeights() {
        return network.getParam(OUTPUT_LAYER + "_W");
    }

    /**
     * One answer.
     *
     * @param units activations of the dense layer; a unit fires when its activation is above 0
     * @param probabilities of X and O
     */
    record Answer(List<Double> units, List<Double> probabilities) {
        Letter letter() {
            return probability(Letter.O) > probability(Letter.X) ? Letter.O : Letter.X;
        }

        double probability(Letter letter) {
            return probabilities.get(output(letter));
        }
    }
}
