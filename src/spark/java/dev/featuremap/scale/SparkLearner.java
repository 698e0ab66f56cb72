package dev.featuremap.scale;

import dev.featuremap.engine.NetworkState;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.Scores;
import dev.featuremap.train.EngineLearner;
import dev.featuremap.train.Learner;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** One network trained and scored by Spark's executors; between two rounds its state is here. */
final class SparkLearner implements Learner {
    private final JavaSparkContext context;
    private final Workers workers;
    private final Rounds rounds;
    private final int count;
    private final MultiLayerNetwork network;
    private NetworkState state;

    /** @param count how many workers train */
    SparkLearner(JavaSparkContext context, Workers workers, Rounds rounds, int count, MultiLayerNetwork network) {
        this.context = context;
        this.workers = workers;
        this.rounds = rounds;
        this.count = count;
        this.network = network;
        this.state = NetworkState.of(network);
    }

    @Override
    public String engine() {
        return rounds.engine();
    }

    @Override
    public int threads() {
        return count * workers.network().threads();
    }

    @Override
    public Trained train(int epoch, int firstBatch, long steps) {
        Rounds.Trained trained = rounds.train(state, epoch, firstBatch, steps);
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
        List<Scores> scores = workers.from(
                state,
                task -> Jobs.await(
                        "scoring",
                        () -> context.parallelize(List.of(true, false), 2)
                                .map(train -> task.answer(learner -> scores(learner, train, trainExamples))
                                        .get())
                                .collect()));
        return new EpochScores(scores.get(0), scores.get(1));
    }

    private static Scores scores(EngineLearner learner, boolean train, int trainExamples) {
        return train ? learner.scoreTrain(trainExamples, () -> {}) : learner.scoreTest(() -> {});
    }

    @Override
    public MultiLayerNetwork network() {
        state.writeTo(network);
        return network;
    }

    @Override
    public void writePredictions(RunDirectory run) {
        SentFiles files = workers.from(
                state,
                task -> Jobs.await(
                        "the predictions",
                        () -> context.parallelize(List.of(task), 1)
                                .map(one ->
                                        one.answer(SparkLearner::predictions).get())
                                .first()));
        files.writeTo(run.path(), name -> true);
    }

    private static SentFiles predictions(EngineLearner learner) {
        return Scratch.with(folder -> {
            RunDirectory run = RunDirectory.create(folder.resolve("run"));
            learner.writePredictions(run);
            return SentFiles.of(run.path());
        });
    }

    @Override
    public void close() {
        network();
        WorkerSite.leave(workers.job());
    }
}
