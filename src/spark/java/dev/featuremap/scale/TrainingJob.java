package dev.featuremap.scale;

import dev.featuremap.data.FetchProgress;
import dev.featuremap.data.MnistFiles;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.run.Workspace;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.apache.spark.SparkFiles;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What every task of one training knows.
 *
 * @param id tells it from the trainings before and after it in the same process
 * @param experimentYaml the experiment, whose record does not travel
 * @param mnist the folder of MNIST's files; null where Spark brings them
 * @param tries how often Spark tries a task
 */
record TrainingJob(String id, String experimentYaml, String mnist, int tries) implements Serializable {
    private static final long serialVersionUID = 1L;

    static TrainingJob of(Experiment experiment, JavaSparkContext context, Workspace workspace) {
        return new TrainingJob(
                UUID.randomUUID().toString(),
                ExperimentFile.print(experiment),
                context.isLocal() ? workspace.mnist().toString() : null,
                context.getConf().getInt(SparkSettings.TRIES, 1));
    }

    Experiment experiment() {
        return ExperimentFile.parse(experimentYaml, "the experiment sent", List.of());
    }

    /** MNIST's files where this process finds them. */
    MnistFiles mnistFiles() {
        return MnistFiles.in(Path.of(mnist == null ? SparkFiles.getRootDirectory() : mnist), FetchProgress.SILENT);
    }
}
