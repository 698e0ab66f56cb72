package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.featuremap.Failure;
import dev.featuremap.backend.Backend;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.experiment.Split;
import dev.featuremap.network.NetworkBuilder;
import dev.featuremap.run.Mistakes.Mistake;
import dev.featuremap.run.ModelInput.Scale;
import dev.featuremap.run.TrainingState.Best;
import dev.featuremap.run.TrainingState.Kept;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A run's folder with every file it may have: three epochs of five steps of ten examples, of which the second has the best
 * validation loss; the model is not one. Or the same, of values instead of classes.
 */
final class EndedRun {
    static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
    static final DataShape SHAPE = new DataShape(1, 9, 9, List.of("X", "O"));
    static final Scores TEST = Scores.ofClasses(0.5, 0.20015625, 0.38125, counts(1, 1, 0, 2), SHAPE.classNames());
    private static final Scores TEST_OF_VALUES =
            new Scores(4, 0.3125, null, 0.3125, 0.375, 1 - 1.25 / 8.75, null, null);

    private EndedRun() {}

    static RunDirectory ofClasses(Path folder) throws IOException {
        Experiment experiment = experiment("{source: xo, size: 9}");
        List<Scores> validation = validation();
        RunDirectory run = begun(folder, experiment, SHAPE);
        addEpochs(run, validation);
        run.metrics().addTest(2, 10, TEST);
        run.writePredictions(new Predictions(SHAPE.classNames(), List.of(), new float[] {0, 0, 1, 1}, new float[][] {
            {0.75f, 0.25f}, {0.25f, 0.75f}, {0.4f, 0.6f}, {0.125f, 0.875f}
        }));
        run.writeMistakes(new Mistakes(4, 1, List.of(new Mistake(1, "1", null, "X", "O", 0.75, 0.25, png(9, 9)))));
        end(run, experiment, SHAPE, validation.get(1), TEST);
        save(run, history(), state());
        return run;
    }

    static RunDirectory ofValues(Path folder) throws IOException {
        Experiment experiment = experiment("{source: mnist, label: value}");
        DataShape shape = new DataShape(1, 28, 28, List.of());
        List<Scores> validation = List.of(
                new Scores(10, 0.5, null, 0.5, 0.5, 0.1, null, null),
                new Scores(10, 0.25, null, 0.25, 0.5, 0.5, null, null),
                new Scores(10, 0.375, null, 0.375, 0.5, 0.25, null, null));
        RunDirectory run = begun(folder, experiment, shape);
        addEpochs(run, validation);
        run.metrics().addTest(2, 10, TEST_OF_VALUES);
        run.writePredictions(
                new Predictions(List.of(), List.of(), new float[] {1, 2, 3, 5}, new float[][] {{1.5f}, {2}, {3}, {4}}));
        List<Mistake> worst = new ArrayList<>();
        worst.add(new Mistake(3, "3", null, "5", "4.00", null, null, png(28, 28)));
        worst.add(new Mistake(0, "0", null, "1", "1.50", null, null, png(28, 28)));
        worst.add(new Mistake(1, "1", null, "2", "2.00", null, null, png(28, 28)));
        worst.add(new Mistake(2, "2", null, "3", "3.00", null, null, png(28, 28)));
        run.writeMistakes(new Mistakes(4, null, worst));
        end(run, experiment, shape, validation.get(1), TEST_OF_VALUES);
        return run;
    }

    private static RunDirectory begun(Path folder, Experiment experiment, DataShape shape) {
        RunDirectory run = RunDirectory.create(folder);
        run.writeExperiment(experiment);
        run.writeModelInput(new ModelInput(
                List.of(shape.channels(), shape.height(), shape.width()),
                List.of(0.25, 0.5, 0.25),
                "by area",
                false,
                null,
                new Scale(experiment.data().scaling()),
                shape.classNames()));
        return run;
    }

    private static void addEpochs(RunDirectory run, List<Scores> validation) {
        for (int epoch = 1; epoch <= validation.size(); epoch++) {
            Scores watched = validation.get(epoch - 1);
            run.metrics().addEpoch(epoch, 5L * epoch, new EpochScores(watched, Split.VALIDATION, watched), 1, 50);
        }
    }

