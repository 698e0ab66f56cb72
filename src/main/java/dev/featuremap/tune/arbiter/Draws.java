package dev.featuremap.tune.arbiter;

import dev.featuremap.tune.Search.Evaluation;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;

/**
 * The candidates one of Arbiter's generators draws, each only once and at its time: the generator is told results in the
 * candidates' order and before a draw only of those it may know, so that what it draws never hangs on who ends first.
 */
@SuppressWarnings("rawtypes")
final class Draws implements CandidateGenerator {
    /** Draws of what was there before, one after another, after which the spaces count as used up. */
    private static final int MOST_REPEATS = 10_000;

    private final CandidateGenerator generator;
    private final ArbiterSearch.Plan plan;
    private final Evaluation evaluation;

    private final Set<Object> identities = new HashSet<>();
    private final Map<Integer, OptimizationResult> results = new ConcurrentHashMap<>();
    private final AtomicReference<RuntimeException> broken = new AtomicReference<>();
    private Candidate next;
    private int drawn;
    private int told;
    private boolean usedUp;

    Draws(CandidateGenerator generator, ArbiterSearch.Plan plan, Evaluation evaluation) {
        this.generator = generator;
        this.plan = plan;
        this.evaluation = evaluation;
    }

    /** Whether the runner can have another candidate now; it asks again when one has ended. */
    @Override
    public boolean hasMoreCandidates() {
        if (isStopped()) {
            return false;
        }
        if (next == null && !isDrawn() && areIn(plan.needed(drawn))) {
            while (told < plan.needed(drawn)) {
                tell(results.get(told++));
            }
            next = draw();
            usedUp = next == null;
        }
        return next != null;
    }

    @Override
    public Candidate getCandidate() {
        Candidate candidate = next;
        next = null;
        drawn++;
        return candidate;
    }

    /** Whether no candidate will be drawn any more, and all have ended. */
    boolean isOver() {
        return (isStopped() || (next == null && isDrawn())) && results.size() == drawn;
    }

    void ended(OptimizationResult result) {
        results.put(result.getIndex(), result);
    }

    /** An evaluation threw: the search goes no further. */
    void broke(RuntimeException e) {
        broken.compareAndSet(null, e);
    }

    void throwIfBroken() {
        if (broken.get() != null) {
            throw broken.get();
        }
    }

    private boolean isStopped() {
        return broken.get() != null || !evaluation.mayBegin();
    }

    private boolean isDrawn() {
        return usedUp || drawn == plan.candidates();
    }

    private boolean areIn(int needed) {
        for (int i = told; i < needed; i++) {
            if (!results.containsKey(i)) {
                return false;
            }
        }
        return true;
    }

    private void tell(OptimizationResult result) {
        if (result.getScore() != null) {
            generator.reportResults(result);
        }
    }

    /** The generator's next candidate that was not there before; null when it has none. */
    private Candidate draw() {
        for (int repeats = 0; repeats < MOST_REPEATS && generator.hasMoreCandidates(); repeats++) {
            Candidate candidate = generator.getCandidate();
            if (candidate.getException() == null && identities.add(evaluation.identity(values(candidate)))) {
                candidate.setIndex(drawn);
                return candidate;
            }
        }
        return null;
    }

    /**
     * The values of a candidate, of the shares it was drawn as: it also carries them as a serialised Java object, which nothing
     * here may read back.
     */
    double[] values(Candidate candidate) {
        return (double[]) generator.getParameterSpace().getValue(candidate.getFlatParameters());
    }

    /** Nothing: results are told at their time, see {@link #hasMoreCandidates}. */
    @Override
    public void reportResults(OptimizationResult result) {}

    @Override
    public ParameterSpace<?> getParameterSpace() {
        return generator.getParameterSpace();
    }

    @Override
    public void setRngSeed(long seed) {
        generator.setRngSeed(seed);
    }

    @Override
    public Class<?> getCandidateType() {
        return double[].class;
    }
}
