package dev.featuremap.tune.arbiter;

import dev.featuremap.experiment.Space;
import dev.featuremap.tune.Search;
import dev.featuremap.tune.Tuning;
import dev.featuremap.tune.Tuning.Generator;
import java.util.Collection;
import org.apache.commons.math3.random.JDKRandomGenerator;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.SynchronizedRandomGenerator;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.GeneticSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.generator.GridSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.generator.genetic.crossover.UniformCrossover;
import org.deeplearning4j.arbiter.optimize.generator.genetic.crossover.parentselection.RandomTwoParentSelection;
import org.deeplearning4j.arbiter.optimize.generator.genetic.mutation.RandomMutationOperator;
import org.deeplearning4j.arbiter.optimize.generator.genetic.population.PopulationModel;
import org.deeplearning4j.arbiter.optimize.generator.genetic.selection.GeneticSelectionOperator;
import org.deeplearning4j.arbiter.optimize.runner.LocalOptimizationRunner;

/**
 * A search by Arbiter's generators and its local runner. It draws the same candidates from the same seed, however many are
 * evaluated at a time and in whatever order they end.
 */
public final class ArbiterSearch implements Search {
    /** Share of a child's genes that are drawn anew; Arbiter's own 0.005 leaves small populations where they are. */
    private static final double MUTATION_RATE = 0.15;

    /** Arbiter's share of a full population that stays to be bred from, and the population it begins to breed at. */
    private static final double KEPT = 2 / 3.0;

    private final Plan plan;
    private final PointSpace space;

    /**
     * A search in these spaces.
     *
     * @throws dev.featuremap.Failure (usage) when a grid has more points than one can be made of
     */
    public ArbiterSearch(Collection<Space> spaces, Plan plan) {
        this.plan = plan;
        this.space = new PointSpace(spaces);
        if (plan.generator() == Generator.GRID) {
            Grid.check(spaces, plan.gridPoints());
        }
    }

    /**
     * The search that a file asks for.
     *
     * @param parallel candidates evaluated at a time
     */
    public static ArbiterSearch of(Tuning tuning, int parallel) {
        return new ArbiterSearch(tuning.experiment().spaces().values(), Plan.of(tuning, parallel));
    }

    @Override
    public void run(Evaluation evaluation) {
        Draws draws = draws(evaluation);
        OptimizationConfiguration configuration = new OptimizationConfiguration.Builder()
                .candidateGenerator(draws)
                .scoreFunction(new ScoreDirection(plan.minimize()))
                .terminationConditions(new SearchEnd(draws))
                .rngSeed(plan.seed())
                .build();
        new LocalOptimizationRunner(plan.parallel(), configuration, new Evaluations(draws, evaluation)).execute();
        draws.throwIfBroken();
    }

    /** What the runner is to evaluate; told the seed by Arbiter's configuration. */
    Draws draws(Evaluation evaluation) {
        return new Draws(generator(), plan, evaluation);
    }

    private CandidateGenerator generator() {
        return switch (plan.generator()) {
            case RANDOM -> new RandomSearchGenerator(space);
            case GRID ->
                new GridSearchCandidateGenerator(
                        space, plan.gridPoints(), GridSearchCandidateGenerator.Mode.Sequential, null);
            case GENETIC -> genetic();
        };
    }

    /**
     * The genetic generator with a random generator of our own in each of its parts: the seed of an Arbiter configuration
     * reaches none of them. Every child is a crossover, as Arbiter mutates one that is not in its parent's own genes.
     */
    private GeneticSearchCandidateGenerator genetic() {
        RandomGenerator random = new SynchronizedRandomGenerator(new JDKRandomGenerator());
        random.setSeed(plan.seed());
        return new GeneticSearchCandidateGenerator.Builder(space, new ScoreDirection(plan.minimize()))
                .populationModel(new PopulationModel.Builder()
                        .populationSize(plan.population())
                        .build())
                .selectionOperator(new GeneticSelectionOperator.Builder()
                        .crossoverOperator(new UniformCrossover.Builder()
                                .crossoverRate(1)
                                .parentSelection(new RandomTwoParentSelection(random))
                                .randomGenerator(random)
                                .build())
                        .mutationOperator(new RandomMutationOperator.Builder()
                                .mutationRate(MUTATION_RATE)
                                .randomGenerator(random)
                                .build())
                        .randomGenerator(random)
                        .build())
                .build();
    }

    /**
     * How to search.
     *
     * @param minimize whether a lower score is better
     * @param candidates the most to draw
     * @param gridPoints along each space of numbers of a grid
     * @param population of a genetic search
     * @param lag a candidate is drawn only when all have ended that were drawn so many before it, or earlier; 0: at once
     * @param parallel candidates evaluated at a time
     */
    public record Plan(
            Generator generator,
            long seed,
            boolean minimize,
            int candidates,
            int gridPoints,
            int population,
            int lag,
            int parallel) {
        static Plan of(Tuning tuning, int parallel) {
            return new Plan(
                    tuning.generator(),
                    tuning.seed(),
                    !tuning.rankedBy().isBetterWhenHigher(),
                    tuning.candidates().orElse(Integer.MAX_VALUE),
                    tuning.gridPoints(),
                    tuning.population(),
                    tuning.lag(),
                    parallel);
        }

        /** How many results must be in before a candidate is drawn. */
        int needed(int index) {
            int lagging = lag == 0 ? 0 : Math.max(0, index - lag + 1);
            return generator == Generator.GENETIC ? Math.max(lagging, generation(index)) : lagging;
        }

        /** The first of a genetic search are random; after that each generation is bred when the one before has ended. */
        private int generation(int index) {
            int random = (int) Math.round(population * KEPT);
            int bred = population - random;
            return index < random ? 0 : random + (index - random) / bred * bred;
        }
    }
}
