package dev.featuremap.train;

import dev.featuremap.Failure;
import dev.featuremap.data.Datasets;
import dev.featuremap.data.MnistFiles;
import dev.featuremap.engine.Engine;
import dev.featuremap.engine.Engines;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.network.NetworkBuilder;
import dev.featuremap.network.ShapeTable;
import dev.featuremap.run.ModelInput;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.Scores;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** A run that has ended, with its trained network at work again. */
public final class SavedRun implements AutoCloseable {
    private final String name;
    private final Experiment experiment;
    private final DataShape shape;
    private final ModelInput input;
    private final boolean signedLabels;
    private final Engine engine;

    private SavedRun(String name, Experiment experiment, ModelInput input, MultiLayerNetwork network) {
        this.name = name;
        this.experiment = experiment;
        this.shape = input.data();
        this.input = input;
        this.signedLabels = NetworkBuilder.wantsSignedLabels(network.getLayerWiseConfigurations());
        this.engine = Engines.open(experiment.training().engine(), network);
    }

    /**
     * Opens a run directory.
     *
     * @throws Failure (usage) when it is none, (model) when its model is refused, or its files contradict each other
     */
    public static SavedRun open(RunDirectory run) {
        DataShape shape = run.result().data();
        Experiment experiment = run.experiment();
        ModelInput input = run.modelInput().orElseGet(() -> MeasuredInput.assumed(experiment.data(), shape));
        if (!input.data().equals(shape)) {
            throw Failure.model(
                    run.path() + ": input.json is about other data than result.json: " + described(input.data()) + " "
                            + input.classes() + " against " + described(shape) + " " + shape.classNames(),
                    "use the files of one and the same run");
        }
        MultiLayerNetwork network = run.model();
        ShapeTable.of(network.getLayerWiseConfigurations(), shape); // refuses a model that does not fit
        return new SavedRun(String.valueOf(run.path().getFileName()), experiment, input, network);
    }

    /** The name of its directory. */
    public String name() {
        return name;
    }

    public Experiment experiment() {
        return experiment;
    }

    /** What the run's pictures and classes are. */
    public DataShape shape() {
        return shape;
    }

    /** The trained network; it belongs to this run until it is closed. */
    public MultiLayerNetwork network() {
        return engine.network();
    }

    /**
     * Scores the network on the test split of a data set.
     *
     * @throws Failure (model) with both shapes when the pictures or classes are not those the network was made for
     */
    public Scores score(DataSpec spec, MnistFiles mnist) {
        Datasets data = Datasets.open(spec, experiment.seed(), mnist);
        if (!data.shape().picture().equals(shape.picture()) || data.shape().outputs() != shape.outputs()) {
            throw Failure.model(
                    "the model was trained on " + described(shape) + ", the data has " + described(data.shape()),
                    "choose data of the same shape, or train a network for this data");
        }
        return new Evaluator(data.shape(), signedLabels)
                .score(engine, data.test().inOrder(Evaluator.BATCH_SIZE));
    }

    /** How pictures become what the network takes. */
    public PicturePreparation preparation() {
        return new PicturePreparation(input);
    }

    /** Answers for pictures; usable until this run is closed. */
    public Predictor predictor() {
        return new Predictor(engine, shape);
    }

    @Override
    public void close() {
        engine.close();
    }

    private static String described(DataShape shape) {
        return "pictures of " + shape.picture()
                + (shape.classNames().isEmpty() ? " and a value" : " in " + shape.outputs() + " classes");
    }
}
