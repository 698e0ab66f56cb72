package dev.featuremap.run;

import dev.featuremap.Failure;
import dev.featuremap.Sha256;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.experiment.TrainingSpec;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * What a run was made with from its start on: a resumed one must go on with the same.
 *
 * @param experiment as {@code experiment.yaml} has it
 * @param dataSha256 file by file; empty for data drawn from the seed
 * @param engine what steps the network, such as {@code onednn}
 * @param threads of the native arithmetic
 * @param heldOutBy what says which examples are held out; null for a run that an earlier version began, by another draw
 * @param start UTC, ISO 8601
 * @param resumedAtSteps after how many steps it was resumed, each time
 */
public record RunHistory(
        String experiment,
        SortedMap<String, String> dataSha256,
        String engine,
        int threads,
        String heldOutBy,
        String start,
        List<Long> resumedAtSteps) {
    static final String HELD_OUT_BY = "a hash of (run, class, example's own identity)";

    public RunHistory {
        resumedAtSteps = List.copyOf(resumedAtSteps);
        check(dataSha256, start, resumedAtSteps);
        checkEngine(engine);
    }

    /** Refuses what no run can have been through. */
    static void check(SortedMap<String, String> dataSha256, String start, List<Long> resumedAtSteps) {
        dataSha256.forEach((file, sha256) -> {
            if (!Sha256.isHex(sha256)) {
                throw new IllegalArgumentException("what stands for " + file + " is no SHA-256");
            }
        });
        checkTime(start);
        for (int i = 0; i < resumedAtSteps.size(); i++) {
            if (resumedAtSteps.get(i) < (i == 0 ? 0 : resumedAtSteps.get(i - 1))) {
                throw new IllegalArgumentException("resumed at steps " + resumedAtSteps);
            }
        }
    }

    static void checkEngine(String engine) {
        if (Stream.of(TrainingSpec.Engine.values())
                .noneMatch(known -> known.name().equalsIgnoreCase(engine))) {
            throw new IllegalArgumentException("no engine is called " + engine);
        }
    }

    /** The precision named, f32 where an earlier version named none. */
    static String checkedPrecision(String precision) {
        if (precision == null) {
            return TrainingSpec.Precision.F32.word();
        }
        if (Stream.of(TrainingSpec.Precision.values())
                .noneMatch(known -> known.word().equals(precision))) {
            throw new IllegalArgumentException("no precision is called " + precision);
        }
        return precision;
    }

    static void checkTime(String time) {
        try {
            Instant.parse(time);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("a time is not one as 2026-01-31T23:59:59Z", e);
        }
    }

    /**
     * The experiment as a record.
     *
     * @param source where messages say it stands
     * @throws Failure (model) when the text is none
     */
    public Experiment experiment(String source) {
        try {
            return ExperimentFile.parse(experiment, source, List.of());
        } catch (Failure e) {
            throw new Failure(Failure.Kind.MODEL, e.getMessage(), "take another copy of the run, or train it again", e);
        }
    }

    /** An experiment's values that stay as they are from a run's start on: all but the number of epochs, and when checkpoints are saved. */
    public static Map<String, String> lasting(Experiment experiment) {
        Map<String, String> values = new LinkedHashMap<>(ExperimentFile.values(experiment));
        values.keySet().removeIf(key -> key.equals("training.epochs") || key.startsWith("training.checkpoint."));
        return values;
    }

    /** The history of a run that begins now. */
    public static RunHistory begin(
            String experiment, SortedMap<String, String> dataSha256, String engine, int threads) {
        return new RunHistory(
                experiment,
                dataSha256,
                engine,
                threads,
                HELD_OUT_BY,
                Instant.now().toString(),
                List.of());
    }

    /** The same run, gone on with. */
    public RunHistory resumed(String changedExperiment, String withEngine, int withThreads, long step) {
        List<Long> steps = new ArrayList<>(resumedAtSteps);
        steps.add(step);
        return new RunHistory(changedExperiment, dataSha256, withEngine, withThreads, heldOutBy, start, steps);
    }
}
