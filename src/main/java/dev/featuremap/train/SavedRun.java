package dev.featuremap.train;

import dev.featuremap.Failure;
import dev.featuremap.data.DataFolder;
import dev.featuremap.data.Datasets;
import dev.featuremap.data.ExampleSet;
import dev.featuremap.engine.Engine;
import dev.featuremap.engine.Engines;
import dev.featuremap.experiment.Augmentation;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.Split;
import dev.featuremap.experiment.TrainingSpec;
import dev.featuremap.network.NetworkBuilder;
import dev.featuremap.network.ShapeTable;
import dev.featuremap.run.Checkpoint;
import dev.featuremap.run.Mistakes.Mistake;
import dev.featuremap.run.ModelInput;
import dev.featuremap.run.PartialRun;
import dev.featuremap.run.Provenance;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunHistory;
import dev.featuremap.run.Scores;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** A run with its trained network at work again: that of its end or, where it has none yet, of its newest sound checkpoint. */
public final class SavedRun implements AutoCloseable {
    private static final String ELSEWHERE =
            "bring the run's data back; evaluate --data scores other data, or these in another place";

    private final RunDirectory run;
    private final String name;
    private final Experiment experiment;
    private final DataShape shape;
    private final ModelInput input;
    /** Of a run that has no result. */
    private final Optional<Checkpoint> checkpoint;

    private final String why;
    private final Engine engine;

    private SavedRun(
            RunDirectory run,
            Experiment experiment,
            ModelInput input,
            Optional<PartialRun> partial,
            Optional<Checkpoint> checkpoint,
            MultiLayerNetwork network) {
        this.run = run;
        this.name = String.valueOf(run.path().getFileName());
        this.experiment = experiment;
        this.shape = input.data();
        this.input = input;
        this.checkpoint = checkpoint;
        this.why = partial.map(PartialRun::why).orElse("");
        this.engine = Engines.open(experiment.training().engine(), TrainingSpec.Precision.F32, network);
    }

    /**
     * Opens a run directory.
     *
     * @throws Failure (usage) when it holds no model yet, (model) when its model is refused, or its files contradict each other
     */
    public static SavedRun open(RunDirectory run) {
        run.requireConsistent();
        Optional<PartialRun> partial = run.partial();
        DataShape shape =
                partial.map(PartialRun::data).orElseGet(() -> run.result().data());
        Experiment experiment = run.experiment();
        ModelInput input = run.modelInput().orElseGet(() -> MeasuredInput.assumed(experiment.data(), shape));
        Optional<Checkpoint> checkpoint = partial.map(PartialRun::checkpoint);
        MultiLayerNetwork network = checkpoint.map(Checkpoint::model).orElseGet(run::model);
        requireFit(run, network, shape);
        return new SavedRun(run, experiment, input, partial, checkpoint, network);
    }

    private static void requireFit(RunDirectory run, MultiLayerNetwork network, DataShape shape) {
        try {
            ShapeTable.of(network.getLayerWiseConfigurations(), shape);
        } catch (Failure misfit) {
            String told = run.hasResult() ? "result.json" : "input.json";
            throw new Failure(
                    misfit.kind(), run.path().resolve(told) + ": " + misfit.getMessage(), misfit.remedy(), misfit);
        }
    }

    /** The name of its directory. */
    public String name() {
        return name;
    }

    public Experiment experiment() {
        return experiment;
    }

    /** Whose network it is where the run has no result yet. */
    public Optional<Partial> partial() {
        return checkpoint
                .map(Checkpoint::training)
                .map(state -> new Partial(
                        why,
                        state.step(),
                        state.begunEpochs(),
                        experiment.training().epochs()));
    }

    /**
     * The checkpoint whose network stands for that of a run that has no result.
     *
     * @param why there is none
     * @param step batches trained until it
     * @param epoch that it was saved in, or at the end of, counted from 1
     * @param epochs that the run is to train
     */
    public record Partial(String why, long step, int epoch, int epochs) {
        @Override
        public String toString() {
            return why + "; this is its checkpoint of step " + step + ", in epoch " + epoch + " of " + epochs;
        }
    }

    /** What the run's pictures and classes are. */
    public DataShape shape() {
        return shape;
    }

    /** How pictures become what the network takes, and what its outputs mean. */
    public ModelInput input() {
        return input;
    }

    /** The trained network; it belongs to this run until it is closed. */
    public MultiLayerNetwork network() {
        return engine.network();
    }

    /** How many epochs its network was trained, the last of them perhaps not to its end. */
    public int epoch() {
        return checkpoint
                .map(there -> there.training().begunEpochs())
                .orElseGet(() -> run.result().bestEpoch() == null
                        ? run.result().epochs()
                        : run.result().bestEpoch());
    }

    /** Its networks at the ends of other epochs, as far as they are here: kept, or as checkpoints; each is read when asked for. */
    public SortedMap<Integer, Supplier<MultiLayerNetwork>> otherEpochs() {
        SortedMap<Integer, Supplier<MultiLayerNetwork>> others = new TreeMap<>();
        run.checkpoints()
                .atEpochEnds()
                .forEach(there -> others.put(there.training().epoch() - 1, there::model));
        run.epochs()
                .epochs()
                .forEach(epoch -> others.put(epoch, () -> run.epochs().network(epoch)));
        others.remove(epoch());
        return others;
    }

    /**
     * Scores the network on a split of the run's own data.
     *
     * @throws Failure as {@link #examples}
     */
    public Scores score(Split split, DataFolder dataFolder) {
        return score(split, dataFolder, Augmentation.NONE);
    }

