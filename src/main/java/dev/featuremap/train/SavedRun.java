package dev.featuremap.train;

import dev.featuremap.Failure;
import dev.featuremap.data.Datasets;
import dev.featuremap.data.MnistFiles;
import dev.featuremap.engine.Engine;
import dev.featuremap.engine.Engines;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.Split;
import dev.featuremap.network.NetworkBuilder;
import dev.featuremap.network.ShapeTable;
import dev.featuremap.run.ModelInput;
import dev.featuremap.run.Provenance;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.Scores;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** A run that has ended, with its trained network at work again. */
public final class SavedRun implements AutoCloseable {
    private final RunDirectory run;
    private final String name;
    private final Experiment experiment;
    private final DataShape shape;
    private final ModelInput input;
    private final boolean signedLabels;
    private final Engine engine;

    private SavedRun(RunDirectory run, Experiment experiment, ModelInput input, MultiLayerNetwork network) {
        this.run = run;
        this.name = String.valueOf(run.path().getFileName());
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
        return new SavedRun(run, experiment, input, network);
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
     * Scores the network on a split of the run's own data.
     *
     * @throws Failure (usage) when the run has no such split, (data) when its files are not those the run was made with,
     *     (model) when which examples are of the split is not known any more
     */
    public Scores score(Split split, MnistFiles mnist) {
        if (split == Split.VALIDATION && !experiment.training().hasValidation()) {
            throw Failure.usage(
                    name + " held no validation data out: its training.validationShare is none",
                    "score it on --split test or train, or train with training.validationShare=0.1");
        }
        Optional<Provenance> provenance = run.provenance();
        boolean heldOut = split != Split.TEST ? experiment.holdsOut() : experiment.holdsOutTest();
        if (heldOut && provenance.filter(Provenance::knowsHeldOut).isEmpty()) {
            throw Failure.model(
                    name + " was made by a version that held out other examples: which are of its " + split.word()
                            + " split is not known any more",
                    "score it on data it has never seen, with --data, or train it again");
        }
        Datasets data = OpenedData.splits(experiment, mnist);
        provenance.ifPresent(made -> DataFiles.requireSame(
                made.dataSha256(),
                data.fileHashes(),
                "bring the old data back, or score these as other data, with --data"));
        return score(data, split);
    }

    /**
     * Scores the network on a split of other data.
     *
     * @param split train or test
     * @throws Failure (model) when the pictures are of another shape, with both, or the classes others, with both lists
     */
    public Scores score(DataSpec other, Split split, MnistFiles mnist) {
        return score(Datasets.open(other, experiment.seed(), mnist), split);
    }

    private Scores score(Datasets data, Split split) {
        DataShape found = data.shape();
        boolean sameSize = found.picture().equals(shape.picture()) && found.outputs() == shape.outputs();
        if (!sameSize || found.label() != shape.label()) {
            throw Failure.model(
                    "the model was trained on " + described(shape) + ", the data has " + described(found),
                    "choose data of the same shape, or train a network for this data");
        }
        if (!Set.copyOf(found.classNames()).equals(Set.copyOf(shape.classNames()))) {
            throw Failure.model(
                    "the model was trained on the classes " + shape.classNames() + ", the data has "
                            + found.classNames(),
                    "classes are matched by name: call them alike, or train a network for this data");
        }
        Datasets matched = found.classNames().equals(shape.classNames()) ? data : data.withClasses(shape.classNames());
        return new Evaluator(shape, signedLabels)
                .score(
                        engine,
                        (signedLabels ? matched.withSignedLabels() : matched)
                                .split(split)
                                .inOrder(Evaluator.BATCH_SIZE));
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
