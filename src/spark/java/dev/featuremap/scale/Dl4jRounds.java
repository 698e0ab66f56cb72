package dev.featuremap.scale;

import dev.featuremap.Failure;
import dev.featuremap.engine.FaultyHelpers;
import dev.featuremap.engine.NetworkState;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.TrainingSpec;
import dev.featuremap.network.NetworkBuilder;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.dataset.DataSet;

/**
 * DL4J's own Spark module, which averages as often but steps the network with DL4J's layers and an epoch at a time. Its workers
 * draw dropout from a generator of their own, so that two runs differ where there is dropout.
 */
final class Dl4jRounds implements Rounds {
    private final JavaSparkContext context;
    private final TrainingJob job;
    private final boolean signed;
    private final int workers;
    private final int stepsPerEpoch;
    private final SparkDl4jMultiLayer trainer;

    /** @param trainExamples examples of the training split */
    Dl4jRounds(
            JavaSparkContext context,
            TrainingJob job,
            Experiment experiment,
            int trainExamples,
            MultiLayerNetwork network) {
        if (FaultyHelpers.concern(network)) {
            throw Failure.usage(
                    "training.spark.by: dl4j would train an average pool that counts its padding with wrong gradients",
                    "take by: featuremap, or set avgPoolIncludePadInDivisor: false");
        }
        TrainingSpec training = experiment.training();
        this.context = context;
        this.job = job;
        this.signed = NetworkBuilder.wantsSignedLabels(network.getLayerWiseConfigurations());
        this.stepsPerEpoch = training.stepsPerEpoch(trainExamples);
        TrainingSpec.Spark spark = training.spark().orElseThrow();
        this.workers = spark.workers().orElseThrow();
        ParameterAveragingTrainingMaster master = new ParameterAveragingTrainingMaster.Builder(
                        workers, training.batchSize())
                .batchSizePerWorker(training.batchSize())
                .averagingFrequency(spark.averageEvery())
                .workerPrefetchNumBatches(0)
                .saveUpdater(true)
                .rddTrainingApproach(RDDTrainingApproach.Direct)
                .repartionData(Repartition.Never)
                .rngSeed(experiment.seed())
                .build();
        this.trainer = new SparkDl4jMultiLayer(context, network, master);
    }

    @Override
    public String engine() {
        return "nd4j";
    }

    private JavaRDD<DataSet> examples(List<Round> dealt, TrainingJob there, boolean signed) {
        return context.parallelize(dealt, dealt.size())
                .flatMap(round ->
                        round.examples(WorkerSite.of(there).data(), signed).iterator());
    }

    @Override
    public Trained train(NetworkState from, int epoch, int firstBatch, long steps) {
        int batches = stepsPerEpoch - firstBatch;
        List<Round> dealt = Round.deal(workers, epoch, firstBatch, batches, steps);
        JavaRDD<DataSet> examples = examples(dealt, job, signed);
        MultiLayerNetwork network = trainer.getNetwork();
        from.writeTo(network);
        Jobs.await("an epoch of training", () -> trainer.fit(examples));
        NetworkState state = NetworkState.of(trainer.getNetwork());
        return new Trained(
                new NetworkState(state.all(), from.iteration() + dealt.get(0).batches(), from.epoch()),
                batches,
                trainer.getScore());
    }
}
