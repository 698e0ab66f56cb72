package own;

import dev.featuremap.run.MetricsRow;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunResult;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Reads what {@link TrainExperiment}, or the command line, has left: scores, epochs and the network. */
public final class ReadRun {
    private ReadRun() {}

    /** @param args a run directory; without one, the newest in {@code target/runs} */
    public static void main(String[] args) {
        List<RunDirectory> runs = RunDirectory.within(Path.of("target", "runs"));
        RunDirectory run = args.length > 0 ? RunDirectory.openEnded(Path.of(args[0])) : runs.get(runs.size() - 1);
        for (MetricsRow row : run.metricsRows()) {
            System.out.println(row);
        }
        RunResult result = run.result();
        MultiLayerNetwork network = run.model(result.parametersSha256());
        System.out.printf(
                "%s: test accuracy %.4f by %d parameters%n",
                run.experiment().name(), result.test().accuracy(), network.numParams());
    }
}
