package dev.featuremap.train;

import dev.featuremap.backend.Backend;
import dev.featuremap.data.Datasets;
import dev.featuremap.data.MnistFiles;
import dev.featuremap.engine.Engine;
import dev.featuremap.engine.Engines;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.TrainingSpec;
import dev.featuremap.network.NetworkBuilder;
import dev.featuremap.run.Provenance;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunLog;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.Workspace;
import java.time.Instant;
import java.util.Optional;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole way of one run: experiment → data → network → engine → {@link Trainer} → run directory. */
public final class ExperimentRun {
    private static final Logger LOG = LoggerFactory.getLogger(ExperimentRun.class);

    private final Workspace workspace;
    private final MnistFiles mnist;

    public ExperimentRun(Workspace workspace, MnistFiles mnist) {
        this.workspace = workspace;
        this.mnist = mnist;
    }

    /**
     * Trains and evaluates an experiment into a fresh run directory.
     *
     * @throws dev.featuremap.Failure with the reason and the remedy; whatever is in the directory then is whole
     */
    public RunResult run(Experiment experiment, RunDirectory run, TrainingWatcher watcher) {
        try (RunLog log = new RunLog(run.logFile())) {
            Instant start = Instant.now();
            run.writeExperiment(experiment);
            Backend backend = Backend.start();
            LOG.info("{} on {}", experiment.name(), backend);

            Datasets data = Datasets.open(experiment.data(), experiment.seed(), mnist);
            if (experiment.training().validationShare().isPresent()) {
                data = data.withValidation(
                        experiment.training().validationShare().get(), experiment.seed());
            }
            NetworkBuilder.checkSchedule(
                    experiment, experiment.training().stepsPerEpoch(data.train().size()));
            MultiLayerConfiguration configuration = NetworkBuilder.configuration(experiment, data.shape());
            run.writeNetwork(configuration);
            if (NetworkBuilder.wantsSignedLabels(configuration)) {
                data = data.withSignedLabels();
            }

            RunResult result;
            TrainingSpec.Engine choice = experiment.training().engine();
            try (Engine engine = Engines.open(choice, NetworkBuilder.network(configuration))) {
                watcher.engineChosen(
                        engine.name(),
                        choice == TrainingSpec.Engine.AUTO ? Engines.whyNotOneDnn(configuration) : Optional.empty());
                result = new Trainer(experiment, data, engine, run, watcher).train();
                if (result.bestEpoch() == null) {
                    TestPredictions.of(engine, data).writeTo(run);
                }
            }
            if (result.bestEpoch() != null) {
                // The engine has gone on since the best epoch: what is told is what model.zip answers.
                try (Engine best = Engines.open(experiment.training().engine(), run.model())) {
                    TestPredictions.of(best, data).writeTo(run);
                }
            }
            run.writeProvenance(Provenance.of(
                    workspace.home(), backend, data.fileHashes(), experiment.seed(), start, Instant.now()));
            LOG.info("{}", result);
            return result;
        }
    }
}
