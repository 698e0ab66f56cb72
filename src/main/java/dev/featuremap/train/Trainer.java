package dev.featuremap.train;

import dev.featuremap.Failure;
import dev.featuremap.data.Datasets;
import dev.featuremap.engine.Engine;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.TrainingSpec;
import dev.featuremap.network.ModelArchive;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.Scores;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** The one training loop: batches from DataVec into the engine, scores at each epoch's end into the run directory. */
public final class Trainer {
    private final Experiment experiment;
    private final TrainingSpec training;
    private final Datasets data;
    private final Engine engine;
    private final RunDirectory run;
    private final TrainingWatcher watcher;
    private final Evaluator evaluator;

    private long steps;
    private long examples;
    private double seconds;
    private Kept kept;

    public Trainer(Experiment experiment, Datasets data, Engine engine, RunDirectory run, TrainingWatcher watcher) {
        this.experiment = experiment;
        this.training = experiment.training();
        this.data = data;
        this.engine = engine;
        this.run = run;
        this.watcher = watcher;
        this.evaluator = new Evaluator(data.shape(), data.signedLabels());
    }

    /**
     * Trains to the end, and writes metrics, model and result.
     *
     * @throws Failure (diverged) when a loss is not a finite number; {@code result.json} then says so, and no model holds
     *     what came of that step
     */
    public RunResult train() {
        Improvement best = new Improvement(training.keepBestBy(), 0);
        Optional<Improvement> watched =
                training.earlyStopping().map(stopping -> new Improvement(stopping.metric(), stopping.minDelta()));
        Optional<Improvement> compared = training.abandon().map(abandon -> new Improvement(abandon.metric(), 0));
        int epoch = 0;
        boolean stopped = false;
        boolean abandoned = false;
        while (epoch < training.epochs() && !stopped && !abandoned) {
            epoch++;
            Scores test = trainEpoch(epoch);
            if (training.keepBest() && best.isBest(epoch, test)) {
                kept = keep(epoch, test);
            }
            if (watched.isPresent()) {
                watched.get().isBest(epoch, test);
                stopped = watched.get().epochsSince(epoch)
                        >= training.earlyStopping().orElseThrow().patience();
            }
            if (compared.isPresent()) {
                compared.get().isBest(epoch, test);
                abandoned = epoch < training.epochs() && isBehind(compared.get(), epoch);
            }
            if (!training.keepBest() && (stopped || abandoned || epoch == training.epochs())) {
                kept = keep(epoch, test);
            }
        }
        RunResult result = result(abandoned ? RunResult.ABANDONED : stopped ? "stopped early" : "done", epoch);
        run.writeResult(result);
        return result;
    }

    private boolean isBehind(Improvement best, int epoch) {
        List<Double> behind = training.abandon().orElseThrow().behind();
        return epoch <= behind.size() && best.isBehind(behind.get(epoch - 1));
    }

    /** One pass over the training data, then the scores of both splits. */
    private Scores trainEpoch(int epoch) {
        DataSetIterator batches = training.shuffle()
                ? data.train().shuffled(training.batchSize(), experiment.seed(), epoch)
                : data.train().inOrder(training.batchSize());
        int stepsPerEpoch = training.stepsPerEpoch(data.train().size());
        long start = System.nanoTime();
        for (int stepOfEpoch = 1; batches.hasNext(); stepOfEpoch++) {
            DataSet batch = batches.next();
            double loss = engine.step(batch, StepSeed.of(experiment.seed(), steps));
            Batches.close(batch);
            steps++;
            refuseDivergence(epoch, loss);
            watcher.stepped(epoch, stepOfEpoch, stepsPerEpoch, loss);
        }
        engine.endEpoch();
        double epochSeconds = (System.nanoTime() - start) / 1e9;
        seconds += epochSeconds;
        examples += data.train().size();

        int trainSample = Math.min(training.trainMetricExamples(), data.train().size());
        Scores train = evaluator.score(engine, data.train().inOrder(Evaluator.BATCH_SIZE, trainSample));
        Scores test = evaluator.score(engine, data.test().inOrder(Evaluator.BATCH_SIZE));
        refuseDivergence(epoch, train.loss());
        double speed = data.train().size() / epochSeconds;
        run.metrics().addEpoch(epoch, steps, train, test, epochSeconds, speed);
        watcher.epochEnded(epoch, train, test, epochSeconds, speed);
        return test;
    }

    private void refuseDivergence(int epoch, double loss) {
        if (Double.isFinite(loss)) {
            return;
        }
        run.writeResult(result("diverged", epoch - 1));
        throw new Failure(
                Failure.Kind.DIVERGED,
                "training diverged: the loss is " + loss + " at step " + steps + " (epoch " + epoch
                        + ") with learning rate "
                        + engine.network().getLearningRate(engine.network().getnLayers() - 1),
                "lower training.updater.learningRate, or choose a loss and an output activation that suit each other");
    }

    private Kept keep(int epoch, Scores test) {
        run.writeModel(engine.network());
        return new Kept(epoch, test, ModelArchive.parametersSha256(engine.network()));
    }

    private RunResult result(String status, int epochs) {
        return new RunResult(
                experiment.name(),
                experiment.seed(),
                status,
                data.shape(),
                epochs,
                steps,
                training.keepBest() && kept != null ? kept.epoch : null,
                kept == null ? null : kept.test,
                new RunResult.Training(engine.name(), seconds, seconds > 0 ? examples / seconds : 0),
                kept == null ? null : kept.parametersSha256,
                run.path().toString());
    }

    /** What {@code model.zip} holds. */
    private record Kept(int epoch, Scores test, String parametersSha256) {}
}