    private static void end(RunDirectory run, Experiment experiment, DataShape shape, Scores validation, Scores test)
            throws IOException {
        Files.writeString(run.path().resolve("model.zip"), "made up");
        run.writeResult(new RunResult(
                experiment.name(),
                experiment.seed(),
                RunStatus.DONE,
                shape,
                3,
                15,
                2,
                RunResult.chosenBy(experiment.training()),
                validation,
                test,
                new RunResult.Training("nd4j", "f32", 3, 50),
                "ab".repeat(32),
                run.path().toString()));
        run.writeProvenance(Provenance.of(
                        run.path(),
                        new Backend("CPU", "linux-x86_64", true, 1),
                        new TreeMap<>(),
                        experiment.seed(),
                        "f32",
                        START,
                        START.plusSeconds(10))
                .resumedAt(List.of(5L, 12L)));
    }

    /** The state of the one checkpoint, saved at the run's end. */
    static TrainingState state() {
        Best best = new Best(0.25, 2);
        Kept kept = new Kept(2, 10, validation().get(1));
        return new TrainingState(4, 0, 15, 3, 0, validation().get(2), best, best, kept);
    }

    /** Scores of ten validation examples of each epoch, the middle one the best. */
    static List<Scores> validation() {
        return List.of(validation(0.5, 2), validation(0.25, 4), validation(0.375, 3));
    }

    private static Scores validation(double loss, int right) {
        return Scores.ofClasses(loss, loss / 2, loss / 4, counts(right, 5 - right, 1, 4), SHAPE.classNames());
    }

    static RunHistory history() {
        return new RunHistory(
                ExperimentFile.print(experiment("{source: xo, size: 9}")),
                new TreeMap<>(),
                "nd4j",
                1,
                RunHistory.HELD_OUT_BY,
                START.toString(),
                List.of(5L, 12L));
    }

    /** Puts a checkpoint in the place of the one of its step. */
    static void save(RunDirectory run, RunHistory history, TrainingState state) throws IOException {
        Checkpoints checkpoints = run.checkpoints();
        checkpoints.open(0);
        checkpoints.save(
                state,
                history,
                new Checkpoint.Networks(
                        NetworkBuilder.network(
                                NetworkBuilder.configuration(experiment("{source: xo, size: 9}"), SHAPE)),
                        Optional.empty()),
                run.metricsRows().stream().limit(6).toList(),
                2);
    }

    static void removeCheckpoints(RunDirectory run) throws IOException {
        Disk.PLAIN.delete(run.path().resolve("checkpoints"));
    }

    static Experiment experiment(String data) {
        return experiment(data, "epochs: 3, batchSize: 10, keepBest: true, earlyStopping: {patience: 3}");
    }

    static Experiment experiment(String data, String training) {
        String output =
                data.contains("value") ? "{type: output, units: 1, activation: identity}" : "{type: output, units: 2}";
        return ExperimentFile.parse(
                "name: x\nseed: 42\ndata: " + data + "\nnetwork: {layers: [" + output + "]}\nloss: mse\n"
                        + "training: {" + training + "}\n",
                "x.yaml",
                List.of());
    }

    /** Changes a text in one of the run's files; every place where it stands. */
    static void change(RunDirectory run, String name, String text, String other) throws IOException {
        Path file = run.path().resolve(name);
        String before = Files.readString(file);
        assertThat(before).contains(text);
        Files.writeString(file, before.replace(text, other));
    }

    /** What two of the run's files are said to tell of the same thing once a text in one is changed; that is then as before. */
    static String contradiction(RunDirectory run, String name, String text, String other) throws IOException {
        String before = Files.readString(run.path().resolve(name));
        change(run, name, text, other);
        String found = contradiction(run);
        Files.writeString(run.path().resolve(name), before);
        return found;
    }

    static String contradiction(RunDirectory run) {
        Failure failure = catchThrowableOfType(Failure.class, run::requireConsistent);
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).isEqualTo(Failure.Kind.MODEL);
        return failure.getMessage().substring(run.path().toString().length() + 2);
    }

    /** The head of a PNG of this size, which is all that is looked at. */
    static String png(int width, int height) {
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(24)
                        .putLong(0x89504e470d0a1a0aL)
                        .putLong(0x0000000d49484452L)
                        .putInt(width)
                        .putInt(height)
                        .array());
    }

    static List<List<Integer>> counts(int... counts) {
        return List.of(List.of(counts[0], counts[1]), List.of(counts[2], counts[3]));
    }
}
