package dev.featuremap.report;

import dev.featuremap.backend.Backend;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.experiment.Split;
import dev.featuremap.network.ModelArchive;
import dev.featuremap.network.NetworkBuilder;
import dev.featuremap.page.Block.Picture;
import dev.featuremap.page.Grid;
import dev.featuremap.run.EpochScores;
import dev.featuremap.run.Mistakes;
import dev.featuremap.run.Mistakes.Mistake;
import dev.featuremap.run.Predictions;
import dev.featuremap.run.Provenance;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.RunStatus;
import dev.featuremap.run.Scores;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Run directories to report on, as training leaves them, but with made-up scores. */
final class SampleRun {
    static final List<String> DIGITS = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    private static final double SECONDS = 2;

    private final Path folder;
    private List<String> classes = DIGITS;
    private String name = "sample";
    private long seed = 42;
    private int epochs = 5;
    private int examples = 500;
    private int trainExamples = 60_000;
    private double rightShare = 0.9;
    private String source = "mnist";

    private SampleRun(Path folder) {
        this.folder = folder;
    }

    static SampleRun in(Path folder) {
        return new SampleRun(folder);
    }

    SampleRun named(String text, long itsSeed) {
        name = text;
        seed = itsSeed;
        return this;
    }

    SampleRun ofClasses(List<String> names) {
        classes = names;
        return this;
    }

    SampleRun ofValues() {
        classes = List.of();
        return this;
    }

    SampleRun sized(int numberOfEpochs, int testExamples) {
        epochs = numberOfEpochs;
        examples = testExamples;
        return this;
    }

    SampleRun right(double share) {
        rightShare = share;
        return this;
    }

    SampleRun fromFolder(String folderOfPictures) {
        source = "images, folder: \"" + folderOfPictures + '"';
        return this;
    }

    /** What {@link #write} answers to the test examples: right, but for a share; surest where it is right. */
    private Predictions predictions(Random random) {
        float[] labels = new float[examples];
        float[][] outputs = new float[examples][];
        for (int i = 0; i < examples; i++) {
            labels[i] = i % Math.max(10, classes.size());
            if (classes.isEmpty()) {
                outputs[i] = new float[] {(float) (labels[i] + random.nextGaussian())};
                continue;
            }
            labels[i] = i % classes.size();
            boolean right = random.nextDouble() < rightShare;
            int answer = right ? (int) labels[i] : (int) (labels[i] + 1) % classes.size();
            float confidence = 0.55f + 0.45f * random.nextFloat();
            outputs[i] = new float[classes.size()];
            for (int j = 0; j < classes.size(); j++) {
                outputs[i][j] = j == answer ? confidence : (1 - confidence) / (classes.size() - 1);
            }
        }
        return new Predictions(classes, List.of(), labels, outputs);
    }

    RunDirectory write() {
        Random random = new Random(seed);
        RunDirectory run = RunDirectory.create(folder);
        DataShape shape = new DataShape(1, 28, 28, classes);
        Experiment experiment = ExperimentFile.parse(yaml(), "sample", List.of());
        run.writeExperiment(experiment);
        MultiLayerConfiguration configuration = NetworkBuilder.configuration(experiment, shape);
        MultiLayerNetwork network = NetworkBuilder.network(configuration);
        run.writeNetwork(network.getLayerWiseConfigurations());
        run.writeModel(network);
        Predictions predictions = predictions(random);
        for (int epoch = 1; epoch <= epochs; epoch++) {
            double loss = 1.0 / epoch + 0.01 * random.nextDouble();
            Scores test = epoch == epochs ? scored(predictions) : scores(1.1 * loss, epoch);
            run.metrics()
                    .addEpoch(
                            epoch,
                            epoch * 938L,
                            new EpochScores(scores(loss, epoch), Split.TEST, test),
                            SECONDS,
                            30_000);
        }
        run.writePredictions(predictions);
        run.writeMistakes(mistakes(predictions));
        run.writeResult(new RunResult(
                name,
                seed,
                RunStatus.DONE,
                shape,
                epochs,
                epochs * 938L,
                null,
                null,
                null,
                scored(predictions),
                new RunResult.Training("nd4j", "f32", SECONDS * epochs, trainExamples / SECONDS),
                ModelArchive.parametersSha256(network),
                folder.toString()));
        run.writeProvenance(Provenance.of(
                folder,
                new Backend("CPU", "linux-x86_64", true, 2),
                new TreeMap<>(),
                seed,
                "f32",
                Instant.EPOCH,
                Instant.EPOCH));
        return run;
    }

