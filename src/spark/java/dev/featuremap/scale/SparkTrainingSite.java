package dev.featuremap.scale;

import dev.featuremap.Failure;
import dev.featuremap.engine.Engines;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.TrainingSpec;
import dev.featuremap.network.SavedNetwork;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.Learner;
import dev.featuremap.train.TrainingSite;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Trains on Spark's executors, which read the data themselves: none of it passes this process. */
final class SparkTrainingSite implements TrainingSite {
    private final JavaSparkContext context;
    private final SharedData shared;
    private final Workspace workspace;

    SparkTrainingSite(JavaSparkContext context, SharedData shared, Workspace workspace) {
        this.context = context;
        this.shared = shared;
        this.workspace = workspace;
    }

    @Override
    public Data open(Experiment experiment) {
        experiment.training().emaDecay().ifPresent(decay -> {
            throw Failure.usage(
                    "training.emaDecay: found " + decay
                            + "; workers that train one network together keep no average over"
                            + " steps, as none of them makes every step",
                    "set training.emaDecay=null, or train without --spark");
        });
        shared.ship(experiment.data());
        TrainingJob job = TrainingJob.of(experiment, context, workspace);
        Facts facts = Jobs.await(
                "reading the data",
                () -> context.parallelize(List.of(job), 1)
                        .map(there ->
                                TaskResult.to(() -> WorkerSite.of(there).data().facts(), there.tries()))
                        .first()
                        .get());
        return new Data() {
            @Override
            public Facts facts() {
                return facts;
            }

            @Override
            public Learner learner(MultiLayerNetwork network, Optional<MultiLayerNetwork> averaged) {
                return SparkTrainingSite.this.learner(job, experiment, facts, network);
            }
        };
    }

    private Learner learner(TrainingJob job, Experiment experiment, Facts facts, MultiLayerNetwork network) {
        TrainingSpec training = experiment.training();
        int threads = context.getConf().getInt(SparkSettings.CORES_PER_TASK, 1);
        String json = SavedNetwork.json(network.getLayerWiseConfigurations());
        Workers workers = new Workers(
                context,
                job,
                new WorkerNetwork(json, engine(training.engine(), network), training.precision(), threads));
        int steps = facts.stepsPerEpoch(training, network.getLayerWiseConfigurations());
        AveragedRounds rounds = new AveragedRounds(context, workers, training, steps);
        return new SparkLearner(context, workers, rounds, facts.watched(), network);
    }

    /** The engine all workers take: what {@code auto} would take here. */
    private static TrainingSpec.Engine engine(TrainingSpec.Engine choice, MultiLayerNetwork network) {
        if (choice != TrainingSpec.Engine.AUTO) {
            return choice;
        }
        boolean oneDnn =
                Engines.whyNotOneDnn(network.getLayerWiseConfigurations()).isEmpty();
        return oneDnn ? TrainingSpec.Engine.ONEDNN : TrainingSpec.Engine.ND4J;
    }
}
