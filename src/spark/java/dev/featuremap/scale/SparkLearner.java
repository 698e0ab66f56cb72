package dev.featuremap.scale;

import dev.featuremap.engine.NetworkState;
import dev.featuremap.experiment.Split;
import dev.featuremap.run.EpochScores;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.Scores;
import dev.featuremap.train.EngineLearner;
import dev.featuremap.train.Learner;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** One network trained and scored by Spark's executors; between two rounds its state is here. */
final class SparkLearner implements Learner {
    private final JavaSparkContext context;
    private final Workers workers;
    private final AveragedRounds rounds;
    private final Split watched;
    private final MultiLayerNetwork network;
    private NetworkState state;

    /** @param watched the split that is scored beside the training split */
    SparkLearner(
            JavaSparkContext context,
            Workers workers,
            AveragedRounds rounds,
            Split watched,
            MultiLayerNetwork network) {
        this.context = context;
        this.workers = workers;
        this.rounds = rounds;
        this.watched = watched;
        this.network = network;
        this.state = NetworkState.of(network);
    }

    @Override
    public String engine() {
        return workers.network().engine().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int threads() {
        return rounds.workers() * workers.network().threads();
    }

    @Override
    public Trained train(int epoch, int firstBatch, long steps) {
        AveragedRounds.Trained trained = rounds.train(state, epoch, firstBatch, steps);
        state = trained.state();
        return new Trained(trained.batches(), trained.loss());
    }

    @Override
    public void endEpoch() {
        state = new NetworkState(state.all(), state.iteration(), state.epoch() + 1);
    }

    @Override
    public EpochScores score(int trainExamples, Runnable between) {
        between.run();
        List<Scores> scores = scores(List.of(Split.TRAIN, watched), trainExamples);
        return new EpochScores(scores.get(0), watched, scores.get(1));
    }

    @Override
    public Scores scoreTest() {
        return scores(List.of(Split.TEST), 0).get(0);
    }

    private List<Scores> scores(List<Split> splits, int trainExamples) {
        return workers.from(
                state,
                task -> Jobs.await(
                        "scoring",
                        () -> context.parallelize(splits, splits.size())
                                .map(split -> task.answer(learner -> scores(learner, split, trainExamples))
                                        .get())
                                .collect()));
    }

    private static Scores scores(EngineLearner learner, Split split, int trainExamples) {
        return learner.score(split, split == Split.TRAIN ? trainExamples : Integer.MAX_VALUE, () -> {});
    }

    @Override
    public MultiLayerNetwork network() {
        state.writeTo(network);
        return network;
    }

    @Override
    public void writePredictions(RunDirectory run) {
        FileBundle files = workers.from(
                state,
                task -> Jobs.await(
                        "the predictions",
                        () -> context.parallelize(List.of(task), 1)
                                .map(one ->
                                        one.answer(SparkLearner::predictions).get())
                                .first()));
        files.writeTo(run.path(), name -> true);
    }

    private static FileBundle predictions(EngineLearner learner) {
        return TemporaryFolder.with(folder -> {
            RunDirectory run = RunDirectory.create(folder.resolve("run"));
            learner.writePredictions(run);
            return FileBundle.of(run.path());
        });
    }

    @Override
    public void close() {
        network();
        WorkerSite.leave(workers.job());
    }
}