    private String yaml() {
        String label = classes.isEmpty() ? ", label: value" : "";
        String output = classes.isEmpty()
                ? "{type: output, units: 1, activation: identity}"
                : "{type: output, units: " + classes.size() + ", activation: softmax}";
        return "name: " + name + "\nseed: " + seed + "\ndata: {source: " + source + label
                + "}\nnetwork: {layers: [{type: convolution, filters: 8, kernel: 5, activation: relu}, "
                + "{type: dense, units: 32, activation: relu}, " + output + "]}\n"
                + "training: {epochs: " + epochs + ", batchSize: 64}\n";
    }

    private Scores scores(double loss, int epoch) {
        return new Scores(
                examples,
                loss,
                classes.isEmpty() ? null : 1 - 0.5 / (epoch + 1),
                loss / 10,
                loss / 5,
                classes.isEmpty() ? 0.8 : null,
                null,
                null);
    }

    /** What follows from predictions; only the loss and the mean absolute error are made up. */
    private Scores scored(Predictions predictions) {
        double squares = 0;
        for (int i = 0; i < examples; i++) {
            for (int j = 0; j < predictions.outputs()[i].length; j++) {
                double label = classes.isEmpty()
                        ? predictions.labels()[i]
                        : j == predictions.labels()[i] ? 1 : 0;
                squares += Math.pow(label - predictions.outputs()[i][j], 2);
            }
        }
        double mse = squares / examples / Math.max(1, classes.size());
        if (classes.isEmpty()) {
            double[] labels = IntStream.range(0, examples)
                    .mapToDouble(i -> predictions.labels()[i])
                    .toArray();
            double mean = DoubleStream.of(labels).average().orElseThrow();
            double variance = DoubleStream.of(labels)
                    .map(x -> (x - mean) * (x - mean))
                    .average()
                    .orElseThrow();
            return new Scores(examples, mse, null, mse, 0.02, 1 - mse / variance, null, null);
        }
        int[][] counts = new int[classes.size()][classes.size()];
        for (int i = 0; i < examples; i++) {
            counts[predictions.labelledClass(i)][predictions.predictedClass(i)]++;
        }
        List<List<Integer>> confusion =
                Stream.of(counts).map(row -> IntStream.of(row).boxed().toList()).toList();
        return Scores.ofClasses(0.3, mse, 0.02, confusion, classes);
    }

    private Mistakes mistakes(Predictions predictions) {
        String png = Picture.light("", Grid.of(28, 28, (row, column) -> row == 14 && column == 14 ? 1 : 0))
                .png()
                .substring("data:image/png;base64,".length());
        if (classes.isEmpty()) {
            List<Mistake> furthest = IntStream.range(0, examples)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i ->
                            -Math.abs(predictions.outputs()[i][0] - predictions.labels()[i])))
                    .limit(Mistakes.MOST)
                    .map(i -> new Mistake(
                            i,
                            null,
                            null,
                            Integer.toString((int) predictions.labels()[i]),
                            String.format(Locale.ROOT, "%.2f", predictions.outputs()[i][0]),
                            null,
                            null,
                            png))
                    .toList();
            return new Mistakes(examples, null, furthest);
        }
        List<Integer> wrong = IntStream.range(0, examples)
                .filter(i -> !predictions.isRight(i))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -predictions.outputs()[i][predictions.predictedClass(i)]))
                .toList();
        List<Mistake> worst = wrong.stream()
                .limit(Mistakes.MOST)
                .map(i -> new Mistake(
                        i,
                        null,
                        null,
                        classes.get(predictions.labelledClass(i)),
                        classes.get(predictions.predictedClass(i)),
                        (double) predictions.outputs()[i][predictions.predictedClass(i)],
                        (double) predictions.outputs()[i][predictions.labelledClass(i)],
                        png))
                .toList();
        return new Mistakes(examples, wrong.size(), worst);
    }
}
