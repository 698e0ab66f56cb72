package dev.featuremap.tune.arbiter;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.deeplearning4j.arbiter.optimize.api.data.DataProvider;
import org.deeplearning4j.arbiter.optimize.api.data.DataSource;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;

/** Tells Arbiter which scores are better; the scores themselves come from {@link Evaluations}. */
final class ScoreDirection implements ScoreFunction {
    private static final long serialVersionUID = 1L;

    private final boolean minimize;

    ScoreDirection(boolean minimize) {
        this.minimize = minimize;
    }

    @Override
    public boolean minimize() {
        return minimize;
    }

    @Override
    @SuppressWarnings("deprecation") // Arbiter's runner takes it all the same
    public double score(Object model, DataProvider data, Map<String, Object> parameters) {
        throw new UnsupportedOperationException("candidates are scored by their runs");
    }

    @Override
    public double score(Object model, Class<? extends DataSource> data, Properties properties) {
        throw new UnsupportedOperationException("candidates are scored by their runs");
    }

    @Override
    public List<Class<?>> getSupportedModelTypes() {
        return List.of();
    }

    @Override
    public List<Class<?>> getSupportedDataTypes() {
        return List.of();
    }
}
