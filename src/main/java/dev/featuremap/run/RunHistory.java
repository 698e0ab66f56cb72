package dev.featuremap.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

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
