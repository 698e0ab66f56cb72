package dev.featuremap.scale;

import dev.featuremap.data.MnistFiles;
import dev.featuremap.experiment.DataSpec;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Brings data to the executors: MNIST's files through Spark, each executor fetching them once; X and O are drawn anywhere
 * from the seed; other files and folders are read where the experiment says, from storage all machines share.
 */
final class SharedData {
    private final JavaSparkContext context;
    private final SparkMaster master;
    private final MnistFiles mnist;
    private final Set<String> shipped = new HashSet<>();

    SharedData(JavaSparkContext context, SparkMaster master, MnistFiles mnist) {
        this.context = context;
        this.master = master;
        this.mnist = mnist;
    }

    /** Sees that tasks begun from now on find the data; MNIST is fetched first where it is missing. */
    synchronized void ship(DataSpec spec) {
        if (!(spec instanceof DataSpec.Mnist digits)) {
            return;
        }
        for (Path file : mnist.files(digits.folder().map(Path::of))) {
            // A file is known by its checked content: a second of the same name, in another folder, is the same.
            if (!master.isLocal() && shipped.add(file.getFileName().toString())) {
                context.sc().addFile(file.toUri().toString());
            }
        }
    }
}
