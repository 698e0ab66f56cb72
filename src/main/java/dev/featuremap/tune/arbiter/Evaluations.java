package dev.featuremap.tune.arbiter;

import dev.featuremap.tune.Search.Evaluation;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.TaskCreator;
import org.deeplearning4j.arbiter.optimize.api.data.DataProvider;
import org.deeplearning4j.arbiter.optimize.api.data.DataSource;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.CandidateStatus;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.StatusListener;

/** Makes the tasks of Arbiter's runner: each evaluates one candidate. */
@SuppressWarnings({"rawtypes", "deprecation"})
final class Evaluations implements TaskCreator {
    private final Draws draws;
    private final Evaluation evaluation;

    Evaluations(Draws draws, Evaluation evaluation) {
        this.draws = draws;
        this.evaluation = evaluation;
    }

    @Override
    public Callable<OptimizationResult> create(
            Candidate candidate,
            DataProvider data,
            ScoreFunction scores,
            List<StatusListener> listeners,
            IOptimizationRunner runner) {
        return () -> evaluate(candidate);
    }

    @Override
    public Callable<OptimizationResult> create(
            Candidate candidate,
            Class<? extends DataSource> data,
            Properties properties,
            ScoreFunction scores,
            List<StatusListener> listeners,
            IOptimizationRunner runner) {
        return () -> evaluate(candidate);
    }

    private OptimizationResult evaluate(Candidate candidate) {
        long start = System.currentTimeMillis();
        OptionalDouble score = OptionalDouble.empty();
        try {
            score = evaluation.evaluate(candidate.getIndex(), draws.values(candidate));
        } catch (RuntimeException e) {
            draws.broke(e);
        }
        Double known = score.isPresent() ? score.getAsDouble() : null;
        CandidateInfo info = new CandidateInfo(
                candidate.getIndex(),
                known == null ? CandidateStatus.Failed : CandidateStatus.Complete,
                known,
                start,
                start,
                System.currentTimeMillis(),
                candidate.getFlatParameters(),
                known == null ? "no score" : null);
        OptimizationResult result = new OptimizationResult(candidate, known, candidate.getIndex(), null, info, null);
        draws.ended(result);
        return result;
    }
}
