package dev.featuremap.tune.arbiter;

import dev.featuremap.experiment.Space;
import dev.featuremap.tune.Search;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Scores candidates by a function of their values, NaN for none, and remembers them by index. */
final class Recorded implements Search.Evaluation {
    static final List<Space> SPACES = List.of(
            new Space.Log(1e-4, 1e-1),
            new Space.Uniform(-1, 1),
            new Space.Whole(1, 9),
            new Space.Choice(List.of("a", "b", "c")));

    final Map<Integer, List<Double>> values = new TreeMap<>();
    final Map<Integer, List<Integer>> endedAtStart = new TreeMap<>();
    private final List<Integer> ended = new ArrayList<>();
    private final ToDoubleFunction<double[]> score;
    private int most = Integer.MAX_VALUE;

    Recorded(ToDoubleFunction<double[]> score) {
        this.score = score;
    }

    /** Of {@link #SPACES}: a peak at 10^-2.5, 0.5, 7 and b, falling off in every direction. */
    static double landscape(double[] values) {
        return 1
                - 0.2 * Math.abs(Math.log10(values[0]) + 2.5)
                - 0.5 * Math.abs(values[1] - 0.5)
                - 0.05 * Math.abs(values[2] - 7)
                - (values[3] == 1 ? 0 : 0.2);
    }

    /** No more may begin when this many have. */
    Recorded atMost(int candidates) {
        most = candidates;
        return this;
    }

    /** What a whole search by Arbiter's runner draws. */
    List<List<Double>> search(Collection<Space> spaces, ArbiterSearch.Plan plan) {
        new ArbiterSearch(spaces, plan).run(this);
        return List.copyOf(values.values());
    }

    @Override
    public Object identity(double[] point) {
        return Arrays.stream(point).boxed().toList();
    }

    @Override
    public OptionalDouble evaluate(int index, double[] point) {
        synchronized (this) {
            values.put(index, Arrays.stream(point).boxed().toList());
            endedAtStart.put(index, List.copyOf(ended));
        }
        double reached = score.applyAsDouble(point);
        synchronized (this) {
            ended.add(index);
        }
        return Double.isNaN(reached) ? OptionalDouble.empty() : OptionalDouble.of(reached);
    }

    @Override
    public synchronized boolean mayBegin() {
        return values.size() < most;
    }
}