    /**
     * Scores the network on varied pictures of a split of the run's own data.
     *
     * @param by draws the same for every run, whatever its seed
     * @throws Failure as {@link #examples}
     */
    public Scores score(Split split, DataFolder dataFolder, Augmentation by) {
        return score(ownData(split, dataFolder), split, examples -> varied(examples, by));
    }

    /** As no epoch of a training sees them, since those are counted from 1. */
    private static ExampleSet varied(ExampleSet examples, Augmentation by) {
        return examples.augmented(by, /* seed= */ 0, /* epoch= */ 0);
    }

    /**
     * The examples of a split of the run's own data.
     *
     * @throws Failure (usage) when the run has no such split, (data) when its files are not there or not those the run was made
     *     with, (model) when which examples are of the split is not known any more
     */
    public ExampleSet examples(Split split, DataFolder dataFolder) {
        return ownData(split, dataFolder).split(split);
    }

    /**
     * What the run answered to some of its test examples, with their pictures.
     *
     * @throws Failure as {@link #examples}
     */
    public List<Mistake> answers(List<Integer> examples, DataFolder dataFolder) {
        return TestPredictions.told(
                examples(Split.TEST, dataFolder), run.predictions().orElseThrow(), examples);
    }

    private Datasets ownData(Split split, DataFolder dataFolder) {
        if (split == Split.VALIDATION && !experiment.training().hasValidation()) {
            throw Failure.usage(
                    name + " held no validation data out: its training.validationShare is none",
                    "take --split test or train, or train with training.validationShare=0.1");
        }
        Optional<RunHistory> history = checkpoint.map(Checkpoint::history);
        Optional<Provenance> provenance = run.provenance();
        boolean heldOut =
                split != Split.TEST ? experiment.holdsOut() : experiment.data().holdsOutTest();
        boolean isKnown = history.map(there -> there.heldOutBy() != null)
                .orElseGet(() -> provenance.filter(Provenance::knowsHeldOut).isPresent());
        if (heldOut && !isKnown) {
            throw Failure.model(
                    name + " was made by a version that held out other examples: which are of its " + split.word()
                            + " split is not known any more",
                    "take data it has never seen (evaluate --data), or train it again");
        }
        Datasets data = opened(dataFolder);
        Optional<? extends Map<String, String>> recorded =
                history.isPresent() ? history.map(RunHistory::dataSha256) : provenance.map(Provenance::dataSha256);
        recorded.ifPresent(made -> DataFiles.requireSame(made, data.fileHashes(), ELSEWHERE));
        return data;
    }

    private Datasets opened(DataFolder dataFolder) {
        try {
            return OpenedData.splits(experiment, dataFolder);
        } catch (Failure e) {
            if (e.kind() != Failure.Kind.DATA) {
                throw e;
            }
            throw new Failure(e.kind(), name + ": its own data: " + e.getMessage(), ELSEWHERE, e);
        }
    }

    /** Scores the network on a split of other data, fitted as {@code predict} does unless told otherwise. */
    public Scores score(DataSpec other, Split split, DataFolder dataFolder) {
        return score(other, split, dataFolder, PicturePreparation.Fit.AUTO, Augmentation.NONE);
    }

    /**
     * Scores the network on a split of other data.
     *
     * @param split train or test
     * @param fit whether drawings are fitted as MNIST's digits were
     * @param by varies them after that, as in {@link #score(Split, DataFolder, Augmentation)}
     * @throws Failure (model) when the pictures are of another shape, with both, or the classes others, with both lists
     */
    public Scores score(
            DataSpec other, Split split, DataFolder dataFolder, PicturePreparation.Fit fit, Augmentation by) {
        long seed = experiment.seed();
        PicturePreparation preparation = preparation(fit);
        Datasets data = Datasets.open(other, seed, dataFolder).withLabelNoise(other.labelNoise(), seed);
        return score(data, split, examples -> varied(preparation.prepared(examples, other), by));
    }

    private Scores score(Datasets data, Split split, UnaryOperator<ExampleSet> preparation) {
        DataShape found = data.shape();
        if (!found.picture().equals(shape.picture()) || found.label() != shape.label()) {
            throw Failure.model(
                    "the model was trained on " + described(shape) + ", the data has " + described(found),
                    "choose data of the same shape, or train a network for this data");
        }
        if (!Set.copyOf(shape.classNames()).containsAll(found.classNames())) {
            throw Failure.model(
                    "the model was trained on the classes " + shape.classNames() + ", the data has "
                            + found.classNames(),
                    "classes are matched by name, and some may be missing: call them alike, or train a network for this data");
        }
        Datasets matched = found.classNames().equals(shape.classNames()) ? data : data.withClasses(shape.classNames());
        boolean signed = NetworkBuilder.wantsSignedLabels(network().getLayerWiseConfigurations());
        ExampleSet examples = preparation.apply(matched.withLabels(signed).split(split));
        return new Evaluator(shape).score(engine, examples.inOrder(Evaluator.BATCH_SIZE));
    }

    /** How pictures become what the network takes. */
    public PicturePreparation preparation() {
        return preparation(PicturePreparation.Fit.AUTO);
    }

    /**
     * How pictures become what the network takes.
     *
     * @throws Failure (usage) when drawings are to be fitted that the network takes in colour
     */
    public PicturePreparation preparation(PicturePreparation.Fit fit) {
        return new PicturePreparation(input, experiment.data(), fit);
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
