package dev.featuremap.scale;

import dev.featuremap.data.FetchProgress;
import dev.featuremap.data.MnistFiles;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.run.Workspace;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkFiles;

/**
 * What every task of one distributed training knows.
 *
 * @param id tells it from the trainings before and after it in the same process
 * @param experimentYaml the experiment
 * @param mnist the folder of MNIST's files; null where Spark brings them
 * @param tries how often Spark tries a task
 */
record TrainingJob(String id, String experimentYaml, String mnist, int tries) implements Serializable {
    private static final long serialVersionUID = 1L;

    Experiment experiment() {
        return ExperimentFile.parse(experimentYaml, "the experiment sent", List.of());
    }

    /** MNIST's files where this process finds them. */
    MnistFiles mnistFiles() {
        return mnistFiles(mnist);
    }

    static String localMnist(boolean local, Workspace workspace) {
        return local ? workspace.mnist().toString() : null;
    }

    static MnistFiles mnistFiles(String folder) {
        return MnistFiles.in(Path.of(folder == null ? SparkFiles.getRootDirectory() : folder), FetchProgress.SILENT);
    }
}
