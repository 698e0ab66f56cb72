package dev.featuremap.scale;

import dev.featuremap.data.DataCache;
import dev.featuremap.data.DataFolder;
import dev.featuremap.data.DataProgress;
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
 * @param data the data folder; null where each process has one of its own, to which Spark brings MNIST
 * @param tries how often Spark tries a task
 */
record TrainingJob(String id, String experimentYaml, String data, int tries) implements Serializable {
    private static final long serialVersionUID = 1L;

    static TrainingJob of(Experiment experiment, JavaSparkContext context, Workspace workspace) {
        return new TrainingJob(
                UUID.randomUUID().toString(),
                ExperimentFile.print(experiment),
                context.isLocal() ? workspace.data().toString() : null,
                context.getConf().getInt(SparkSettings.TRIES, 1));
    }

    Experiment experiment() {
        return ExperimentFile.parse(experimentYaml, "the experiment sent", List.of());
    }

    /** The data folder of this process. */
    DataFolder dataFolder() {
        if (data != null) {
            return DataFolder.in(Path.of(data));
        }
        Path root = Path.of(SparkFiles.getRootDirectory());
        return new DataFolder(
                MnistFiles.in(root, DataProgress.SILENT), new DataCache(root.resolve("cache"), DataProgress.SILENT));
    }
}
