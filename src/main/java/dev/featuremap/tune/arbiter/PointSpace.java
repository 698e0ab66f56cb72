package dev.featuremap.tune.arbiter;

import dev.featuremap.experiment.Space;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.UniformIntegerDistribution;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.distribution.LogUniformDistribution;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;

/** An experiment's spaces as one of Arbiter's: a leaf for each, their values together a point. */
final class PointSpace implements ParameterSpace<double[]> {
    private final List<Space> spaces;
    private final List<ParameterSpace<? extends Number>> leaves;

    PointSpace(Collection<Space> spaces) {
        this.spaces = List.copyOf(spaces);
        this.leaves = this.spaces.stream()
                .<ParameterSpace<? extends Number>>map(PointSpace::leaf)
                .toList();
    }

    private static ParameterSpace<? extends Number> leaf(Space space) {
        // Without a generator of their own: values come from the candidate generator's, by the inverse distribution.
        if (space instanceof Space.Uniform uniform) {
            return new ContinuousParameterSpace(new UniformRealDistribution(null, uniform.low(), uniform.high()));
        } else if (space instanceof Space.Log log) {
            return new ContinuousParameterSpace(new LogUniformDistribution(log.low(), log.high()));
        } else if (space instanceof Space.Whole whole) {
            return new IntegerParameterSpace(
                    new UniformIntegerDistribution(null, (int) whole.low(), (int) whole.high()));
        }
        return new DiscreteParameterSpace<>(
                IntStream.rangeClosed(0, (int) space.high()).boxed().toList());
    }

    @Override
    public double[] getValue(double[] shares) {
        return IntStream.range(0, leaves.size())
                .mapToDouble(
                        i -> spaces.get(i).settle(leaves.get(i).getValue(shares).doubleValue()))
                .toArray();
    }

    @Override
    public int numParameters() {
        return leaves.size();
    }

    @Override
    @SuppressWarnings("rawtypes")
    public List<ParameterSpace> collectLeaves() {
        return new ArrayList<>(leaves);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Map<String, ParameterSpace> getNestedSpaces() {
        throw new UnsupportedOperationException("Arbiter asks for the leaves");
    }

    @Override
    public boolean isLeaf() {
        return false;
    }

    @Override
    public void setIndices(int... indices) {
        throw new UnsupportedOperationException("only leaves have indices");
    }
}
